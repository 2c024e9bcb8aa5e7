package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/totals"
)

// Preview is an order as it will be once its open change is confirmed. Its version is
// still the one in force, and items that the change removes have a quantity of 0.
type Preview struct {
	*Snapshot
	Change *Change // nil if no change is open; its actions have their amounts
	// Summary is that of the order with the change. If one is open, what is requested to be
	// returned does not reduce the pending difference yet.
	Summary totals.Summary
}

// Preview returns an order with its open change applied, if there is one. It writes
// nothing.
func (s *Service) Preview(ctx context.Context, orderID string) (*Preview, error) {
	o, err := s.Orders.Retrieve(ctx, orderID)
	if err != nil {
		return nil, err
	}
	c, err := s.openChange(ctx, orderID)
	if err != nil {
		return nil, err
	}
	var actions []*ChangeAction
	if c != nil {
		if actions, err = s.actions(ctx, c); err != nil {
			return nil, err
		}
	}
	before := o.Total
	after, err := s.preview(ctx, o, actions)
	if err != nil {
		return nil, err
	}
	p := &Preview{Snapshot: after, Change: c, Summary: after.Summary(before, after.Credited())}
	if c != nil {
		p.Summary.PendingDifference = totals.Pending(after.Order.Total, p.Summary.TransactionTotal, o.CurrencyCode)
		c.Actions = after.Actions
	}
	return p, nil
}

// preview returns an order with actions applied.
func (s *Service) preview(ctx context.Context, o *Order, actions []*ChangeAction) (*Snapshot, error) {
	of, err := s.snapshot(ctx, o, actions)
	if err != nil {
		return nil, err
	}
	return of.Apply(actions...)
}
