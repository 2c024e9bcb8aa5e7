package order

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// What a change can have actions of. Those of a return, a claim, an exchange or a transfer
// belong to records that only their own operations keep.

// homes says in which changes the actions that belong to a record are.
var homes = map[ActionType]struct {
	in    func(c *Change) bool
	wants string
}{
	ReturnItemAction: {func(c *Change) bool {
		return c.ReturnID != nil && slices.Contains([]draft{draftReturn, draftClaim, draftExchange}, c.drafts())
	}, "the draft of a return, claim or exchange; use RequestItems"},
	ReceiveReturnItem:        {func(c *Change) bool { return c.drafts() == draftReceipt }, "a receipt of a return; use ReceiveItems"},
	ReceiveDamagedReturnItem: {func(c *Change) bool { return c.drafts() == draftReceipt }, "a receipt of a return; use ReceiveItems"},
	CancelReturnItem:         {func(*Change) bool { return false }, "the cancellation of a return; use CancelReturn"},
	TransferCustomer:         {func(c *Change) bool { return c.is(ChangeTransfer) }, "a transfer; use RequestTransfer"},
	UpdateOrderProperties:    {func(*Change) bool { return false }, "an update of the order; use UpdateOrder"},
}

// takeAll returns an error unless the change can have all of the actions, and the reasons
// that they name are there.
func (s *Service) takeAll(ctx context.Context, c *Change, all []NewAction) error {
	var reasons []string
	for _, n := range all {
		if err := c.takes(n); err != nil {
			return err
		}
		if n.Action == ReturnItemAction && n.Details.ReasonID != "" {
			reasons = append(reasons, n.Details.ReasonID)
		}
	}
	return s.draftReasons(ctx, reasons)
}

// names returns an error if the change of an operation names a return, a claim or an
// exchange: the operation does.
func (n NewChange) names(o *Order) error {
	if n.ReturnID != "" || n.ClaimID != "" || n.ExchangeID != "" {
		return fault.New(fault.InvalidData, "order %q: the change cannot name return %q, claim %q and exchange %q; the operation says what it is of",
			o.ID, fault.Clip(n.ReturnID), fault.Clip(n.ClaimID), fault.Clip(n.ExchangeID))
	}
	return nil
}

// takes returns an error unless the change can have an action.
func (c *Change) takes(n NewAction) error {
	if err := n.Action.known(); err != nil {
		return err
	}
	if home, ok := homes[n.Action]; ok && !home.in(c) {
		return fault.New(fault.InvalidData, "%s of order %q belongs to %s", n.Action, c.OrderID, home.wants)
	}
	if c.is(ChangeTransfer) && (n.Action != TransferCustomer || c.ID != "") { // one that is open has its action
		return fault.New(fault.InvalidData, "%s: the change gives order %q to a customer, and can do nothing else", n.Action, c.OrderID)
	}
	if c.drafts() == draftReceipt && n.Action != ReceiveReturnItem && n.Action != ReceiveDamagedReturnItem {
		return fault.New(fault.InvalidData, "%s of order %q: the change receives return %q, and can do nothing else", n.Action, c.OrderID, *c.ReturnID)
	}
	if c.drafts() == draftReturn && n.Action != ReturnItemAction && n.Action != ShippingAdd {
		return fault.New(fault.InvalidData, "%s of order %q: the change requests return %q, and can do nothing else", n.Action, c.OrderID, *c.ReturnID)
	}
	if n.ReturnID != "" && n.ReturnID != deref(c.ReturnID) {
		return fault.New(fault.InvalidData, "%s of order %q: the change is not of return %q", n.Action, c.OrderID, fault.Clip(n.ReturnID))
	}
	return n.Details.readable(n.Action)
}

// general are the types of changes that have no operations of their own.
var general = []ChangeType{"", ChangeEdit, ChangeCreditLine}

// check checks that a change of a locked order has one of the types, and that the records
// that it names are of the order.
func (n NewChange) check(ctx context.Context, s *Service, o *Order, types ...ChangeType) error {
	if !slices.Contains(types, n.Type) {
		return fault.New(fault.InvalidData, "order %q: a change of the type %q cannot be made in general; want one of %q, or the operation of its own", o.ID, fault.Clip(string(n.Type)), types)
	}
	if err := s.takeAll(ctx, n.head(o), n.Actions); err != nil {
		return err
	}
	for _, of := range []struct {
		name, id string
		order    func(context.Context, string) (string, error)
	}{
		{"return", n.ReturnID, orderOf(s.Returns, func(r *Return) string { return r.OrderID })},
		{"claim", n.ClaimID, orderOf(s.Claims, func(c *Claim) string { return c.OrderID })},
		{"exchange", n.ExchangeID, orderOf(s.Exchanges, func(e *Exchange) string { return e.OrderID })},
	} {
		if of.id == "" {
			continue
		}
		order, err := of.order(ctx, of.id)
		if fault.TypeOf(err) == fault.NotFound || err == nil && order != o.ID {
			return fault.New(fault.InvalidData, "order %q has no %s %q", o.ID, of.name, fault.Clip(of.id))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// orderOf returns a function that returns the order of a record.
func orderOf[T any](records module.Records[T], order func(*T) string) func(context.Context, string) (string, error) {
	return func(ctx context.Context, id string) (string, error) {
		r, err := records.Retrieve(ctx, id)
		if err != nil {
			return "", err
		}
		return order(r), nil
	}
}
