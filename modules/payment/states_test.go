package payment_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
)

// enum returns the values that a model's status can have.
func enum(m *model.Model) []string { return m.Field("status").Enum }

// set forces a record into a state.
func set[T any](t *testing.T, r module.Records[T], id, status string) {
	t.Helper()
	if n, err := r.Update(t.Context(), []string{id}, module.Patch{"status": status}); n != 1 || err != nil {
		t.Fatal(err)
	}
}

// trial is an operation that is tried in every state.
type trial struct {
	from string                                              // the states in which it is allowed
	do   func(ctx context.Context, p *payment.Payment) error // on the payment's collection, session or itself
	with string                                              // what there is before: nothing, a session, a payment
	to   func(from string) string                            // what a state becomes; nil if the record is gone
}

func (tr trial) allowed(state string) bool { return slices.Contains(strings.Fields(tr.from), state) }

// prepared returns a collection as a trial wants it, as the ids of a payment that may
// not exist.
func prepared(t *testing.T, s *payment.Service, with string) *payment.Payment {
	t.Helper()
	if with == "payment" {
		_, p := authorized(t, s, payment.SystemProviderID)
		return p
	}
	c, err := s.Collect(t.Context(), money.Int(100), "eur")
	if err != nil {
		t.Fatal(err)
	}
	p := &payment.Payment{PaymentCollectionID: c.ID}
	if with == "session" {
		session, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: payment.SystemProviderID, Amount: c.Amount})
		if err != nil {
			t.Fatal(err)
		}
		p.PaymentSessionID = session.ID
	}
	return p
}

func becomes(status string) func(string) string { return func(string) string { return status } }

func same(status string) string { return status }

func TestEveryStateOfACollection(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		for name, tr := range map[string]trial{
			"change the amount of": {"not_paid awaiting", func(ctx context.Context, p *payment.Payment) error {
				return s.SetAmount(ctx, p.PaymentCollectionID, money.Int(7))
			}, "nothing", same},
			"delete": {"not_paid", func(ctx context.Context, p *payment.Payment) error {
				return s.DeleteCollection(ctx, p.PaymentCollectionID)
			}, "nothing", nil},
			"cancel": {"not_paid awaiting authorized partially_authorized partially_captured failed", func(ctx context.Context, p *payment.Payment) error {
				return s.CancelCollection(ctx, p.PaymentCollectionID)
			}, "payment", becomes("canceled")},
			"mark as paid": {"not_paid", func(ctx context.Context, p *payment.Payment) error {
				return s.MarkAsPaid(ctx, p.PaymentCollectionID, "")
			}, "nothing", becomes("completed")},
			"open a session of": {"not_paid awaiting partially_authorized", func(ctx context.Context, p *payment.Payment) error {
				_, err := s.CreateSession(ctx, payment.NewSession{CollectionID: p.PaymentCollectionID, ProviderID: payment.SystemProviderID, Amount: money.Int(1)})
				return err
			}, "nothing", becomes("awaiting")},
			"authorize": {"not_paid awaiting partially_authorized", func(ctx context.Context, p *payment.Payment) error {
				_, err := s.Authorize(ctx, p.PaymentSessionID)
				return err
			}, "session", becomes("authorized")},
			"capture": {"not_paid awaiting authorized partially_authorized partially_captured completed", func(ctx context.Context, p *payment.Payment) error {
				_, err := s.Capture(ctx, payment.Capturing{PaymentID: p.ID})
				return err
			}, "payment", becomes("completed")},
		} {
			for _, state := range enum(payment.Collections) {
				p := prepared(t, s, tr.with)
				set(t, s.Collections, p.PaymentCollectionID, state)
				err := tr.do(t.Context(), p)
				found, failed := s.Collections.List(t.Context(), module.Where{"id": p.PaymentCollectionID}, module.Page{})
				if failed != nil {
					t.Fatal(failed)
				}
				got := "gone"
				for _, c := range found {
					got = string(c.Status)
				}
				tr.check(t, name, state, got, p.PaymentCollectionID, err)
			}
		}
	})
}

