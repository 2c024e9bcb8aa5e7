package payment_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// TestChecks breaks every rule that verify knows of payments, and undoes it again.
func TestChecks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		_, paid := authorized(t, s, payment.SystemProviderID)
		if _, err := s.Capture(t.Context(), payment.Capturing{PaymentID: paid.ID, Amount: new(money.Int(40))}); err != nil {
			t.Fatal(err)
		}
		_, gone := authorized(t, s, payment.SystemProviderID)
		if err := s.Cancel(t.Context(), gone.ID); err != nil {
			t.Fatal(err)
		}
		opened(t, s, payment.SystemProviderID)
		if found := moduletest.Broken(t.Context(), t, d, payment.Module); found != "" {
			t.Fatalf("payments without faults have %s", found)
		}
		for _, b := range []struct{ sql, found string }{
			{"UPDATE payment_collection SET currency_code = 'usd'", "payment_session.currency_code are not that of the collection, payment.currency_code are not that of the collection"},
			{"UPDATE payment_session SET currency_code = 'usd'", "payment_session.currency_code are not that of the collection"},
			{"UPDATE payment SET currency_code = 'usd'", "payment.currency_code are not that of the collection"},
			{"UPDATE payment SET currency_code = 'EUR'", ""},
			{"UPDATE payment SET currency_code = 'usd', deleted_at = created_at WHERE canceled_at IS NOT NULL", ""},
			{"UPDATE payment_session SET status = 'authorized' WHERE status = 'pending'", "payment_session.status are authorized or captured, without a payment"},
			{"UPDATE payment_session SET status = 'captured' WHERE status = 'pending'", "payment_session.status are authorized or captured, without a payment"},
			{"UPDATE payment_session SET status = 'captured' WHERE status = 'authorized'", ""},
			{"UPDATE payment SET deleted_at = created_at", "payment_session.status are authorized or captured, without a payment"},
			{"UPDATE payment_session SET amount = '50'", "payment.amount are not that of the session"},
			{"UPDATE payment SET amount = '300'", "payment.amount are not that of the session"},
			{"UPDATE payment SET amount = '100.00'", ""},
			{"UPDATE payment_session SET status = 'error' WHERE status = 'authorized'", "payment_session.status are not authorized, with a payment that is not canceled"},
			{"UPDATE payment_session SET status = 'pending'", "payment_session.status are not authorized, with a payment that is not canceled"},
			{"UPDATE payment SET canceled_at = NULL", "payment_session.status are not authorized, with a payment that is not canceled"},
			{"UPDATE payment SET canceled_at = created_at", "payment.canceled_at are set, and something was captured"},
			{"UPDATE payment_session SET status = 'authorized' WHERE status = 'canceled'", ""}, // as in Medusa
		} {
			if found := moduletest.Breach(t, d, payment.Module, b.sql); found != b.found {
				t.Errorf("%s: found %q, want %q", b.sql, found, b.found)
			}
		}
	})
}

// Collections whose amounts are not the sums of what they consist of are found.
func TestSumsAreCompared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
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
		for _, b := range []struct{ sql, found string }{
			{"UPDATE payment_collection SET authorized_amount = '29' WHERE status = 'completed'", "authorized_amount 29 30"},
			{"UPDATE payment_collection SET captured_amount = '30.01' WHERE status = 'completed'", "captured_amount 30.01 30"},
			{"UPDATE payment_collection SET captured_amount = '30.00' WHERE status = 'completed'", ""},
			{"UPDATE payment_collection SET refunded_amount = '1' WHERE status = 'completed'", "refunded_amount 1 0"},
			{"UPDATE payment_collection SET authorized_amount = NULL, captured_amount = NULL, refunded_amount = NULL", "authorized_amount null 30, captured_amount null 30"},
			{"UPDATE payment_collection SET authorized_amount = '1' WHERE status = 'not_paid'", "authorized_amount 1 0"},
			{"UPDATE payment_session SET status = 'canceled'", "authorized_amount 30 0"},
			{"UPDATE payment_collection SET status = 'canceled'", `status "canceled" "completed"`}, // the other has no captures
			{"UPDATE payment_collection SET status = 'failed'", `status "failed" "completed"`},
			{"UPDATE payment_collection SET status = 'canceled', amount = '40'", `status "canceled" "partially_captured"`},
			{"UPDATE payment_collection SET status = 'failed', amount = '40'", `status "failed" "partially_authorized"`},
			{"UPDATE payment_collection SET status = 'partially_captured', amount = '40' WHERE status = 'completed'", ""},
			{"UPDATE payment SET captured_amount = '7', capture_claims = '7'", "captured_amount 7 30, capture_claims 7 30"},
		} {
			undo := errors.New("undo")
			err := db.Do(t.Context(), d, func(ctx context.Context) error {
				if _, err := db.Use(ctx, d).Exec(ctx, b.sql); err != nil {
					return err
				}
				if found := settle(t, ctx, store, false); found != b.found {
					t.Errorf("%s: found %q, want %q", b.sql, found, b.found)
				}
				if left := settle(t, ctx, store, true); left != "" {
					t.Errorf("%s: after the repair, found %q", b.sql, left)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Error(err)
			}
		}
	})
}

// settle settles payments, and returns the columns that differed, with what was stored and
// what follows.
func settle(t *testing.T, ctx context.Context, store *module.Store, dry bool) string {
	t.Helper()
	var found []string
	if err := payment.Module.Settle(ctx, store, dry, func(w module.Wrong) { found = append(found, w.Column+" "+w.Stored+" "+w.Computed) }); err != nil {
		t.Fatal(err)
	}
	return strings.Join(found, ", ")
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

// A collection of which everything was refunded may be canceled: nothing of it is kept.
func TestCanceledAndRefunded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		c, p := authorized(t, s, payment.SystemProviderID)
		_, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID})
		if err == nil {
			_, err = s.Refund(t.Context(), payment.Refunding{PaymentID: p.ID, Amount: new(money.Int(60))})
		}
		if err != nil {
			t.Fatal(err)
		}
		set(t, s.Collections, c.ID, "canceled")
		if found := settle(t, t.Context(), store, true); found != `status "canceled" "completed"` {
			t.Errorf("with 40 kept, found %q", found)
		}
		if _, err := s.Refund(t.Context(), payment.Refunding{PaymentID: p.ID}); err != nil {
			t.Fatal(err)
		}
		set(t, s.Collections, c.ID, "canceled")
		if found := settle(t, t.Context(), store, true); found != "" {
			t.Errorf("with nothing kept, found %q", found)
		}
	})
}
