package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Complete marks an order as completed. An open change of it stays open.
func (s *Service) Complete(ctx context.Context, orderID string) error {
	return s.set(ctx, orderID, "complete", StatusCompleted)
}

// Archive marks an order as archived.
func (s *Service) Archive(ctx context.Context, orderID string) error {
	return s.set(ctx, orderID, "archive", StatusArchived)
}

// set sets the status of an order. If it is not allowed in the order's state, the error
// is invalid_data.
func (s *Service) set(ctx context.Context, orderID, by string, status Status) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.lock(ctx, orderID)
		if err != nil {
			return err
		}
		if err := OrderStates.Check(by, o.ID, o.Status); err != nil {
			return fault.New(fault.InvalidData, "%s", err.Error())
		}
		if status == StatusCompleted { // one that was canceled may have been archived since
			if err := o.notCanceled(); err != nil {
				return err
			}
		}
		o.Status, o.IsDraftOrder = status, false
		return s.Orders.Save(ctx, o)
	})
}

// Cancel cancels an order. refunds are what was given back for it. What was not owed of
// that is covered by a credit line, so that nothing is pending if all is given back. The
// caller checks that nothing of the order is on its way.
func (s *Service) Cancel(ctx context.Context, orderID, by string, reference Credit, refunds ...Entry) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.lock(ctx, orderID)
		if err != nil {
			return err
		}
		if err := s.Cancelable(ctx, o); err != nil {
			return err
		}
		for _, r := range refunds {
			if r.Amount.Sign() > 0 {
				return fault.New(fault.InvalidData, "order %q: %s %s are no refund; the amount of one is less than 0", o.ID, r.Amount, o.CurrencyCode)
			}
		}
		now, err := s.snapshot(ctx, o, nil)
		if err != nil {
			return err
		}
		added, err := s.record(ctx, o, refunds)
		if err != nil {
			return err
		}
		back := least(now.Summary(o.Total, money.Zero).PendingDifference, money.Zero)
		for _, t := range added { // what was recorded before has its credit
			back = back.Sub(t.Amount)
		}
		if reference.Amount = o.inUnits(back); reference.Amount.Sign() > 0 {
			after, err := s.credit(ctx, o, by, reference)
			if err != nil {
				return err
			}
			o = after.Order
		}
		o.Status, o.CanceledAt = StatusCanceled, s.now()
		return s.Orders.Save(ctx, o)
	})
}

// inUnits returns how much of an amount can be credited: whole units of the currency if the
// totals of the order are rounded to them.
func (o *Order) inUnits(a money.Amount) money.Amount {
	if o.Rounding != RoundingCurrency {
		return a
	}
	unit := totals.Unit(o.CurrencyCode)
	return a.Div(unit).Floor().Mul(unit)
}

// Cancelable returns an error unless an order can be canceled. Ask before money is given
// back.
func (s *Service) Cancelable(ctx context.Context, o *Order) error {
	if o == nil {
		return fault.New(fault.InvalidData, "the order to cancel is missing")
	}
	if o.Status == StatusCanceled || o.CanceledAt != nil {
		return fault.New(fault.InvalidData, "order %q was canceled already", o.ID)
	}
	if err := OrderStates.Check("cancel", o.ID, o.Status); err != nil {
		return err
	}
	return s.noOpenChange(ctx, o)
}
