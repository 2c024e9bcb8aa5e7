package auth_test

import (
	"context"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
)

// replica returns another process on the same database.
func (s *shop) replica(c auth.Config) *shop {
	out := *s
	out.Service = auth.New(s.store, c).Cheap()
	return &out
}

func (s *shop) loggedIn(t *testing.T, email, password string) *auth.Claims {
	t.Helper()
	token, err := s.Login(t.Context(), "customer", "emailpass", email, password)
	if err != nil {
		t.Fatal(err)
	}
	return s.claims(t, token)
}

func (s *shop) refreshed(t *testing.T, c *auth.Claims) *auth.Claims {
	t.Helper()
	token, err := s.Refresh(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s.claims(t, token)
}

func (s *shop) trusts(t *testing.T, c *auth.Claims) bool {
	t.Helper()
	ok, err := s.Trusts(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

// ends checks that a token is good on two replicas until something is done on the
// first, where it ends at once, and on the other within five seconds.
func (s *shop) ends(t *testing.T, other *shop, token *auth.Claims, do func() error) {
	t.Helper()
	if !s.trusts(t, token) || !other.trusts(t, token) {
		t.Fatal("the token is not good from the beginning")
	}
	if err := do(); err != nil {
		t.Fatal(err)
	}
	if s.trusts(t, token) {
		t.Error("the token is good on the replica that knows better")
	}
	s.wait(5 * time.Second)
	if other.trusts(t, token) {
		t.Error("the token is good on another replica, five seconds later")
	}
	for _, replica := range []*shop{s, other} {
		_, err := replica.Refresh(t.Context(), token)
		wantFault(t, err, fault.Unauthorized)
		wantFault(t, replica.Confirm(t.Context(), token), fault.Unauthorized)
	}
}

// A logout ends the tokens of its session, and no other's.
func TestLogoutEndsASession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		c, other := s.registered(t, "ada@example.com"), s.replica(auth.Config{})
		elsewhere := s.loggedIn(t, "ada@example.com", password)
		s.wait(time.Hour)
		later := s.refreshed(t, c)
		if later.SessionID != c.SessionID || !later.AuthTime.Equal(c.AuthTime) || elsewhere.SessionID == c.SessionID {
			t.Errorf("the sessions are %+v, %+v and %+v", c, later, elsewhere)
		}
		s.ends(t, other, later, func() error { return s.Logout(t.Context(), c) })
		if s.trusts(t, c) || !s.trusts(t, elsewhere) || !other.trusts(t, elsewhere) {
			t.Error("the wrong session has ended")
		}
		if err := s.Logout(t.Context(), later); err != nil {
			t.Errorf("once more: %v", err)
		}
	})
}

// A new password ends what began before it, and not what begins after it in the
// same second; someone else's sessions go on.
func TestAResetEndsSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		c, bob := s.registered(t, "ada@example.com"), s.registered(t, "bob@example.com")
		other := s.replica(auth.Config{})
		reset := s.asked(t, "ada@example.com")
		s.wait(time.Millisecond)
		before := s.loggedIn(t, "ada@example.com", password)
		s.ends(t, other, c, func() error { return s.Update(t.Context(), "emailpass", reset, "battery staple") })
		if s.trusts(t, before) || !s.trusts(t, bob) {
			t.Error("the wrong session has ended")
		}
		s.wait(250 * time.Millisecond)
		if err := s.Update(t.Context(), "emailpass", s.asked(t, "ada@example.com"), "another staple"); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Millisecond)
		after := s.loggedIn(t, "ada@example.com", "another staple")
		if !s.trusts(t, after) || !other.trusts(t, after) || !s.trusts(t, s.refreshed(t, after)) {
			t.Error("who logs in after the reset is not trusted")
		}
	})
}

// Deleting an identity, or its actor, ends its tokens, also one without an actor.
func TestADeletionEndsSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		c, other := s.registered(t, "ada@example.com"), s.replica(auth.Config{})
		if err := s.Attach(ctx, c.AuthIdentityID, "customer", "cus_1"); err != nil {
			t.Fatal(err)
		}
		s.ends(t, other, s.refreshed(t, c), func() error { return s.Detach(ctx, "customer", "cus_1") })
		if !s.trusts(t, c) {
			t.Error("a token without an actor has ended with one")
		}
		s.ends(t, other, c, func() error {
			defer s.Distrust()
			return s.dropIdentity(ctx, c.AuthIdentityID)
		})
	})
}

