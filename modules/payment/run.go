package payment

import (
	"context"
	"errors"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// An operation that a provider takes part in has three steps. Before checks and
// locks, and decides on an attempt; call tells the provider; after writes the
// outcome. With a provider outside of this program, before and after are
// transactions of their own and the attempt is stored between them, so that a call
// whose answer is lost is known, claims its amount, and is finished by Reconcile.
// With one inside, all three are in one transaction, and no attempt is stored.

// before is the first step. It returns nil if there is nothing to do.
type before func(ctx context.Context) (*Attempt, error)

// run runs the three steps with a provider. It returns nil if there was nothing to
// do, and an attempt that is declined if the provider would not do it.
func (s *Service) run(ctx context.Context, provider string, before before) (*Attempt, error) {
	p, err := s.Provider(provider)
	if err != nil {
		return nil, err
	}
	if inside(p) {
		return s.runInside(ctx, p, before)
	}
	if err := s.mayCall(ctx, p); err != nil {
		return nil, err
	}
	var a *Attempt
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		a, err = before(refreshes(ctx))
		if err != nil || a == nil || !a.CreatedAt.IsZero() { // it is under way already
			return err
		}
		return s.Attempts.Create(refreshes(ctx), a)
	})
	if err != nil || a == nil {
		return nil, err
	}
	return s.finish(ctx, p, a)
}

// runInside runs the three steps in one transaction.
func (s *Service) runInside(ctx context.Context, p Provider, before before) (a *Attempt, err error) {
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if a, err = before(refreshes(ctx)); err != nil || a == nil {
			return err
		}
		a.ID, a.State = s.store.NewID(Attempts.Prefix), AttemptOpen
		o, declined, err := s.call(ctx, p, a)
		if err != nil {
			return err
		}
		return s.after(refreshes(ctx), a, o, declined)
	})
	return a, err
}

// mayCall returns an error in a transaction: it would be held while another system
// takes time, and could not take back what that did.
func (s *Service) mayCall(ctx context.Context, p Provider) error {
	if !inside(p) && db.InTx(ctx, s.store.DB) {
		return fault.New(fault.UnexpectedState, "the payment provider %q is outside of this program and was to be called inside a transaction; call it when the transaction is committed", p.PaymentProviderID())
	}
	return nil
}

// inside reports whether a provider is called inside transactions.
func inside(p Provider) bool {
	_, ok := p.(Inside)
	return ok
}

// finish runs the last two steps of a stored attempt. If the provider does not
// answer, the attempt stays open.
func (s *Service) finish(ctx context.Context, p Provider, a *Attempt) (*Attempt, error) {
	o, declined, err := s.call(ctx, p, a)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable,
			"payment provider %q has not answered to %s: whether it was done is not known yet; attempt %s is open until it is", a.ProviderID, a.does(), a.ID)
	}
	// What the provider did is stored even if the caller has given up.
	ctx = context.WithoutCancel(ctx)
	err = db.Do(refreshes(ctx), s.store.DB, func(ctx context.Context) error {
		if err := s.lockAround(ctx, a); err != nil {
			return err
		}
		if a, err = s.Attempts.Retrieve(ctx, a.ID); err != nil || a.State != AttemptOpen { // or another call has finished it
			return err
		}
		return s.after(ctx, a, o, declined)
	})
	return a, err
}

// lockAround locks what an attempt is about: the collection, then the payment.
func (s *Service) lockAround(ctx context.Context, a *Attempt) error {
	session, err := s.anySession(ctx, a.PaymentSessionID)
	if err != nil {
		return err
	}
	if _, err := s.lockCollection(ctx, session.PaymentCollectionID); err != nil {
		return err
	}
	return s.lockAttempted(ctx, []*Attempt{a})
}

// call tells the provider of an attempt. A refusal is an outcome, not an error.
func (s *Service) call(ctx context.Context, p Provider, a *Attempt) (Outcome, *Declined, error) {
	session, err := s.anySession(ctx, a.PaymentSessionID)
	if err != nil {
		return Outcome{}, nil, err
	}
	c := Call{Key: a.ID, SessionID: session.ID, Amount: a.Amount, CurrencyCode: a.CurrencyCode, Data: []byte(a.Data), Context: []byte(session.Context)}
	if a.PaymentID != nil {
		c.PaymentID = *a.PaymentID
	}
	o, err := method(p, a.Kind)(ctx, c)
	o.Data = usable(o.Data)
	if declined, ok := errors.AsType[*Declined](err); ok {
		return o, declined, nil
	}
	if err == nil {
		err = o.check(p, a.Kind)
	}
	return o, nil, err
}

// method returns the method of a provider that an attempt calls.
func method(p Provider, k AttemptKind) func(context.Context, Call) (Outcome, error) {
	return map[AttemptKind]func(context.Context, Call) (Outcome, error){
		AttemptCreateSession: p.CreateSession,
		AttemptUpdateSession: p.UpdateSession,
		AttemptDeleteSession: p.DeleteSession,
		AttemptAuthorize:     p.Authorize,
		AttemptCapture:       p.Capture,
		AttemptRefund:        p.Refund,
		AttemptCancel:        p.Cancel,
	}[k]
}

