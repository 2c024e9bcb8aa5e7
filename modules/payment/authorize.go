package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Authorize asks the provider of a session to authorize it, and returns the session.
// If it is authorized, it has its Payment; if not, its status says what is missing, or
// that the provider declined. A session that is authorized already has the same
// payment again, and one that is being authorized is asked for again. Authorize
// refuses a session that is of more than its collection has left to be authorized.
func (s *Service) Authorize(ctx context.Context, id string) (*Session, error) {
	session, err := s.Sessions.Retrieve(ctx, id)
	if err != nil {
		return nil, err
	}
	_, err = s.run(ctx, session.ProviderID, func(ctx context.Context) (*Attempt, error) {
		if session, err = s.lockSession(ctx, session); err != nil {
			return nil, err
		}
		if err := sessions.Check(byAuthorize, id, session.Status); err != nil {
			return nil, err
		}
		if p, err := s.paymentOf(ctx, id); p != nil || err != nil {
			return nil, err
		}
		return s.authorizing(ctx, session)
	})
	if err != nil {
		return nil, err
	}
	if session, err = s.Sessions.Retrieve(ctx, id); err != nil {
		return nil, err
	}
	session.Payment, err = s.paymentOf(ctx, id)
	return session, err
}

// authorizing returns the attempt to authorize a session: the one that is open, if
// there is one.
func (s *Service) authorizing(ctx context.Context, session *Session) (*Attempt, error) {
	c, err := s.Collections.Retrieve(ctx, session.PaymentCollectionID)
	if err == nil {
		err = collections.Check(byAuthorize, c.ID, c.Status)
	}
	if err != nil {
		return nil, err
	}
	open, err := s.openAttempts(ctx, session.ID)
	if err != nil {
		return nil, err
	}
	if len(open) == 1 && open[0].Kind == AttemptAuthorize {
		return open[0], nil
	}
	if len(open) > 0 {
		return nil, s.busy(ctx, session.ID)
	}
	if err := s.noAuthorization(ctx, c.ID); err != nil { // its amount is not among what is authorized yet
		return nil, err
	}
	return s.attempt(AttemptAuthorize, session), session.fits(c)
}

// fits returns an error if authorizing a session would exceed what is to be paid with
// its collection, whose amount may have changed since the session was opened.
func (s *Session) fits(c *Collection) error {
	if s.Status.approved() { // it is among what is authorized
		return nil
	}
	err := c.admits(s.CurrencyCode, s.Amount)
	if err != nil {
		return fault.Wrap(err, fault.InvalidData, "payment session %q cannot be authorized: %s; update the session or open another", s.ID, err)
	}
	return nil
}

// noAuthorization returns a conflict error while a session of a collection is being
// authorized.
func (s *Service) noAuthorization(ctx context.Context, collection string) error {
	all, err := s.sessionsOf(ctx, collection)
	if err != nil {
		return err
	}
	open, err := s.openAttempts(ctx, module.IDs(all, func(x *Session) string { return x.ID })...)
	for _, a := range open {
		if a.Kind == AttemptAuthorize {
			return s.busy(ctx, a.PaymentSessionID)
		}
	}
	return err
}

// afterAuthorize writes what a session has become. An outcome has no sums: one that
// says captured means all of the session.
func (s *Service) afterAuthorize(ctx context.Context, a *Attempt, o Outcome) error {
	session, err := s.anySession(ctx, a.PaymentSessionID)
	if err != nil {
		return err
	}
	captured := money.Zero
	if o.Status == SessionCaptured {
		captured = session.Amount
	}
	return s.approve(ctx, session, o.Status, captured, o.raw(a.Data))
}

// approve sets the status of a session that has no payment. An authorized one gets
// its payment, of which an amount is captured already.
func (s *Service) approve(ctx context.Context, session *Session, status SessionStatus, captured money.Amount, data model.RawJSON) error {
	patch := module.Patch{"status": string(status), "data": data}
	if status.approved() {
		patch["authorized_at"] = s.store.Now()
	}
	if _, err := s.Sessions.Update(ctx, []string{session.ID}, patch); err != nil {
		return err
	}
	if status.approved() {
		if err := s.enterPayment(ctx, session, captured, data); err != nil {
			return err
		}
	}
	return s.refresh(ctx, session.PaymentCollectionID)
}

// enterPayment writes the payment of a session, and what is captured of it.
func (s *Service) enterPayment(ctx context.Context, session *Session, captured money.Amount, data model.RawJSON) error {
	p := &Payment{
		Amount: session.Amount, CurrencyCode: session.CurrencyCode, ProviderID: session.ProviderID, Data: data,
		PaymentCollectionID: session.PaymentCollectionID, PaymentSessionID: session.ID,
	}
	if err := s.Payments.Create(ctx, p); err != nil || captured.Sign() <= 0 {
		return err
	}
	return s.enterCapture(ctx, p, &Capture{PaymentID: p.ID, Amount: captured})
}

// paymentOf returns the payment of a session, or nil.
func (s *Service) paymentOf(ctx context.Context, session string) (*Payment, error) {
	found, err := s.Payments.List(ctx, module.Where{"payment_session_id": session}, module.Page{Limit: 1})
	return append(found, nil)[0], err
}
