package auth_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// A customer registers, is attached, refreshes the token, and logs in again.
func TestFromRegistrationToLogin(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		c := s.registered(t, "Ada@Example.com")
		if c.ActorID != "" || c.ActorType != "customer" || c.AuthProvider != "emailpass" || string(c.AppMetadata) != "{}" || string(c.UserMetadata) != "{}" {
			t.Errorf("the token of a registration says %+v", c)
		}
		if !c.IssuedAt.Equal(s.now) || !c.ExpiresAt.Equal(s.now.Add(24*time.Hour)) {
			t.Errorf("the token is of %v until %v", c.IssuedAt, c.ExpiresAt)
		}
		if err := s.Attach(ctx, c.AuthIdentityID, "customer", "cus_1"); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Hour)
		token, err := s.Refresh(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		if r := s.claims(t, token); r.ActorID != "cus_1" || r.AuthIdentityID != c.AuthIdentityID || !r.IssuedAt.Equal(s.now) || string(r.AppMetadata) == "{}" {
			t.Errorf("the refreshed token says %+v", r)
		}
		for _, email := range []string{"ada@example.com", "Ada@Example.com", "ADA@EXAMPLE.COM"} {
			token, err := s.Login(ctx, "customer", "emailpass", email, password)
			if err != nil {
				t.Fatalf("%s: %v", email, err)
			}
			if l := s.claims(t, token); l.ActorID != "cus_1" {
				t.Errorf("%s logs in as %+v", email, l)
			}
		}
		token, err = s.Login(ctx, "user", "emailpass", "ada@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		if l := s.claims(t, token); l.ActorID != "" || l.ActorType != "user" {
			t.Errorf("a customer logs in as a user: %+v", l)
		}
	})
}

func TestLoginsThatFail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		s.registered(t, "ada@example.com")
		gone := s.registered(t, "gone@example.com")
		if err := s.dropIdentity(ctx, gone.AuthIdentityID); err != nil {
			t.Fatal(err)
		}
		s.give(t, "damaged@example.com", nil, model.RawJSON(`{"password":"c2NyeXB0FAKEFAKE"}`))
		s.give(t, "without@example.com", nil, nil)
		s.give(t, "odd@example.com", nil, model.RawJSON(`{"password":17}`))
		s.give(t, "list@example.com", nil, model.RawJSON(`[]`))
		for _, test := range []struct{ email, password string }{
			{"ada@example.com", "wrong horse"}, {"ada@example.com", ""}, {"ada@example.com", password + " "}, {"ada@example.com", "\xff"},
			{"bob@example.com", password}, {"", password}, {"a\x00da@example.com", password}, {"ada\xff", password}, {"%@example.com", password},
			{"gone@example.com", password}, {"damaged@example.com", password}, {"without@example.com", ""}, {"odd@example.com", "17"}, {"list@example.com", password},
		} {
			_, err := s.Login(ctx, "customer", "emailpass", test.email, test.password)
			wantFault(t, err, fault.Unauthorized)
			if err != nil && err.Error() != "Invalid email or password" {
				t.Errorf("%q: %v", test.email, err)
			}
		}
		_, err := s.Login(ctx, "robot", "emailpass", "ada@example.com", password)
		wantFault(t, err, fault.InvalidData, `"robot"`, "user, customer")
		_, err = s.Login(ctx, "customer", "github", "ada@example.com", password)
		wantFault(t, err, fault.InvalidData, `"github"`, "emailpass")
	})
}

// The response time must not reveal whether an email exists: with no memory left
// for hashing, an unknown email waits like a known one.
func TestUnknownEmailsAreHashedToo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		s.registered(t, "ada@example.com")
		defer s.Full()()
		for _, email := range []string{"ada@example.com", "nobody@example.com", "a\x00b"} {
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			if _, err := s.Login(ctx, "customer", "emailpass", email, password); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%q: the error is %v, without a hash having been made", email, err)
			}
			cancel()
		}
	})
}