// check completes an outcome, and returns an error if it is not one.
func (o *Outcome) check(p Provider, k AttemptKind) error {
	by := map[AttemptKind]string{AttemptCreateSession: byUpdate, AttemptUpdateSession: byUpdate, AttemptAuthorize: byAuthorize}[k]
	if by == "" {
		return nil
	}
	if o.Status == "" && k == AttemptAuthorize {
		o.Status = SessionAuthorized
	} else if o.Status == "" {
		o.Status = SessionPending
	}
	if !sessions.Leads(SessionPending, o.Status) || by == byUpdate && o.Status != SessionPending && o.Status != SessionRequiresMore {
		return fault.New(fault.UnexpectedState, "payment provider %q says that a session is %q after %s, which cannot be", p.PaymentProviderID(), o.Status, k)
	}
	return nil
}

// after is the last step: it writes what an attempt has led to.
func (s *Service) after(ctx context.Context, a *Attempt, o Outcome, declined *Declined) error {
	if err := s.closeAttempt(ctx, a, declined); err != nil { // first, so that what it claims is not counted twice
		return err
	}
	if a.PaymentID == nil && !a.CreatedAt.IsZero() { // it was stored, and the lock given up, before the call
		p, err := s.paymentOf(ctx, a.PaymentSessionID)
		if err != nil {
			return err
		}
		if p != nil {
			return s.afterPaid(ctx, a, p, o)
		}
	}
	switch {
	case declined != nil:
		return s.afterDecline(ctx, a)
	case a.Kind == AttemptCapture:
		return s.afterCapture(ctx, a, o)
	case a.Kind == AttemptRefund:
		return s.afterRefund(ctx, a, o)
	case a.Kind == AttemptCancel:
		return s.afterVoid(ctx, a, o)
	case a.Kind == AttemptAuthorize:
		return s.afterAuthorize(ctx, a, o)
	}
	return s.afterSession(ctx, a, o)
}

// afterPaid ends an attempt about a session that got its payment while the provider was
// called. The two stay as they are, but nothing is left to capture if the provider says
// that it has captured all.
func (s *Service) afterPaid(ctx context.Context, a *Attempt, p *Payment, o Outcome) error {
	left := p.Amount.Sub(p.CaptureClaims)
	if a.Kind == AttemptAuthorize && o.Status == SessionCaptured && p.CanceledAt == nil && left.Sign() > 0 {
		if err := s.enterCapture(ctx, p, &Capture{PaymentID: p.ID, Amount: left}); err != nil {
			return err
		}
	}
	return s.refresh(ctx, p.PaymentCollectionID)
}

// closeAttempt says what became of an attempt.
func (s *Service) closeAttempt(ctx context.Context, a *Attempt, declined *Declined) error {
	if err := attempts.Check("finish", a.ID, a.State); err != nil {
		return err
	}
	a.State, a.FinishedAt = AttemptDone, new(s.store.Now())
	if declined != nil {
		a.State, a.Reason = AttemptDeclined, new(storable(declined.Reason))
	}
	if a.CreatedAt.IsZero() { // it is not stored
		return nil
	}
	return s.Attempts.Save(ctx, a)
}

// afterDecline marks a session that could not be opened or authorized.
func (s *Service) afterDecline(ctx context.Context, a *Attempt) error {
	if a.Kind != AttemptCreateSession && a.Kind != AttemptAuthorize {
		return nil
	}
	return s.moveSession(ctx, a, module.Patch{"status": string(SessionError)})
}

// does says what an attempt does: "capture 10 eur of payment "pay_1"".
func (a *Attempt) does() string {
	switch a.Kind {
	case AttemptCreateSession:
		return "create session " + a.PaymentSessionID
	case AttemptUpdateSession:
		return "update session " + a.PaymentSessionID
	case AttemptDeleteSession:
		return "delete session " + a.PaymentSessionID
	case AttemptAuthorize:
		return "authorize session " + a.PaymentSessionID
	case AttemptCancel:
		return "cancel payment " + *a.PaymentID
	}
	return string(a.Kind) + " " + a.Amount.String() + " " + a.CurrencyCode + " of payment " + *a.PaymentID
}

// refused returns the error of an attempt that the provider has declined, or nil.
func (a *Attempt) refused() error {
	if a == nil || a.State != AttemptDeclined {
		return nil
	}
	reason := ""
	if a.Reason != nil {
		reason = *a.Reason
	}
	return fault.New(fault.NotAllowed, "payment provider %q would not %s: %s", a.ProviderID, a.does(), reason)
}

// busy returns a conflict error if a call about a session is under way whose outcome
// is not known.
func (s *Service) busy(ctx context.Context, sessions ...string) error {
	open, err := s.openAttempts(ctx, sessions...)
	if err == nil && len(open) > 0 {
		err = fault.New(fault.Conflict, "payment provider %q has not yet answered to %s; try again when attempt %s is finished", open[0].ProviderID, open[0].does(), open[0].ID)
	}
	return err
}

// openAttempts returns the attempts about sessions whose outcome is not known.
func (s *Service) openAttempts(ctx context.Context, sessions ...string) ([]*Attempt, error) {
	return s.Attempts.List(ctx, module.Where{"payment_session_id": sessions, "state": string(AttemptOpen)}, module.Page{Order: []string{"created_at"}})
}

// raw returns what a provider said of its data, or what was there before.
func (o Outcome) raw(before model.RawJSON) model.RawJSON {
	if o.Data == nil {
		return before
	}
	return model.RawJSON(o.Data)
}
