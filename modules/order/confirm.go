package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/totals"
)

// ConfirmChange applies an open change, which makes the next version of the order. A
// change without actions makes none. That of a return, a receipt, a claim or an exchange
// is confirmed as those are. It returns the order as it is then.
func (s *Service) ConfirmChange(ctx context.Context, changeID, by string) (*Snapshot, error) {
	var after *Snapshot
	err := s.inOpen(ctx, changeID, "confirm", func(ctx context.Context, o *Order, c *Change) error {
		var err error
		switch c.drafts() {
		case draftReturn:
			after, err = s.ConfirmReturn(ctx, *c.ReturnID, by)
		case draftReceipt:
			after, err = s.ConfirmReceipt(ctx, *c.ReturnID, by)
		case draftClaim:
			after, err = s.ConfirmClaim(ctx, *c.ClaimID, by)
		case draftExchange:
			after, err = s.ConfirmExchange(ctx, *c.ExchangeID, by)
		default:
			var actions []*ChangeAction
			if actions, err = s.actions(ctx, c); err == nil {
				after, err = s.confirm(ctx, o, c, actions, by)
			}
		}
		return err
	})
	return after, err
}

// draft is what a change drafts beside the next version of the order.
type draft int

const (
	draftNothing draft = iota
	draftReturn
	draftReceipt // of a return
	draftClaim
	draftExchange
)

// String returns what is drafted, in messages.
func (d draft) String() string {
	return [...]string{"draft of nothing", "draft", "receipt", "claim", "exchange"}[d]
}

// drafts returns what the change drafts.
func (c *Change) drafts() draft {
	switch {
	case c.is(ChangeReturnRequest) && c.ReturnID != nil:
		return draftReturn
	case c.is(ChangeReturnReceive) && c.ReturnID != nil:
		return draftReceipt
	case c.is(ChangeClaim) && c.ClaimID != nil:
		return draftClaim
	case c.is(ChangeExchange) && c.ExchangeID != nil:
		return draftExchange
	}
	return draftNothing
}

// confirm applies the actions of an open change of a locked order.
func (s *Service) confirm(ctx context.Context, o *Order, c *Change, actions []*ChangeAction, by string) (*Snapshot, error) {
	if err := s.renewTransfers(ctx, o, actions); err != nil {
		return nil, err
	}
	before, err := s.snapshot(ctx, o, actions)
	if err != nil {
		return nil, err
	}
	after := before
	if len(actions) > 0 {
		if after, err = s.advance(ctx, before, actions); err != nil {
			return nil, err
		}
		if _, err := s.ChangeActions.Update(ctx, idsOf(actions), module.Patch{"applied": true}); err != nil {
			return nil, err
		}
	}
	c.Version = after.Order.Version
	c.Status, c.ConfirmedAt, c.ConfirmedBy = ChangeConfirmed, s.now(), text(by)
	return after, s.Changes.Save(ctx, c)
}

func idsOf(actions []*ChangeAction) []string {
	return module.IDs(actions, func(a *ChangeAction) string { return a.ID })
}

// ApplyChange makes a change of an order at once: one that BeginChange could open. The
// order must not be canceled and have no open change. It returns the order as it is then.
func (s *Service) ApplyChange(ctx context.Context, n NewChange) (*Snapshot, error) {
	var after *Snapshot
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.toChange(ctx, n.OrderID)
		if err != nil {
			return err
		}
		if err := n.check(ctx, s, o, general...); err != nil {
			return err
		}
		after, err = s.applyChange(ctx, o, n)
		return err
	})
	return after, err
}

// applyChange makes a change of a locked order at once. One without actions makes no
// version.
func (s *Service) applyChange(ctx context.Context, o *Order, n NewChange) (*Snapshot, error) {
	if err := s.noOpenChange(ctx, o); err != nil {
		return nil, err
	}
	c := n.record(o)
	before, err := s.snapshot(ctx, o, c.Actions)
	if err != nil {
		return nil, err
	}
	after := before
	if len(c.Actions) > 0 {
		if after, err = s.advance(ctx, before, c.Actions); err != nil {
			return nil, err
		}
	}
	c.Version = after.Order.Version
	c.Status, c.ConfirmedAt, c.ConfirmedBy = ChangeConfirmed, s.now(), text(n.By)
	for _, a := range c.Actions {
		a.Applied = true
	}
	return after, s.Changes.Create(ctx, c)
}