// check checks what became of a record in a state when an operation was tried.
func (tr trial) check(t *testing.T, name, state, got, id string, err error) {
	t.Helper()
	if !tr.allowed(state) {
		if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), id) || !strings.Contains(err.Error(), "cannot "+name) || got != state {
			t.Errorf("%s when %s: %v, then %s; want a refusal that names %s", name, state, err, got, id)
		}
		return
	}
	want := "gone"
	if tr.to != nil {
		want = tr.to(state)
	}
	if err != nil || got != want {
		t.Errorf("%s when %s: %v, then %s; want %s", name, state, err, got, want)
	}
}

func TestEveryStateOfASession(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		for name, tr := range map[string]trial{
			"update": {"pending requires_more error", func(ctx context.Context, p *payment.Payment) error {
				_, err := s.UpdateSession(ctx, p.PaymentSessionID, money.Int(3), nil)
				return err
			}, "session", becomes("pending")},
			"delete": {"pending requires_more error canceled pending_authorization", func(ctx context.Context, p *payment.Payment) error {
				return s.DeleteSession(ctx, p.PaymentSessionID)
			}, "session", nil},
			"authorize": {"pending requires_more error pending_authorization authorized captured", func(ctx context.Context, p *payment.Payment) error {
				_, err := s.Authorize(ctx, p.PaymentSessionID)
				return err
			}, "session", becomes("authorized")},
			"void": {"authorized", func(ctx context.Context, p *payment.Payment) error { return s.Cancel(ctx, p.ID) }, "payment", becomes("canceled")},
		} {
			for _, state := range enum(payment.Sessions) {
				p := prepared(t, s, tr.with)
				set(t, s.Sessions, p.PaymentSessionID, state)
				if tr.with == "session" { // which alone is tried
					set(t, s.Collections, p.PaymentCollectionID, "awaiting")
				}
				err := tr.do(t.Context(), p)
				found, failed := s.Sessions.List(t.Context(), module.Where{"id": p.PaymentSessionID}, module.Page{})
				if failed != nil {
					t.Fatal(failed)
				}
				got := "gone"
				for _, x := range found {
					got = string(x.Status)
				}
				tr.check(t, name, state, got, p.PaymentSessionID, err)
			}
		}
	})
}

// A message moves a session forward only; what has no payment and is over stays so, and
// a message that says otherwise is refused.
func TestEveryMessageInEveryState(t *testing.T) {
	t.Parallel()
	order := []payment.SessionStatus{
		payment.SessionPending, payment.SessionRequiresMore, payment.SessionPendingAuthorization, payment.SessionError,
		payment.SessionCanceled, payment.SessionAuthorized, payment.SessionCaptured,
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for was, state := range order {
			for is, told := range order {
				_, session := pending(t, s)
				set(t, s.Sessions, session.ID, string(state))
				fake.Messages()
				fake.Outside(session.ID, func(a *paymenttest.Account) {
					if a.Status = told; told == payment.SessionCaptured {
						a.Captured = session.Amount
					}
				})
				err := fake.Deliver(t.Context(), s, paymenttest.InOrder)
				over := state == payment.SessionCanceled || state == payment.SessionAuthorized
				want, refused := state, false
				switch {
				case is > was && !over:
					want = told
				case is > was:
					refused = told == payment.SessionAuthorized || told == payment.SessionCaptured
				}
				now, failed := s.Sessions.Retrieve(t.Context(), session.ID)
				if failed != nil {
					t.Fatal(failed)
				}
				if now.Status != want || refused != (fault.TypeOf(err) == fault.UnexpectedState) || err != nil && !refused {
					t.Errorf("%s, and the message says %s: %v, then %s; want %s, refused: %t", state, told, err, now.Status, want, refused)
				}
			}
		}
	})
}

// The diagrams that the module shows are those of the machines that guard it.
func TestMachinesAreShown(t *testing.T) {
	t.Parallel()
	var names []string
	for _, m := range payment.Module.Machines {
		names = append(names, m.Name())
		if !strings.Contains(m.Mermaid(), "[*] -->") {
			t.Errorf("%s has no beginning", m.Name())
		}
	}
	if want := []string{"payment collection", "payment session", "payment attempt"}; !slices.Equal(names, want) {
		t.Errorf("the machines are of %q, want %q", names, want)
	}
}
