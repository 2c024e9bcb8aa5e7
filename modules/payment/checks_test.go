package payment_test

import (
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// What the checks of collections find.
const (
	wrongAuthorized = "payment_collection.authorized_amount are not what their sessions are authorized for"
	wrongCaptured   = "payment_collection.captured_amount are not what was captured of their payments"
	wrongRefunded   = "payment_collection.refunded_amount are not what was refunded of their payments"
)

// verify finds collections whose amounts are not the sums of what they consist of.
func TestChecks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _ := withFake(t, d)
		c, err := s.Collect(t.Context(), money.Int(30), "eur")
		if err == nil {
			err = s.MarkAsPaid(t.Context(), c.ID, "")
		}
		if err == nil {
			_, err = s.Collect(t.Context(), money.Int(10), "eur") // nothing of it is paid
		}
		if err != nil {
			t.Fatal(err)
		}
		if found := moduletest.Broken(t.Context(), t, d, payment.Module); found != "" {
			t.Fatalf("collections without faults have %s", found)
		}
		for _, b := range []struct{ sql, found string }{
			{"UPDATE payment_collection SET authorized_amount = '29' WHERE status = 'completed'", wrongAuthorized},
			{"UPDATE payment_collection SET captured_amount = '30.01' WHERE status = 'completed'", wrongCaptured},
			{"UPDATE payment_collection SET captured_amount = '30.00' WHERE status = 'completed'", ""},
			{"UPDATE payment_collection SET refunded_amount = '1' WHERE status = 'completed'", wrongRefunded},
			{"UPDATE payment_collection SET authorized_amount = NULL, captured_amount = NULL, refunded_amount = NULL", wrongAuthorized + ", " + wrongCaptured},
			{"UPDATE payment_collection SET authorized_amount = '1' WHERE status = 'not_paid'", wrongAuthorized},
			{"UPDATE payment_session SET status = 'canceled'", wrongAuthorized},
		} {
			if found := moduletest.Breach(t, d, payment.Module, b.sql); found != b.found {
				t.Errorf("%s: found %q, want %q", b.sql, found, b.found)
			}
		}
	})
}

// The status of a collection is compared with its sessions and payments, and repaired.
func TestStatusesAreCompared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		c, _ := authorized(t, s, payment.SystemProviderID)
		if _, err := d.Exec(t.Context(), "UPDATE payment_collection SET status = 'not_paid'"); err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, dry := range []bool{true, false, true} {
			if err := payment.Module.Settle(t.Context(), store, dry, func(w module.Wrong) { found = append(found, w.ID+" "+w.Column+" "+w.Stored+" "+w.Computed) }); err != nil {
				t.Fatal(err)
			}
		}
		want := c.ID + ` status "not_paid" "authorized"`
		if !slices.Equal(found, []string{want, want}) {
			t.Errorf("found %q, want %q twice", found, want)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "0", "0")
	})
}