func TestRegistrationsThatFail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		s.give(t, "ada@example.com", model.RawJSON(`{"customer_id": "cus_1"}`), nil)
		s.give(t, "Old@Example.com", model.RawJSON(`{"user_id": "user_1"}`), nil)
		s.wait(time.Hour)
		for _, email := range []string{"ada@example.com", "ADA@example.com", "Old@Example.com"} {
			_, err := s.Register(ctx, "customer", "emailpass", email, password)
			wantFault(t, err, fault.Unauthorized)
			if err != nil && err.Error() != "Identity with email already exists" {
				t.Errorf("%s: %v", email, err)
			}
		}
		for _, test := range []struct{ actor, provider, email, password, says string }{
			{"customer", "emailpass", "no email", password, "no email"}, {"customer", "emailpass", "", password, "form"},
			{"customer", "emailpass", "Bob <bob@example.com>", password, "form"}, {"customer", "emailpass", "bob@example.com\n", password, "form"},
			{"customer", "emailpass", "bob@example.com", "short", "at least 8"}, {"customer", "emailpass", "bob@example.com", "hunter22\xff", "UTF-8"},
			{"", "emailpass", "bob@example.com", password, "user, customer"}, {"customer", "", "bob@example.com", password, "emailpass"},
		} {
			_, err := s.Register(ctx, test.actor, test.provider, test.email, test.password)
			wantFault(t, err, fault.InvalidData, test.says)
		}
	})
}

// Of several concurrent registrations of an email, one succeeds.
func TestRegistrationRace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		var wg sync.WaitGroup
		errs := make([]error, 10)
		for i := range errs {
			wg.Go(func() { _, errs[i] = s.Register(t.Context(), "customer", "emailpass", "ada@example.com", password) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				wantFault(t, err, fault.Unauthorized, "already exists")
			}
		}
		if won != 1 {
			t.Errorf("%d registrations won", won)
		}
	})
}

func TestASecondFactorIsNotPassedBy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		c := s.registered(t, "ada@example.com")
		s.giveFactor(t, c.AuthIdentityID, "pending")
		if _, err := s.Login(ctx, "customer", "emailpass", "ada@example.com", password); err != nil {
			t.Errorf("with a pending factor: %v", err)
		}
		s.giveFactor(t, c.AuthIdentityID, "enabled")
		_, err := s.Login(ctx, "customer", "emailpass", "ada@example.com", password)
		wantFault(t, err, fault.Unauthorized, "second factor")
		_, err = s.Refresh(ctx, c)
		wantFault(t, err, fault.Unauthorized, "second factor")
		_, err = s.Login(ctx, "customer", "emailpass", "ada@example.com", "wrong horse")
		wantFault(t, err, fault.Unauthorized, "Invalid email")
	})
}

func TestCreateUser(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		u, err := s.CreateUser(ctx, "Ada@example.com", password)
		if err != nil || u.Email != "ada@example.com" {
			t.Fatalf("%+v, %v", u, err)
		}
		token, err := s.Login(ctx, "user", "emailpass", "ada@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		if c := s.claims(t, token); c.ActorID != u.ID || c.AuthIdentityID != u.AuthIdentityID {
			t.Errorf("the user logs in as %+v", c)
		}
		_, err = s.CreateUser(ctx, "ada@example.com", password)
		wantFault(t, err, fault.DuplicateError, "ada@example.com")
		_, err = s.CreateUser(ctx, "ada", password)
		wantFault(t, err, fault.InvalidData, `"ada"`)
		if err := s.dropIdentity(ctx, u.AuthIdentityID); err != nil {
			t.Fatal(err)
		}
		_, err = s.CreateUser(ctx, "ada@example.com", password) // the user still exists
		wantFault(t, err, fault.DuplicateError, "ada@example.com")
		_, err = s.Login(ctx, "user", "emailpass", "ada@example.com", password)
		wantFault(t, err, fault.Unauthorized)
	})
}
