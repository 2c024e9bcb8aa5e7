package auth_test

import (
	"context"
	"encoding/base64"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
)

var secret = []byte("a secret of this test's own, known to it")

// sign returns a token made without the service. Its claims are valid, except for
// what change does.
func sign(t testing.TB, now time.Time, method jwt.SigningMethod, key any, change func(jwt.MapClaims)) string {
	t.Helper()
	c := jwt.MapClaims{
		"actor_id": "user_1", "actor_type": "user", "auth_identity_id": "authid_1", "auth_provider": "emailpass",
		"app_metadata": map[string]string{"user_id": "user_1"}, "user_metadata": nil, "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(),
	}
	if change != nil {
		change(c)
	}
	token, err := jwt.NewWithClaims(method, c).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestForgedTokens(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t), auth.Config{Secret: secret})
	good := sign(t, s.now, jwt.SigningMethodHS256, secret, nil)
	if c := s.claims(t, good); c.ActorID != "user_1" || string(c.AppMetadata) != `{"user_id":"user_1"}` {
		t.Errorf("a token signed with the shop's secret says %+v", c)
	}
	set := func(name string, value any) string {
		return sign(t, s.now, jwt.SigningMethodHS256, secret, func(c jwt.MapClaims) {
			if c[name] = value; value == nil {
				delete(c, name)
			}
		})
	}
	head, rest, _ := strings.Cut(good, ".")
	body, mac, _ := strings.Cut(rest, ".")
	forged := base64.RawURLEncoding.EncodeToString([]byte(`{"actor_id":"user_2","actor_type":"user","auth_identity_id":"authid_1","exp":99999999999}`))
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
	for name, token := range map[string]string{
		"nothing":           "",
		"no token":          "token",
		"dots":              "..",
		"another secret":    sign(t, s.now, jwt.SigningMethodHS256, []byte("another"), nil),
		"an empty secret":   sign(t, s.now, jwt.SigningMethodHS256, []byte{}, nil),
		"HS384":             sign(t, s.now, jwt.SigningMethodHS384, secret, nil),
		"HS512":             sign(t, s.now, jwt.SigningMethodHS512, secret, nil),
		"none":              sign(t, s.now, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil),
		"none with a MAC":   none + "." + body + "." + mac,
		"none, unsigned":    none + "." + body + ".",
		"another body":      head + "." + forged + "." + mac,
		"cut":               good[:len(good)-1],
		"without its MAC":   head + "." + body + ".",
		"two parts":         head + "." + body,
		"four parts":        good + ".x",
		"loose bits":        good[:len(good)-1] + "_",
		"a space before":    " " + good,
		"a line after":      good + "\n",
		"with Bearer":       "Bearer " + good,
		"huge":              good + strings.Repeat("A", 1<<20),
		"expired":           set("exp", s.now.Unix()),
		"without end":       set("exp", nil),
		"an end in text":    set("exp", "tomorrow"),
		"no end at all":     set("exp", 0),
		"without beginning": set("iat", nil),
		"of an old session": sign(t, s.now, jwt.SigningMethodHS256, secret, func(c jwt.MapClaims) {
			c["sid"], c["auth_time"] = "s", s.now.Add(-31*24*time.Hour).Unix()
		}),
		"not yet good":         set("nbf", s.now.Add(time.Hour).Unix()),
		"no actor type":        set("actor_type", nil),
		"no identity":          set("auth_identity_id", ""),
		"a factor to be shown": set("mfa_enabled", true),
		"an actor in numbers":  set("actor_id", 17),
	} {
		if c, err := s.Parse(t.Context(), token); fault.TypeOf(err) != fault.Unauthorized || c != nil {
			t.Errorf("%s: %+v, %v", name, c, err)
		} else if len(token) > 6 && strings.Contains(err.Error(), token) {
			t.Errorf("%s: the token is repeated: %v", name, err)
		}
	}
}

func TestTokensExpire(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{TokenLife: time.Minute})
		token, err := s.Register(t.Context(), "customer", "emailpass", "ada@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		s.wait(time.Minute - time.Second)
		c := s.claims(t, token)
		s.wait(time.Second)
		_, err = s.Parse(t.Context(), token)
		wantFault(t, err, fault.Unauthorized, "expired")
		if token, err = s.Refresh(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if r := s.claims(t, token); !r.ExpiresAt.Equal(s.now.Add(time.Minute)) {
			t.Errorf("the refreshed token is good until %v", r.ExpiresAt)
		}
	})
}

