package payment

import (
	"context"
	"errors"
	"time"

	"github.com/gorgon-commerce/gorgon/module"
)

// Reconcile finishes attempts that have been open for longer than a duration: their
// call was made, or was about to be, and its outcome was never stored. It asks the
// provider by making the call again with its key: one that was carried out has the
// same outcome, and one that never arrived is carried out now. Reconcile returns how
// many attempts it finished, and the errors of those that are still open. It must not
// be called in a transaction.
func (s *Service) Reconcile(ctx context.Context, olderThan time.Duration) (finished int, err error) {
	open, err := s.Attempts.List(ctx, module.Where{"state": string(AttemptOpen)}, module.Page{Order: []string{"created_at"}})
	if err != nil {
		return 0, err
	}
	latest := s.store.Now().Add(-olderThan)
	for _, a := range open {
		if a.CreatedAt.After(latest) {
			continue
		}
		if failed := s.resume(ctx, a); failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		finished++
	}
	return finished, err
}

// resume finishes an open attempt.
func (s *Service) resume(ctx context.Context, a *Attempt) error {
	p, err := s.Provider(a.ProviderID)
	if err == nil {
		err = s.mayCall(ctx, p)
	}
	if err != nil {
		return err
	}
	_, err = s.finish(ctx, p, a)
	return err
}
