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
