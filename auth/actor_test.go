package auth_test

import (
	"context"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

func TestAttach(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		id := s.give(t, "ada@example.com", model.RawJSON(`{"theme":"dark","user_id":null}`), nil)
		for _, step := range []struct {
			identity, actorType, actorID string
			of                           fault.Type
		}{
			{id, "customer", "cus_1", ""},
			{id, "customer", "cus_2", fault.NotAllowed},
			{id, "customer", "cus_1", fault.NotAllowed},
			{id, "user", "user_1", ""}, // as both, with one password
			{id, "user", "", fault.InvalidData},
			{id, "robot", "robot_1", fault.InvalidData},
			{"authid_none", "customer", "cus_3", fault.NotFound},
		} {
			err := s.Attach(ctx, step.identity, step.actorType, step.actorID)
			if fault.TypeOf(err) != step.of {
				t.Errorf("%+v: %v", step, err)
			}
		}
		want := map[string]string{"theme": "dark", "customer_id": "cus_1", "user_id": "user_1"}
		if got := s.appMetadata(t, id); !sameJSON(t, got, string(model.ToJSON(want))) {
			t.Errorf("app_metadata is %s", got)
		}
		broken := s.give(t, "bob@example.com", model.RawJSON(`["a"]`), nil)
		wantFault(t, s.Attach(ctx, broken, "user", "user_2"), fault.UnexpectedState, broken)
	})
}

// Of several concurrent calls that attach a customer, one succeeds.
func TestAttachRace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		c := s.registered(t, "ada@example.com")
		var wg sync.WaitGroup
		errs := make([]error, 10)
		for i := range errs {
			wg.Go(func() { errs[i] = s.Attach(t.Context(), c.AuthIdentityID, "customer", "cus_"+string(rune('a'+i))) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				wantFault(t, err, fault.NotAllowed)
			}
		}
		if won != 1 {
			t.Errorf("%d were attached", won)
		}
	})
}

func TestDetach(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		c := s.registered(t, "ada@example.com")
		if err := s.Attach(ctx, c.AuthIdentityID, "customer", "cus_1"); err != nil {
			t.Fatal(err)
		}
		twin := s.give(t, "twin@example.com", model.RawJSON(`{"customer_id":"cus_1","user_id":"user_1"}`), nil)
		other := s.give(t, "other@example.com", model.RawJSON(`{"customer_id":"cus_10","user_id":"cus_1"}`), nil)
		deleted := s.give(t, "gone@example.com", model.RawJSON(`{"customer_id":"cus_1"}`), nil)
		if err := s.dropIdentity(ctx, deleted); err != nil {
			t.Fatal(err)
		}
		token, err := s.Login(ctx, "customer", "emailpass", "ada@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		before := s.claims(t, token)
		undone := fault.New(fault.Conflict, "undone")
		err = db.Do(ctx, d, func(ctx context.Context) error {
			if err := s.Detach(ctx, "customer", "cus_1"); err != nil {
				return err
			}
			return undone
		})
		wantFault(t, err, fault.Conflict)
		if got := s.appMetadata(t, twin); !sameJSON(t, got, `{"customer_id":"cus_1","user_id":"user_1"}`) {
			t.Errorf("what was undone is done: %s", got)
		}
		if err := s.Detach(ctx, "customer", "cus_1"); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{
			c.AuthIdentityID: `{}`, twin: `{"user_id":"user_1"}`, other: `{"customer_id":"cus_10","user_id":"cus_1"}`,
		} {
			if got := s.appMetadata(t, id); !sameJSON(t, got, want) {
				t.Errorf("app_metadata is %s, want %s", got, want)
			}
		}
		_, err = s.Refresh(ctx, before)
		wantFault(t, err, fault.Unauthorized)
		wantFault(t, s.Confirm(ctx, before), fault.Unauthorized)
		if token, err = s.Login(ctx, "customer", "emailpass", "ada@example.com", password); err != nil {
			t.Fatal(err)
		}
		if after := s.claims(t, token); after.ActorID != "" {
			t.Errorf("the identity still acts as %s", after.ActorID)
		}
		if err := s.Attach(ctx, c.AuthIdentityID, "customer", "cus_2"); err != nil {
			t.Errorf("it cannot become another: %v", err)
		}
		if err := s.Detach(ctx, "customer", "cus_none"); err != nil {
			t.Errorf("an actor of no identity: %v", err)
		}
		wantFault(t, s.Detach(ctx, "robot", "cus_2"), fault.InvalidData)
	})
}
