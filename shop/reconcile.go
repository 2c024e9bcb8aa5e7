package shop

import (
	"context"
	"errors"
	"time"
)

// Reconcile finishes what modules began outside of the database longer ago than a
// duration, such as calls of payment providers that were not answered. It returns how
// much it finished, and the errors of the rest. A server calls it every minute. It must
// not be called in a transaction.
func (s *Shop) Reconcile(ctx context.Context, olderThan time.Duration) (finished int, err error) {
	for _, m := range s.Blueprint.Modules {
		if m.Reconcile == nil {
			continue
		}
		n, failed := m.Reconcile(ctx, s.Store, olderThan)
		finished, err = finished+n, errors.Join(err, failed)
	}
	return finished, err
}
