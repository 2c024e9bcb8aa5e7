package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// More is a line to be added to an order: a new one, with its tax lines and its price.
type More struct {
	Line         *LineItem
	Quantity     money.Amount
	InternalNote *string
}

// AddItems adds new lines to an order's open change.
func (s *Service) AddItems(ctx context.Context, changeID string, all ...More) ([]*ChangeAction, error) {
	var added []*ChangeAction
	err := s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		var err error
		added, err = s.addLines(ctx, o, c, all)
		return err
	})
	return added, err
}

// addLines writes new lines and adds them to an open change.
func (s *Service) addLines(ctx context.Context, o *Order, c *Change, all []More) ([]*ChangeAction, error) {
	var lines []*LineItem
	var actions []NewAction
	for _, m := range all {
		if err := m.check(o); err != nil {
			return nil, err
		}
		lines = append(lines, m.Line)
	}
	if err := s.LineItems.Create(s.totals().Without(ctx, o.ID), lines...); err != nil {
		return nil, err
	}
	for _, m := range all {
		actions = append(actions, NewAction{
			Action: ItemAdd, Reference: dealOf(c), ReferenceID: dealID(c), InternalNote: m.InternalNote,
			Details: Details{ReferenceID: m.Line.ID, Quantity: &m.Quantity, UnitPrice: &m.Line.UnitPrice, CompareAtUnitPrice: m.Line.CompareAtUnitPrice, Metadata: m.Line.Metadata},
		})
	}
	return s.add(ctx, o, c, actions...)
}

// check checks a line before anything is written.
func (m More) check(o *Order) error {
	if m.Line == nil {
		return fault.New(fault.InvalidData, "order %q: a line to be added is missing", o.ID)
	}
	if len(m.Line.Adjustments) > 0 {
		return fault.New(fault.InvalidData, "order %q: %q cannot be added with adjustments; add it, and then %s", o.ID, fault.Clip(m.Line.Title), ItemAdjustmentsReplace)
	}
	if m.Quantity.Sign() <= 0 {
		return fault.New(fault.InvalidData, "order %q: the quantity of %q cannot be %s; it must be more than 0", o.ID, fault.Clip(m.Line.Title), m.Quantity)
	}
	if m.Line.UnitPrice.Sign() < 0 {
		return fault.New(fault.InvalidData, "order %q: the unit price of %q cannot be %s", o.ID, fault.Clip(m.Line.Title), m.Line.UnitPrice)
	}
	if err := fits("quantity", &m.Quantity); err != nil {
		return err
	}
	return fits("unit_price", &m.Line.UnitPrice)
}

// dealOf returns the kind of the claim or exchange that a change is of, or "".
func dealOf(c *Change) string {
	switch {
	case c.ClaimID != nil:
		return "claim"
	case c.ExchangeID != nil:
		return "exchange"
	}
	return ""
}

func dealID(c *Change) string {
	if c.ClaimID != nil {
		return *c.ClaimID
	}
	return deref(c.ExchangeID)
}

// Outbound adds a shipping method to an order's open change: one that carries goods to
// the customer. It replaces the one that the change has.
func (s *Service) Outbound(ctx context.Context, changeID string, m *ShippingMethod, note *string) (*ChangeAction, error) {
	var added *ChangeAction
	err := s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		if c.drafts() == draftReturn {
			return fault.New(fault.InvalidData, "return %q of order %q sends nothing to the customer; use ReturnShipping for what carries it back", *c.ReturnID, o.ID)
		}
		var err error
		added, err = s.addMethod(ctx, o, c, m, "", note)
		return err
	})
	return added, err
}

// BeginEdit opens an edit of an order.
func (s *Service) BeginEdit(ctx context.Context, n NewChange) (*Change, error) {
	n.Type = ChangeEdit
	return s.BeginChange(ctx, n)
}

// DiscardEdit deletes the open edit of an order with all that it drafted.
func (s *Service) DiscardEdit(ctx context.Context, orderID string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.lock(ctx, orderID)
		if err != nil {
			return err
		}
		open, err := s.openChange(ctx, o.ID)
		if err != nil {
			return err
		}
		if open == nil || !open.is(ChangeEdit) {
			return fault.New(fault.InvalidData, "order %q has no open edit", o.ID)
		}
		return s.discard(ctx, o, open)
	})
}

// ItemPatch is a new quantity of an item, and a new price if one is given.
type ItemPatch struct {
	Quantity           money.Amount // 0 removes the item
	UnitPrice          *money.Amount
	CompareAtUnitPrice *money.Amount
	InternalNote       *string
	Metadata           model.RawJSON
}

// UpdateItem sets the quantity, and the price, of an item in an order's open change.
func (s *Service) UpdateItem(ctx context.Context, changeID, line string, p ItemPatch) (*ChangeAction, error) {
	var added []*ChangeAction
	err := s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		actions, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		now, err := s.preview(ctx, o, actions)
		if err != nil {
			return err
		}
		d := Details{ReferenceID: line, Quantity: &p.Quantity, UnitPrice: p.UnitPrice, CompareAtUnitPrice: p.CompareAtUnitPrice, Metadata: p.Metadata}
		if i := now.item(line); i != nil {
			d.QuantityDiff = new(p.Quantity.Sub(i.Quantity))
		}
		added, err = s.add(ctx, o, c, NewAction{Action: ItemUpdate, InternalNote: p.InternalNote, Details: d})
		return err
	})
	if err != nil {
		return nil, err
	}
	return added[0], nil
}
