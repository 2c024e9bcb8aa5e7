package payment_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestMarkAsPaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		collect := func(amount int64) string {
			t.Helper()
			c, err := s.Collect(t.Context(), money.Int(amount), "eur")
			if err != nil {
				t.Fatal(err)
			}
			return c.ID
		}
		for _, provider := range []string{"", outside} {
			id := collect(30)
			if err := s.MarkAsPaid(t.Context(), id, provider); err != nil {
				t.Errorf("%q: %v", provider, err)
			}
			wantCollection(t, s, id, payment.CollectionCompleted, "30", "30", "0")
		}
		nothing := collect(0)
		if err := s.MarkAsPaid(t.Context(), nothing, ""); err != nil {
			t.Errorf("nothing to pay: %v", err)
		}
		wantCollection(t, s, nothing, payment.CollectionCompleted, "0", "0", "0")
		fake.Becomes(payment.SessionPendingAuthorization)
		waits := collect(30)
		if err := s.MarkAsPaid(t.Context(), waits, outside); fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), "pending_authorization") {
			t.Errorf("a provider that waits for somebody: %v", err)
		}
		wantCollection(t, s, waits, payment.CollectionAwaiting, "0", "0", "0")
		if err := s.MarkAsPaid(t.Context(), "pay_col_x", ""); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("an unknown collection: %v", err)
		}
		agree(t, s, fake)
	})
}

// Many mark one collection as paid, and it is paid once.
func TestMarkAsPaidAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _ := withFake(t, d)
		c, err := s.Collect(t.Context(), money.Int(30), "eur")
		if err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		for range 8 {
			go func() { errs <- s.MarkAsPaid(t.Context(), c.ID, "") }()
		}
		done := 0
		for range 8 {
			switch err := <-errs; fault.TypeOf(err) {
			case "":
				done++
			case fault.NotAllowed:
			default:
				t.Error(err)
			}
		}
		if n, err := s.Payments.Count(t.Context(), module.Where{"payment_collection_id": c.ID}); done != 1 || n != 1 || err != nil {
			t.Errorf("%d were marked, %d payments, %v", done, n, err)
		}
	})
}
