package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Collect creates a collection of an amount to be paid.
func (s *Service) Collect(ctx context.Context, amount money.Amount, currency string) (*Collection, error) {
	c := &Collection{Amount: amount, CurrencyCode: currency}
	return c, s.Collections.Create(ctx, c)
}

// SetAmount changes what is to be paid with a collection. It is not_allowed once
// something is authorized, and a conflict while the outcome of an authorization is
// not known. A session that is of more than the new amount cannot be authorized.
func (s *Service) SetAmount(ctx context.Context, id string, amount money.Amount) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		c, err := s.lockCollection(ctx, id)
		if err == nil {
			err = collections.Check(byAmount, id, c.Status)
		}
		if err != nil || c.Amount.Equal(amount) {
			return err
		}
		if err := s.noAuthorization(ctx, id); err != nil {
			return err
		}
		_, err = s.Collections.Update(ctx, []string{id}, module.Patch{"amount": amount})
		return err
	})
}

// DeleteCollection soft-deletes a collection. It is not_allowed once a customer has
// begun to pay.
func (s *Service) DeleteCollection(ctx context.Context, id string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		c, err := s.lockCollection(ctx, id)
		if err == nil {
			err = collections.Check(byDelete, id, c.Status)
		}
		if err != nil {
			return err
		}
		return s.Collections.SoftDelete(ctx, id)
	})
}

// CancelCollection ends a collection that is neither completed nor canceled: its
// sessions are deleted and its payments canceled, unless something was captured. It
// then is canceled, or partially_captured. If a provider does not answer, it can be
// called again.
func (s *Service) CancelCollection(ctx context.Context, id string) error {
	all, err := s.sessionsOf(ctx, id)
	if err != nil {
		return err
	}
	return s.together(ctx, all, func(ctx context.Context) error {
		c, err := s.Collections.Retrieve(ctx, id)
		if err == nil {
			err = collections.Check(byCancel, id, c.Status)
		}
		if err != nil {
			return err
		}
		if err := s.endSessions(ctx, id); err != nil {
			return err
		}
		return db.Do(ctx, s.store.DB, func(ctx context.Context) error { return s.endCollection(ctx, id) })
	})
}

// together runs fn in one transaction if all providers of sessions are inside.
// Otherwise fn must not be called in one, and makes its own.
func (s *Service) together(ctx context.Context, all []*Session, fn func(ctx context.Context) error) error {
	for _, session := range all {
		p, err := s.Provider(session.ProviderID)
		if err != nil {
			return err
		}
		if err := s.mayCall(ctx, p); err != nil {
			return err
		}
		if !inside(p) {
			return fn(ctx)
		}
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if len(all) > 0 {
			if _, err := s.lockCollection(ctx, all[0].PaymentCollectionID); err != nil {
				return err
			}
		}
		return fn(ctx)
	})
}

// endSessions deletes the sessions of a collection, and cancels the payments of which
// nothing was captured.
func (s *Service) endSessions(ctx context.Context, id string) error {
	all, err := s.sessionsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, session := range all {
		if sessions.Allows(byDelete, session.Status) {
			if err := s.DeleteSession(ctx, session.ID); err != nil {
				return err
			}
		}
	}
	payments, err := s.Payments.List(ctx, module.Where{"payment_collection_id": id, "canceled_at": nil}, module.Page{})
	if err != nil {
		return err
	}
	for _, p := range payments {
		if p.CaptureClaims.IsZero() {
			if err := s.Cancel(ctx, p.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// endCollection writes the last status of a collection whose payments are canceled.
func (s *Service) endCollection(ctx context.Context, id string) error {
	c, err := s.lockCollection(ctx, id)
	if err == nil {
		err = collections.Check(byCancel, id, c.Status)
	}
	if err != nil {
		return err
	}
	all, err := s.sessionsOf(ctx, id)
	if err == nil {
		err = s.busy(ctx, module.IDs(all, func(x *Session) string { return x.ID })...)
	}
	if err != nil {
		return err
	}
	payments, err := s.Payments.List(ctx, module.Where{"payment_collection_id": id, "canceled_at": nil}, module.Page{})
	if err != nil {
		return err
	}
	status := CollectionCanceled
	for _, p := range payments {
		if p.CapturedAmount.IsZero() {
			return fault.New(fault.Conflict, "payment collection %q has got payment %q while it was canceled; try again", id, p.ID)
		}
		status = CollectionPartiallyCaptured
	}
	_, err = s.Collections.Update(ctx, []string{id}, module.Patch{"status": string(status)})
	return err
}

// MarkAsPaid pays the whole amount of a collection that no session has begun to pay, with
// a provider: "" means the system's.
func (s *Service) MarkAsPaid(ctx context.Context, id, provider string) error {
	if provider == "" {
		provider = SystemProviderID
	}
	as := []*Session{{ProviderID: provider, PaymentCollectionID: id}}
	return s.together(ctx, as, func(ctx context.Context) error {
		c, err := s.Collections.Retrieve(ctx, id)
		if err == nil {
			err = collections.Check(byMarkAsPaid, id, c.Status)
		}
		if err != nil {
			return err
		}
		session, err := s.CreateSession(ctx, NewSession{CollectionID: id, ProviderID: provider, Amount: c.Amount, CurrencyCode: c.CurrencyCode})
		if err != nil {
			return err
		}
		if session, err = s.Authorize(ctx, session.ID); err != nil {
			return err
		}
		if session.Payment == nil {
			return fault.New(fault.NotAllowed, "payment collection %q cannot be marked as paid: payment provider %q says that its session is %s", id, provider, session.Status)
		}
		_, err = s.Capture(ctx, Capturing{PaymentID: session.Payment.ID})
		return err
	})
}

// lockCollection locks a collection. If there is none with the id, the error is
// not_found.
func (s *Service) lockCollection(ctx context.Context, id string) (*Collection, error) {
	locked, err := s.Collections.Lock(ctx, id)
	if err != nil {
		return nil, err
	}
	if locked[id] == nil {
		return s.Collections.Retrieve(ctx, id) // which says that it is not there
	}
	return locked[id], nil
}

// sessionsOf returns the sessions of a collection, oldest first.
func (s *Service) sessionsOf(ctx context.Context, id string) ([]*Session, error) {
	return s.Sessions.List(ctx, module.Where{"payment_collection_id": id}, module.Page{Order: []string{"created_at"}})
}
