package auth_test

import (
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// A registration that no actor has claimed does not keep the owner of the email
// out; one that is claimed stays.
func TestUnclaimedLoginsGiveWay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		squatter := s.registered(t, "ada@example.com")
		s.asked(t, "ada@example.com")
		s.wait(time.Second)
		token, err := s.Register(ctx, "customer", "emailpass", "Ada@example.com", "battery staple")
		if err != nil {
			t.Fatal(err)
		}
		owner := s.claims(t, token)
		if s.logsIn(t, "ada@example.com", password) || !s.logsIn(t, "ada@example.com", "battery staple") {
			t.Error("the squatter's password is the one that counts")
		}
		wantFault(t, s.Attach(ctx, squatter.AuthIdentityID, "customer", "cus_1"), fault.NotFound)
		_, err = s.Refresh(ctx, squatter)
		wantFault(t, err, fault.Unauthorized)
		if err := s.Attach(ctx, owner.AuthIdentityID, "customer", "cus_1"); err != nil {
			t.Fatal(err)
		}
		s.wait(time.Second)
		_, err = s.Register(ctx, "customer", "emailpass", "ada@example.com", password)
		wantFault(t, err, fault.Unauthorized, "already exists")
		if err := s.DropUnclaimed(ctx, "ada@example.com"); err != nil || !s.logsIn(t, "ada@example.com", "battery staple") {
			t.Errorf("a claimed login is gone: %v", err)
		}
		if err := s.Detach(ctx, "customer", "cus_1"); err != nil {
			t.Fatal(err)
		}
		if err := s.DropUnclaimed(ctx, "ada@example.com"); err != nil || s.logsIn(t, "ada@example.com", "battery staple") {
			t.Errorf("an unclaimed login stays: %v", err)
		}
	})
}

// Metadata that names no actor is no claim; any other is, understood or not.
func TestWhatClaimsALogin(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		for app, claimed := range map[string]bool{
			`null`: false, `{}`: false, `{"customer_id": null}`: false, `{"user_id": ""}`: false,
			`{"customer_id": "cus_1"}`: true, `{"vendor_id": "ven_1"}`: true, `{"user_id": 17}`: true, `[]`: true,
		} {
			s.give(t, "old@example.com", model.RawJSON(app), nil)
			s.wait(time.Second)
			_, err := s.Register(t.Context(), "customer", "emailpass", "old@example.com", password)
			if (err != nil) != claimed {
				t.Errorf("%s: %v", app, err)
			}
			if _, err := d.Exec(t.Context(), "DELETE FROM auth_identity"); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// An operator can create a user whose email is already registered.
func TestCreateUserTakesAnUnclaimedEmail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		s.registered(t, "boss@example.com")
		s.wait(time.Second)
		made, err := s.CreateUser(t.Context(), "boss@example.com", "battery staple")
		if err != nil {
			t.Fatal(err)
		}
		token, err := s.Login(t.Context(), "user", "emailpass", "boss@example.com", "battery staple")
		if err != nil || s.claims(t, token).ActorID != made.ID || s.logsIn(t, "boss@example.com", password) {
			t.Errorf("%+v, %v", made, err)
		}
	})
}

// Of several concurrent registrations that would replace one, the first wins.
func TestRaceToReplace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		s.registered(t, "ada@example.com")
		s.wait(time.Second)
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
