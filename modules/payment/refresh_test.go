package payment_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// Whatever is written to the records of a collection, its amounts and its status follow.
func TestCollectionsFollowRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		ctx := t.Context()
		c, p := authorized(t, s, payment.SystemProviderID)
		full := &payment.Capture{PaymentID: p.ID, Amount: money.Int(100)}
		back := &payment.Refund{PaymentID: p.ID, Amount: money.Int(30)}
		session := func(change module.Patch) error {
			_, err := s.Sessions.Update(ctx, []string{p.PaymentSessionID}, change)
			return err
		}
		after := func(step string, err error, status payment.CollectionStatus, authorized, captured, refunded string) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", step, err)
			}
			wantCollection(t, s, c.ID, status, authorized, captured, refunded)
			if found := settle(t, ctx, store, true); found != "" {
				t.Errorf("%s: found %s", step, found)
			}
			p, err := s.Payments.Retrieve(ctx, p.ID)
			if err != nil || (p.CapturedAt != nil) != (captured == "100") {
				t.Errorf("%s: the payment is %+v, %v", step, p, err)
			}
			c, err := s.Collections.Retrieve(ctx, c.ID)
			if err != nil || (c.CompletedAt != nil) != (status == payment.CollectionCompleted) {
				t.Errorf("%s: the collection is %+v, %v", step, c, err)
			}
		}
		after("capture", s.Captures.Create(ctx, full), payment.CollectionCompleted, "100", "100", "0")
		after("refund", s.Refunds.Create(ctx, back), payment.CollectionCompleted, "100", "100", "30")
		after("delete the refund", s.Refunds.SoftDelete(ctx, back.ID), payment.CollectionCompleted, "100", "100", "0")
		after("delete the capture", s.Captures.SoftDelete(ctx, full.ID), payment.CollectionAuthorized, "100", "0", "0")
		after("restore the capture", s.Captures.Restore(ctx, full.ID), payment.CollectionCompleted, "100", "100", "0")
		after("restore the refund", s.Refunds.Restore(ctx, back.ID), payment.CollectionCompleted, "100", "100", "30")
		after("remove the refund", s.Refunds.Delete(ctx, back.ID), payment.CollectionCompleted, "100", "100", "0")
		full.Amount = money.Int(60)
		after("save the capture", s.Captures.Save(ctx, full), payment.CollectionAuthorized, "100", "60", "0")
		after("remove the capture", s.Captures.Delete(ctx, full.ID), payment.CollectionAuthorized, "100", "0", "0")
		after("lower the session", session(module.Patch{"amount": 90}), payment.CollectionPartiallyAuthorized, "90", "0", "0")
		after("cancel the session", session(module.Patch{"status": "canceled"}), payment.CollectionAwaiting, "0", "0", "0")
		after("authorize the session", session(module.Patch{"status": "authorized", "amount": 100}), payment.CollectionAuthorized, "100", "0", "0")
		after("delete the session", s.Sessions.SoftDelete(ctx, p.PaymentSessionID), payment.CollectionAwaiting, "0", "0", "0")
		after("restore the session", s.Sessions.Restore(ctx, p.PaymentSessionID), payment.CollectionAuthorized, "100", "0", "0")
		after("delete and restore the collection", errors.Join(s.Collections.SoftDelete(ctx, c.ID), s.Collections.Restore(ctx, c.ID)), payment.CollectionAuthorized, "100", "0", "0")
		other := &payment.Session{PaymentCollectionID: c.ID, CurrencyCode: "eur", Amount: money.Int(5), ProviderID: "pp_x", Status: payment.SessionAuthorized}
		after("add a session", s.Sessions.Create(ctx, other), payment.CollectionAuthorized, "105", "0", "0")
		after("remove a session", s.Sessions.Delete(ctx, other.ID), payment.CollectionAuthorized, "100", "0", "0")
	})
}

// An import keeps the collections that it brings, also when it adds up their payments.
func TestImportedCollectionsAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		c, p := authorized(t, s, payment.SystemProviderID)
		capture := &payment.Capture{PaymentID: p.ID, Amount: money.Int(40)}
		moduletest.Create(t, s.Captures, capture)
		for _, write := range []struct {
			sql    string
			change module.Change
		}{
			{"UPDATE payment_session SET status = 'pending'", module.Change{Op: module.Updated, Model: payment.Sessions, IDs: []string{p.PaymentSessionID}}},
			{"UPDATE payment_session SET deleted_at = created_at", module.Change{Op: module.Deleted, Model: payment.Sessions, IDs: []string{p.PaymentSessionID}}},
			{"UPDATE capture SET amount = '100'", module.Change{Op: module.Updated, Model: payment.Captures, IDs: []string{capture.ID}}},
		} {
			err := db.Do(t.Context(), d, func(ctx context.Context) error {
				if _, err := db.Use(ctx, d).Exec(ctx, write.sql); err != nil {
					return err
				}
				return store.Changed(ctx, write.change)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := payment.Module.Settle(t.Context(), store, false, nil); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Payments.Retrieve(t.Context(), p.ID); err != nil || p.CapturedAmount.String() != "100" {
			t.Errorf("the payment is %+v, %v", p, err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "40", "0")
	})
}

// Captures by operations and by plain records of the payments of one collection, at
// once, are all in the collection.
func TestPlainCapturesBesideOperations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		c, p := authorized(t, s, payment.SystemProviderID)
		errs := make(chan error)
		for i := range 20 {
			go func() {
				if i%2 == 0 {
					errs <- s.Captures.Create(t.Context(), &payment.Capture{PaymentID: p.ID, Amount: money.Int(2)})
					return
				}
				_, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: new(money.Int(2))})
				errs <- err
			}()
		}
		for range 20 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "40", "0")
	})
}
