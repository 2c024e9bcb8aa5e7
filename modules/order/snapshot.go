package order

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// A Snapshot is an order in one version, as a value: what the actions of a change
// apply to. No part of it is shared with another Snapshot.
type Snapshot struct {
	Order     *Order      // without the lists of its rows
	Items     []*Item     // each with its line item, whose adjustments are those of the version
	Shippings []*Shipping // each with its shipping method, likewise
	Credits   []*CreditLine
	Payments  []*Transaction
	Drafted   Drafted
	Actions   []*ChangeAction // that were applied, each with its amount

	leftover []*Shipping // of the next version; an imported change has left them
}

// Drafted is what a change adds to an order, and was written when it was drafted. A
// line or method becomes part of the order when its ITEM_ADD or SHIPPING_ADD is applied.
type Drafted struct {
	Lines   map[string]*LineItem
	Methods map[string]*ShippingMethod
}

// Apply returns the snapshot with actions applied, one after the other, and its totals.
// The version stays. If an action cannot be applied, the error names it, the item and
// the numbers.
func (s *Snapshot) Apply(actions ...*ChangeAction) (*Snapshot, error) {
	out := s.clone()
	for _, a := range actions {
		if a == nil {
			return nil, fault.New(fault.InvalidData, "order %q: an action is missing", s.Order.ID)
		}
		applied := *a
		if err := out.apply(&applied); err != nil {
			return nil, err
		}
		out.Actions = append(out.Actions, &applied)
	}
	for _, i := range out.Items {
		if err := i.fits(); err != nil {
			return nil, err
		}
	}
	out.Total()
	return out, nil
}

// clone returns a copy that shares nothing that actions change.
func (s *Snapshot) clone() *Snapshot {
	order := *s.Order
	out := &Snapshot{Order: &order, Payments: slices.Clone(s.Payments), Drafted: s.Drafted}
	for _, i := range s.Items {
		c := *i
		c.Item = cloneLine(i.Item)
		out.Items = append(out.Items, &c)
	}
	for _, p := range s.Shippings {
		c := *p
		c.ShippingMethod = cloneMethod(p.ShippingMethod)
		out.Shippings = append(out.Shippings, &c)
	}
	for _, l := range s.Credits {
		c := *l
		out.Credits = append(out.Credits, &c)
	}
	return out
}

func cloneLine(l *LineItem) *LineItem {
	c := *l
	c.TaxLines, c.Adjustments = copies(l.TaxLines), copies(l.Adjustments)
	return &c
}

func cloneMethod(m *ShippingMethod) *ShippingMethod {
	c := *m
	c.TaxLines, c.Adjustments = copies(m.TaxLines), copies(m.Adjustments)
	return &c
}

// copies returns a list of copies of records.
func copies[T any](records []*T) []*T {
	out := make([]*T, len(records))
	for i, r := range records {
		c := *r
		out[i] = &c
	}
	return out
}

// item returns the item of a line, or nil.
func (s *Snapshot) item(line string) *Item {
	for _, i := range s.Items {
		if i.ItemID == line {
			return i
		}
	}
	return nil
}

// shipping returns the place of a shipping method in the order, or -1.
func (s *Snapshot) shipping(method string) int {
	return slices.IndexFunc(s.Shippings, func(p *Shipping) bool { return p.ShippingMethodID == method })
}

// Total computes the totals of the order and of all its rows.
func (s *Snapshot) Total() {
	e := &edition{version: s.Order.Version, items: s.Items, shippings: s.Shippings, credits: s.Credits}
	s.Order.Order = e.compute(s.Order.rounding(), true)
}

// Summary returns the summary of the order, whose total was original before the change
// that made it, which added credit. The totals must be computed.
func (s *Snapshot) Summary(original, credit money.Amount) totals.Summary {
	return totals.Summarize(s.Order.Order, original, credit, s.payments(), s.Order.CurrencyCode)
}

func (s *Snapshot) payments() (out totals.Payments) {
	for _, t := range s.Payments {
		out = append(out, t.Amount)
	}
	return out
}

// rounding returns how the totals of the order are rounded.
func (o *Order) rounding() totals.Rounding {
	if o.Rounding == RoundingCurrency {
		return totals.Currency(totals.Digits(o.CurrencyCode))
	}
	return totals.Exact
}

// price returns the price of an item in its version.
func (i *Item) price() money.Amount {
	if i.UnitPrice != nil {
		return *i.UnitPrice
	}
	return i.Item.UnitPrice
}
