package payment

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// progress is how far the states of a session are. A message moves it forward only,
// so that messages may come in any order.
var progress = []SessionStatus{
	SessionPending, SessionRequiresMore, SessionPendingAuthorization, SessionError, SessionCanceled, SessionAuthorized, SessionCaptured,
}

// rounds is how often a message finishes the calls that are in its way.
const rounds = 3

// Webhook takes a message that a provider has sent. A message that comes twice, or
// later than another, changes nothing that the other has changed. It must not be
// called in a transaction if the provider is outside of this program. It is a conflict
// while calls about the session are made again and again: the provider sends the
// message again.
func (s *Service) Webhook(ctx context.Context, provider string, m Message) error {
	p, err := s.Provider(provider)
	if err == nil {
		err = s.mayCall(ctx, p)
	}
	if err != nil {
		return err
	}
	e, err := p.Webhook(ctx, m)
	if err != nil || e.SessionID == "" {
		return err
	}
	e.Data = usable(e.Data)
	session, err := s.anySession(ctx, e.SessionID)
	if err != nil {
		return err
	}
	if session.ProviderID != provider {
		return fault.New(fault.InvalidData, "payment session %q is of provider %q; %q cannot tell what happened to it", session.ID, session.ProviderID, provider)
	}
	for range rounds {
		open, err := s.hear(ctx, session, e)
		if err != nil || len(open) == 0 {
			return err
		}
		for _, a := range open {
			if err := s.resume(ctx, a); err != nil {
				return err
			}
		}
	}
	return fault.New(fault.Conflict, "payment session %q: new calls of payment provider %q are made all the time; send the message again", session.ID, provider)
}

// hear enters what a message says of a session, unless calls about the session have no
// answer yet: the message may be about one of them, and what that did must not be
// counted twice. It then returns their attempts, which are to be finished first.
func (s *Service) hear(ctx context.Context, session *Session, e Event) (open []*Attempt, err error) {
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if _, err := s.lockCollection(ctx, session.PaymentCollectionID); err != nil {
			return err
		}
		if open, err = s.openAttempts(ctx, session.ID); err != nil || len(open) > 0 {
			return err
		}
		return s.enter(refreshes(ctx), session.ID, e)
	})
	return open, err
}

// enter brings a session to where a message says that it is, or leaves it if it is
// there already.
func (s *Service) enter(ctx context.Context, id string, e Event) error {
	session, err := s.anySession(ctx, id)
	if err != nil {
		return err
	}
	p, err := s.paymentOf(ctx, session.ID)
	if err != nil {
		return err
	}
	if p == nil {
		if err := s.hearOfSession(ctx, session, e); err != nil {
			return err
		}
		if p, err = s.paymentOf(ctx, session.ID); err != nil || p == nil {
			return err
		}
	}
	return s.hearOfPayment(ctx, p, e)
}

// hearOfSession moves a session that has no payment forward. What the provider has
// authorized is entered even if the collection has become smaller than the session:
// the provider holds the money, and a payment that is not known can be neither
// canceled nor refunded. The authorized amount of the collection then exceeds its
// amount.
func (s *Service) hearOfSession(ctx context.Context, session *Session, e Event) error {
	status := e.Status
	captured, nothing := e.Captured.Sign() > 0, e.Captured.IsZero() && !session.Amount.IsZero()
	if said := status == SessionCaptured; captured && !said || said && nothing {
		status = SessionAuthorized
	}
	at := slices.Index(progress, status)
	if at <= slices.Index(progress, session.Status) {
		return nil
	}
	if session.DeletedAt != nil || !sessions.Allows(byHear, session.Status) {
		if at < slices.Index(progress, SessionAuthorized) {
			return nil
		}
		return fault.New(fault.UnexpectedState, "payment provider %q says that session %q is %s, but it was deleted or canceled before; cancel the payment with the provider", session.ProviderID, session.ID, status)
	}
	data := session.Data
	if e.Data != nil {
		data = model.RawJSON(e.Data)
	}
	return s.approve(ctx, session, status, e.Captured, data)
}

// hearOfPayment enters what was captured and refunded beyond what is known, or that
// the payment was canceled.
func (s *Service) hearOfPayment(ctx context.Context, p *Payment, e Event) error {
	locked, err := s.Payments.Lock(ctx, p.ID)
	if err != nil {
		return err
	}
	p = locked[p.ID]
	captured, refunded := e.Captured.Sub(p.CapturedAmount), e.Refunded.Sub(p.RefundedAmount)
	if captured.Sign() > 0 {
		if err := s.enterCapture(ctx, p, &Capture{PaymentID: p.ID, Amount: captured}); err != nil {
			return err
		}
	}
	if refunded.Sign() > 0 {
		if err := s.enterRefund(ctx, p, &Refund{PaymentID: p.ID, Amount: refunded}, Outcome{Data: e.Data}); err != nil {
			return err
		}
	}
	if e.Canceled && p.CanceledAt == nil && e.Captured.IsZero() && p.CaptureClaims.IsZero() {
		data := p.Data
		if e.Data != nil {
			data = model.RawJSON(e.Data)
		}
		return s.void(ctx, p, data)
	}
	if captured.Sign() > 0 || refunded.Sign() > 0 {
		return s.refresh(ctx, p.PaymentCollectionID)
	}
	return nil
}