// What is rolled back ends nothing.
func TestALogoutIsUndone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		c, undone := s.registered(t, "ada@example.com"), fault.New(fault.Conflict, "undone")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := s.Logout(ctx, c); err != nil {
				return err
			}
			return undone
		})
		wantFault(t, err, fault.Conflict)
		if !s.trusts(t, c) {
			t.Error("the session has ended")
		}
	})
}

// A session ends 30 days after the login, however often it is refreshed.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for life, c := range map[time.Duration]auth.Config{30 * 24 * time.Hour: {}, 36 * time.Hour: {SessionLife: 36 * time.Hour}} {
			s := open(t, d, c)
			began := s.now
			token := s.registered(t, life.String()+"@example.com")
			for s.now.Sub(began) < life-20*time.Hour {
				s.wait(20 * time.Hour)
				token = s.refreshed(t, token)
				if !token.AuthTime.Equal(began) || token.ExpiresAt.After(began.Add(life)) {
					t.Fatalf("%s: the token is of %v until %v", life, token.AuthTime, token.ExpiresAt)
				}
			}
			if !token.ExpiresAt.Equal(began.Add(life)) {
				t.Errorf("%s: the last token is good until %v", life, token.ExpiresAt)
			}
			s.now = began.Add(life)
			_, err := s.Refresh(t.Context(), token)
			wantFault(t, err, fault.Unauthorized)
		}
		s := open(t, d, auth.Config{TokenLife: time.Hour, SessionLife: time.Minute})
		if c := s.registered(t, "short@example.com"); !c.ExpiresAt.Equal(s.now.Add(time.Minute)) {
			t.Errorf("a token outlives its session: %v", c.ExpiresAt)
		}
	})
}

// Tokens of an older version, or of Medusa, have no session. They are good until
// they expire, unless they are logged out or a reset ends them.
func TestTokensWithoutASession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{Secret: secret})
		id, other := s.registered(t, "ada@example.com").AuthIdentityID, s.replica(auth.Config{Secret: secret})
		old := func(life time.Duration) *auth.Claims {
			return s.claims(t, sign(t, s.now, jwt.SigningMethodHS256, secret, func(c jwt.MapClaims) {
				c["auth_identity_id"], c["actor_id"], c["exp"] = id, "", s.now.Add(life).Unix()
			}))
		}
		one, two := old(time.Hour), old(2*time.Hour)
		s.ends(t, other, one, func() error { return s.Logout(t.Context(), one) })
		if !s.trusts(t, two) {
			t.Error("another token is logged out, too")
		}
		s.ends(t, other, two, func() error {
			return s.Update(t.Context(), "emailpass", s.asked(t, "ada@example.com"), "battery staple")
		})
	})
}

// Revocations are kept for as long as a token could be good, and no longer.
func TestRevocationsAreRemoved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{SessionLife: time.Hour})
		rows := func() int64 {
			n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM auth_revocation")
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		logout := func() {
			if err := s.Logout(t.Context(), s.loggedIn(t, "ada@example.com", password)); err != nil {
				t.Fatal(err)
			}
		}
		s.registered(t, "ada@example.com")
		logout()
		s.wait(59 * time.Minute)
		logout()
		if n := rows(); n != 2 {
			t.Errorf("%d rows after 59 minutes", n)
		}
		s.wait(2 * time.Minute)
		logout()
		if n := rows(); n != 2 {
			t.Errorf("%d rows after the first has expired", n)
		}
	})
}

// A page of requests costs one statement in five seconds.
func TestTrustCostsLittle(t *testing.T) {
	t.Parallel()
	d, counter := dbtest.Counting(dbtest.SQLite(t))
	s := open(t, d, auth.Config{})
	c := s.registered(t, "ada@example.com")
	for _, step := range []struct {
		after time.Duration
		want  int64
	}{{0, 1}, {4 * time.Second, 0}, {time.Second, 1}, {-time.Hour, 1}} { // a clock that is set back trusts no longer
		s.wait(step.after)
		if n := counter.Of(func() {
			for range 50 {
				s.trusts(t, c)
			}
		}); n != step.want {
			t.Errorf("after %s: %d statements", step.after, n)
		}
	}
}
