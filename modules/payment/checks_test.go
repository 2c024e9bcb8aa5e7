package payment_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
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
		if found := broken(t, t.Context(), d); found != "" {
			t.Fatalf("collections without faults have %s", found)
		}
		for _, b := range []struct{ sql, found string }{
			{"UPDATE payment_collection SET authorized_amount = '29' WHERE status = 'completed'", "authorized_amount"},
			{"UPDATE payment_collection SET captured_amount = '30.01' WHERE status = 'completed'", "captured_amount"},
			{"UPDATE payment_collection SET captured_amount = '30.00' WHERE status = 'completed'", ""},
			{"UPDATE payment_collection SET refunded_amount = '1' WHERE status = 'completed'", "refunded_amount"},
			{"UPDATE payment_collection SET authorized_amount = NULL, captured_amount = NULL, refunded_amount = NULL", "authorized_amount captured_amount"},
			{"UPDATE payment_collection SET authorized_amount = '1' WHERE status = 'not_paid'", "authorized_amount"},
			{"UPDATE payment_session SET status = 'canceled'", "authorized_amount"},
		} {
			if found := breach(t, d, b.sql); found != b.found {
				t.Errorf("%s: found %q, want %q", b.sql, found, b.found)
			}
		}
	})
}

// breach returns what is found after a statement, which it undoes.
func breach(t *testing.T, d db.DB, sql string) (found string) {
	t.Helper()
	undo := errors.New("undo")
	err := db.Do(t.Context(), d, func(ctx context.Context) error {
		if n, err := db.Use(ctx, d).Exec(ctx, sql); err != nil || n == 0 {
			t.Errorf("%s: %d rows, %v", sql, n, err)
		}
		found = broken(t, ctx, d)
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	return found
}

// broken returns the columns that checks find to be wrong.
func broken(t *testing.T, ctx context.Context, d db.DB) string { //nolint:revive // ctx may be of a transaction
	t.Helper()
	var found []string
	for _, c := range payment.Module.Checks {
		ids, err := db.Collect[string](ctx, db.Use(ctx, d), "SELECT a.id"+c.Rows(d.Dialect()))
		if err != nil {
			t.Fatalf("%s.%s: %v", c.Model.Table, c.Column, err)
		}
		if len(ids) > 0 {
			found = append(found, c.Column)
		}
	}
	return strings.Join(found, " ")
}