func TestRefreshAsksForTheIdentity(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		c := s.registered(t, "ada@example.com")
		if err := s.Confirm(ctx, c); err != nil {
			t.Error(err)
		}
		other := *c
		other.ActorID = "cus_2" // the former actor
		_, err := s.Refresh(ctx, &other)
		wantFault(t, err, fault.Unauthorized)
		other = *c
		other.AuthProvider = "github"
		_, err = s.Refresh(ctx, &other)
		wantFault(t, err, fault.Unauthorized)
		if err := s.dropIdentity(ctx, c.AuthIdentityID); err != nil {
			t.Fatal(err)
		}
		_, err = s.Refresh(ctx, c)
		wantFault(t, err, fault.Unauthorized)
		wantFault(t, s.Confirm(ctx, c), fault.Unauthorized)
	})
}

// All services on a database sign with the same key, whichever creates it. Another
// shop has another key.
func TestTheKeyInTheDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		tokens := make([]string, 8)
		var wg sync.WaitGroup
		for i := range tokens {
			replica := auth.New(module.NewStore(d, s.store.Graph).From(module.Source{Now: s.store.Now}), auth.Config{}).Cheap()
			wg.Go(func() {
				var err error
				if tokens[i], err = replica.Register(t.Context(), "user", "emailpass", string(rune('a'+i))+"@example.com", password); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, token := range tokens {
			s.claims(t, token)
		}
		keys, err := db.Collect[string](t.Context(), d, "SELECT secret FROM auth_signing_key")
		if err != nil || len(keys) != 1 || len(keys[0]) != 64 {
			t.Fatalf("the keys are %q, %v", keys, err)
		}
		other := open(t, dbtest.SQLite(t), auth.Config{})
		other.now = s.now
		_, err = other.Parse(t.Context(), tokens[0])
		wantFault(t, err, fault.Unauthorized)
		e := query.New(s.store.Graph, d, query.Limits{})
		for _, entity := range []string{"auth_signing_key", "auth_signing_keys", "signing_key"} {
			_, err := e.Graph(t.Context(), query.Request{Entity: entity, Fields: []string{"*"}})
			wantFault(t, err, fault.InvalidData, entity)
		}
		if _, err := d.Exec(t.Context(), "UPDATE auth_signing_key SET secret = 'short'"); err != nil {
			t.Fatal(err)
		}
		_, err = auth.New(s.store, auth.Config{}).Parse(t.Context(), tokens[0])
		wantFault(t, err, fault.UnexpectedState, "auth_signing_key")
	})
}

// A key that is created in a transaction that is rolled back is not used.
func TestTheKeyIsUndone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		var lost string
		undone := fault.New(fault.Conflict, "undone")
		err := db.Do(t.Context(), d, func(ctx context.Context) (err error) {
			if lost, err = s.Register(ctx, "user", "emailpass", "ada@example.com", password); err != nil {
				return err
			}
			return undone
		})
		wantFault(t, err, fault.Conflict)
		_, err = s.Parse(t.Context(), lost)
		wantFault(t, err, fault.Unauthorized)
	})
}

func FuzzParse(f *testing.F) {
	d := dbtest.SQLite(f)
	b, err := built()
	if err != nil {
		f.Fatal(err)
	}
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	s := auth.New(module.NewStore(d, b.graph), auth.Config{Secret: secret, Now: func() time.Time { return now }})
	good := sign(f, now, jwt.SigningMethodHS256, secret, nil)
	for _, seed := range []string{"", "a.b.c", good, good[:40], strings.ToUpper(good), "eyJhbGciOiJub25lIn0.e30."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		c, err := s.Parse(t.Context(), token)
		if token == good {
			return
		}
		if err == nil { // a MAC cannot be guessed
			t.Errorf("%q is a token of %+v", token, c)
		}
		if fault.TypeOf(err) != fault.Unauthorized || c != nil {
			t.Errorf("%q: %+v, %v", token, c, err)
		}
	})
}
