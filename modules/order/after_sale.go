package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// The tables of returns, claims and exchanges have no foreign keys. The rules below
// check that the records they refer to exist. They run after everything nested has
// been written, in the same transaction.

func (s *Service) checkReturns(ctx context.Context, returns []*Return) error {
	return s.Orders.Exist(ctx, module.IDs(returns, func(r *Return) string { return r.OrderID })...)
}

func (s *Service) checkClaims(ctx context.Context, claims []*Claim) error {
	return s.Orders.Exist(ctx, module.IDs(claims, func(c *Claim) string { return c.OrderID })...)
}

func (s *Service) checkExchanges(ctx context.Context, exchanges []*Exchange) error {
	return s.Orders.Exist(ctx, module.IDs(exchanges, func(e *Exchange) string { return e.OrderID })...)
}

func (s *Service) checkReturnItems(ctx context.Context, items []*ReturnItem) error {
	var reasons []string
	for _, i := range items {
		if i.ReasonID != nil {
			reasons = append(reasons, *i.ReasonID)
		}
	}
	parents := module.IDs(items, func(i *ReturnItem) string { return i.ReturnID })
	lines := module.IDs(items, func(i *ReturnItem) string { return i.ItemID })
	if err := s.Returns.Exist(ctx, parents...); err != nil {
		return err
	}
	if err := s.LineItems.Exist(ctx, lines...); err != nil {
		return err
	}
	return s.checkReasons(ctx, reasons)
}

// checkReasons checks that the reasons are leaves of the tree of reasons.
func (s *Service) checkReasons(ctx context.Context, reasons []string) error {
	if len(reasons) == 0 {
		return nil
	}
	if err := s.ReturnReasons.Exist(ctx, reasons...); err != nil {
		return err
	}
	children, err := s.ReturnReasons.List(ctx, module.Where{"parent_return_reason_id": reasons}, module.Page{Limit: 1})
	if err != nil || len(children) == 0 {
		return err
	}
	return fault.New(fault.InvalidData, "return_item.reason_id: return_reason %q has more specific reasons; use one of those", *children[0].ParentReturnReasonID)
}

func (s *Service) checkClaimItems(ctx context.Context, items []*ClaimItem) error {
	if err := s.Claims.Exist(ctx, module.IDs(items, func(i *ClaimItem) string { return i.ClaimID })...); err != nil {
		return err
	}
	return s.LineItems.Exist(ctx, module.IDs(items, func(i *ClaimItem) string { return i.ItemID })...)
}

func (s *Service) checkExchangeItems(ctx context.Context, items []*ExchangeItem) error {
	if err := s.Exchanges.Exist(ctx, module.IDs(items, func(i *ExchangeItem) string { return i.ExchangeID })...); err != nil {
		return err
	}
	return s.LineItems.Exist(ctx, module.IDs(items, func(i *ExchangeItem) string { return i.ItemID })...)
}

// checkReturnItem checks that no more is received than is to be returned.
func checkReturnItem(i *ReturnItem) error {
	if i.ReceivedQuantity.Cmp(i.Quantity) > 0 {
		return fault.New(fault.InvalidData, "return_item.received_quantity cannot be %s; %s are to be returned", i.ReceivedQuantity, i.Quantity)
	}
	return module.FirstError(
		module.Positive(ReturnItems, "quantity", i.Quantity),
		module.NotNegative(ReturnItems, "received_quantity", i.ReceivedQuantity),
		module.NotNegative(ReturnItems, "damaged_quantity", i.DamagedQuantity),
	)
}

func checkClaimItem(i *ClaimItem) error { return module.Positive(ClaimItems, "quantity", i.Quantity) }

func checkExchangeItem(i *ExchangeItem) error {
	return module.Positive(ExchangeItems, "quantity", i.Quantity)
}

func checkImage(i *ClaimItemImage) error { return module.Require(ClaimItemImages, "url", i.URL) }

func checkReason(r *ReturnReason) error {
	return module.FirstError(
		module.Require(ReturnReasons, "value", r.Value),
		module.Require(ReturnReasons, "label", r.Label),
	)
}