// noOpenChange returns an error if a locked order has an open change.
func (s *Service) noOpenChange(ctx context.Context, o *Order) error {
	open, err := s.openChange(ctx, o.ID)
	if err == nil && open != nil {
		return fault.New(fault.InvalidData, "order %q already has an open change; confirm, decline or cancel it before starting another", o.ID)
	}
	return err
}

// advance writes the next version of an order: what it is after actions.
func (s *Service) advance(ctx context.Context, before *Snapshot, actions []*ChangeAction) (*Snapshot, error) {
	after, err := before.Next(actions...)
	if err != nil {
		return nil, err
	}
	return after, s.writeVersion(ctx, before, after, after.Summary(before.Order.Total, after.Credited()))
}

// writeVersion writes the rows of a version of an order, with one statement a table.
func (s *Service) writeVersion(ctx context.Context, before, after *Snapshot, summary totals.Summary) error {
	ctx = s.totals().Without(ctx, after.Order.ID)
	var lineOffs []*LineItemAdjustment
	lines := make([]*LineItem, len(after.Items))
	for n, i := range after.Items {
		lineOffs, lines[n], i.Item = append(lineOffs, i.Item.Adjustments...), i.Item, nil
	}
	var methodOffs []*ShippingMethodAdjustment
	methods := make([]*ShippingMethod, len(after.Shippings))
	for n, p := range after.Shippings {
		methodOffs, methods[n], p.ShippingMethod = append(methodOffs, p.ShippingMethod.Adjustments...), p.ShippingMethod, nil
	}
	record := &Summary{OrderID: after.Order.ID, Version: after.Order.Version, Totals: model.ToJSON(summary), Figures: after.Order.Order}
	err := inTurn(
		func() error {
			return s.Shippings.SoftDelete(ctx, module.IDs(before.leftover, func(p *Shipping) string { return p.ID })...)
		},
		func() error { return s.Items.Create(ctx, after.Items...) },
		func() error { return s.Shippings.Create(ctx, after.Shippings...) },
		func() error { return s.CreditLines.Create(ctx, after.Credits...) },
		func() error { return s.LineItemAdjustments.Create(ctx, lineOffs...) },
		func() error { return s.ShippingMethodAdjustments.Create(ctx, methodOffs...) },
		func() error { return s.Summaries.Create(ctx, record) },
		func() error { return s.Orders.Save(ctx, after.Order) },
		func() error { return s.writeTaxes(ctx, before, lines, methods) },
	)
	for n, i := range after.Items {
		i.Item = lines[n]
	}
	for n, p := range after.Shippings {
		p.ShippingMethod = methods[n]
	}
	return err
}

// inTurn does one thing after the other until one fails.
func inTurn(all ...func() error) error {
	for _, do := range all {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// writeTaxes writes what the taxes of lines and methods come to where that has changed.
func (s *Service) writeTaxes(ctx context.Context, before *Snapshot, lines []*LineItem, methods []*ShippingMethod) error {
	was := before.taxParts()
	var lineTaxes []*LineItemTaxLine
	for _, l := range lines {
		for _, t := range l.TaxLines {
			if !was[t.ID].Equal(t.Part) {
				lineTaxes = append(lineTaxes, t)
			}
		}
	}
	var methodTaxes []*ShippingMethodTaxLine
	for _, m := range methods {
		for _, t := range m.TaxLines {
			if !was[t.ID].Equal(t.Part) {
				methodTaxes = append(methodTaxes, t)
			}
		}
	}
	if err := s.LineItemTaxLines.Derive(ctx, partTotals, lineTaxes...); err != nil {
		return err
	}
	return s.ShippingMethodTaxLines.Derive(ctx, partTotals, methodTaxes...)
}

// taxParts returns what the tax lines of an order come to, those of what was drafted
// included: it may have been in the order before.
func (s *Snapshot) taxParts() map[string]totals.Part {
	parts := map[string]totals.Part{}
	line := func(l *LineItem) {
		for _, t := range l.TaxLines {
			parts[t.ID] = t.Part
		}
	}
	method := func(m *ShippingMethod) {
		for _, t := range m.TaxLines {
			parts[t.ID] = t.Part
		}
	}
	for _, i := range s.Items {
		line(i.Item)
	}
	for _, l := range s.Drafted.Lines {
		line(l)
	}
	for _, p := range s.Shippings {
		method(p.ShippingMethod)
	}
	for _, m := range s.Drafted.Methods {
		method(m)
	}
	return parts
}
