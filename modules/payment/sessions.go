package payment

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// NewSession is what a session is created of.
type NewSession struct {
	CollectionID string
	ProviderID   string
	Amount       money.Amount
	CurrencyCode string        // "" means that of the collection
	Data         model.RawJSON // for the provider
	Context      model.RawJSON // what the provider may want to know
}

// CreateSession opens a session of a collection with a provider. It takes the place
// of the collection's sessions that are not authorized, which are deleted first. Its
// amount is more than 0, unless nothing is to be paid, and no more than is left to be
// authorized.
func (s *Service) CreateSession(ctx context.Context, n NewSession) (*Session, error) {
	old, err := s.sessionsOf(ctx, n.CollectionID)
	if err != nil {
		return nil, err
	}
	var out *Session
	involved := append([]*Session{{ProviderID: n.ProviderID, PaymentCollectionID: n.CollectionID}}, replaceable(old)...)
	err = s.together(ctx, involved, func(ctx context.Context) error {
		c, err := s.Collections.Retrieve(ctx, n.CollectionID)
		if err == nil {
			err = collections.Check(byOpen, c.ID, c.Status)
		}
		if err == nil {
			err = c.admits(n.currency(c), n.Amount) // before anything is deleted
		}
		if err == nil {
			old, err = s.sessionsOf(ctx, c.ID)
		}
		if err != nil {
			return err
		}
		for _, session := range replaceable(old) {
			if err := s.DeleteSession(ctx, session.ID); err != nil {
				return err
			}
		}
		out, err = s.open(ctx, n)
		return err
	})
	return out, err
}

// currency returns the currency of the session.
func (n NewSession) currency(c *Collection) string {
	if n.CurrencyCode == "" {
		return c.CurrencyCode
	}
	return n.CurrencyCode
}

// replaceable returns the sessions that a new one takes the place of.
func replaceable(all []*Session) (out []*Session) {
	for _, s := range all {
		if sessions.Allows(byDelete, s.Status) {
			out = append(out, s)
		}
	}
	return out
}

// open opens a session.
func (s *Service) open(ctx context.Context, n NewSession) (*Session, error) {
	session := &Session{
		PaymentCollectionID: n.CollectionID, ProviderID: n.ProviderID, Amount: n.Amount, Data: n.Data, Context: n.Context,
	}
	a, err := s.run(ctx, n.ProviderID, func(ctx context.Context) (*Attempt, error) {
		c, err := s.lockCollection(ctx, n.CollectionID)
		if err == nil {
			err = collections.Check(byOpen, c.ID, c.Status)
		}
		if err != nil {
			return nil, err
		}
		others, err := s.sessionsOf(ctx, c.ID)
		if err == nil && len(replaceable(others)) > 0 {
			err = fault.New(fault.Conflict, "payment collection %q has got another session at the same time; try again", c.ID)
		}
		if err != nil {
			return nil, err
		}
		session.CurrencyCode = n.currency(c)
		if err := c.admits(session.CurrencyCode, session.Amount); err != nil {
			return nil, err
		}
		if err := s.Sessions.Create(ctx, session); err != nil {
			return nil, err
		}
		return s.attempt(AttemptCreateSession, session), s.refresh(ctx, c.ID)
	})
	if err == nil {
		err = a.refused()
	}
	if err != nil {
		return nil, err
	}
	return s.Sessions.Retrieve(ctx, session.ID)
}

// admits returns an error unless a session is in the currency of the collection, and its
// amount is no more than is left to be authorized. Only a session of a collection of 0
// can be of 0.
func (c *Collection) admits(currency string, amount money.Amount) error {
	if !strings.EqualFold(currency, c.CurrencyCode) {
		return fault.New(fault.InvalidData, "payment collection %q is in %s; a session cannot be in %s", c.ID, c.CurrencyCode, fault.Clip(currency))
	}
	left := c.Amount
	if c.AuthorizedAmount != nil {
		left = left.Sub(*c.AuthorizedAmount)
	}
	if amount.Sign() <= 0 && c.Amount.Sign() > 0 {
		return fault.New(fault.InvalidData, "payment collection %q: the amount of a session cannot be %s; it must be more than 0, and %s of %s are to be authorized", c.ID, amount, left, c.Amount)
	}
	if !reaches(left, amount, c.CurrencyCode) {
		return fault.New(fault.InvalidData, "payment collection %q: the amount of a session cannot be %s; %s of %s are to be authorized", c.ID, amount, left, c.Amount)
	}
	return bounded(Sessions, amount)
}

// UpdateSession changes the amount of a session that is not authorized, and, unless
// they are nil, the data that the provider gets.
func (s *Service) UpdateSession(ctx context.Context, id string, amount money.Amount, data model.RawJSON) (*Session, error) {
	err := s.onSession(ctx, id, byUpdate, AttemptUpdateSession, func(a *Attempt) {
		a.Amount = amount
		if data != nil {
			a.Data = data
		}
	})
	if err != nil {
		return nil, err
	}
	return s.Sessions.Retrieve(ctx, id)
}

// DeleteSession deletes a session that is not authorized.
func (s *Service) DeleteSession(ctx context.Context, id string) error {
	return s.onSession(ctx, id, byDelete, AttemptDeleteSession, func(*Attempt) {})
}

// onSession calls the provider about a session, if an operation allows it.
func (s *Service) onSession(ctx context.Context, id, by string, kind AttemptKind, change func(*Attempt)) error {
	session, err := s.Sessions.Retrieve(ctx, id)
	if err != nil {
		return err
	}
	a, err := s.run(ctx, session.ProviderID, func(ctx context.Context) (*Attempt, error) {
		session, err := s.lockSession(ctx, session)
		if err == nil {
			err = sessions.Check(by, id, session.Status)
		}
		if err == nil {
			err = s.busy(ctx, id)
		}
		if err != nil {
			return nil, err
		}
		a := s.attempt(kind, session)
		change(a)
		if kind != AttemptUpdateSession {
			return a, nil
		}
		c, err := s.lockCollection(ctx, session.PaymentCollectionID)
		if err != nil {
			return nil, err
		}
		return a, c.admits(a.CurrencyCode, a.Amount)
	})
	if err != nil {
		return err
	}
	return a.refused()
}

// attempt returns a new attempt about a session.
func (s *Service) attempt(kind AttemptKind, of *Session) *Attempt {
	return &Attempt{Kind: kind, Amount: of.Amount, CurrencyCode: of.CurrencyCode, ProviderID: of.ProviderID, PaymentSessionID: of.ID, Data: of.Data}
}

// afterSession writes what a provider has done with a session.
func (s *Service) afterSession(ctx context.Context, a *Attempt, o Outcome) error {
	if a.Kind == AttemptDeleteSession {
		session, err := s.anySession(ctx, a.PaymentSessionID)
		if err != nil {
			return err
		}
		if err := s.Sessions.SoftDelete(ctx, session.ID); err != nil {
			return err
		}
		return s.refresh(ctx, session.PaymentCollectionID)
	}
	return s.moveSession(ctx, a, module.Patch{"status": string(o.Status), "data": o.raw(a.Data), "amount": a.Amount})
}

// moveSession changes the session of an attempt, and refreshes its collection.
func (s *Service) moveSession(ctx context.Context, a *Attempt, p module.Patch) error {
	session, err := s.anySession(ctx, a.PaymentSessionID)
	if err != nil {
		return err
	}
	if _, err := s.Sessions.Update(ctx, []string{session.ID}, p); err != nil {
		return err
	}
	return s.refresh(ctx, session.PaymentCollectionID)
}

// lockSession locks the collection of a session, which stands for its sessions, and
// returns the session as it is then.
func (s *Service) lockSession(ctx context.Context, session *Session) (*Session, error) {
	if !db.InTx(ctx, s.store.DB) {
		return nil, fault.New(fault.UnexpectedState, "a payment session is locked outside of a transaction")
	}
	if _, err := s.lockCollection(ctx, session.PaymentCollectionID); err != nil {
		return nil, err
	}
	return s.Sessions.Retrieve(ctx, session.ID)
}

// anySession returns a session, also if it is deleted.
func (s *Service) anySession(ctx context.Context, id string) (*Session, error) {
	found, err := s.Sessions.List(ctx, module.Where{"id": id}, module.Page{WithDeleted: true})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "there is no payment session %q", fault.Clip(id))
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}
