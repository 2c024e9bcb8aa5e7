package order

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// NewSnapshot returns an order that was just placed, with the rows that are nested in
// it. They must have their ids; items without a line and shippings without a method are left
// out.
func NewSnapshot(o *Order) *Snapshot {
	header := *o
	s := &Snapshot{Order: &header, Drafted: Drafted{Lines: map[string]*LineItem{}, Methods: map[string]*ShippingMethod{}}}
	for i := range present(o.Items) {
		if i.Item == nil {
			continue
		}
		c := *i
		c.OrderID, c.ItemID, c.Item = o.ID, i.Item.ID, cloneLine(i.Item)
		s.Items = append(s.Items, &c)
	}
	for p := range present(o.ShippingMethods) {
		if p.ShippingMethod == nil {
			continue
		}
		c := *p
		c.OrderID, c.ShippingMethodID, c.ShippingMethod = o.ID, p.ShippingMethod.ID, cloneMethod(p.ShippingMethod)
		s.Shippings = append(s.Shippings, &c)
	}
	s.Credits, s.Payments = copies(o.CreditLines), slices.Clone(o.Transactions)
	header.Items, header.ShippingMethods, header.CreditLines, header.Transactions, header.Summary = nil, nil, nil, nil, nil
	s.Total()
	return s
}

// Next returns the version of the order that follows when actions are applied. Its
// versioned rows are new and have no ids. Errors are those of Apply.
func (s *Snapshot) Next(actions ...*ChangeAction) (*Snapshot, error) {
	after, err := s.Apply(actions...)
	if err != nil {
		return nil, err
	}
	after.renew(s.Order.Version + 1)
	after.Total()
	return after, nil
}

// Credited returns the credit that the applied actions have added.
func (s *Snapshot) Credited() money.Amount {
	sum := money.Zero
	for _, a := range s.Actions {
		if a.Action == CreditLineAdd && a.Amount != nil {
			sum = sum.Add(*a.Amount)
		}
	}
	return sum
}

// renew makes the rows those of a new version. Items of which none is left are not part
// of it.
func (s *Snapshot) renew(version int64) {
	s.Order.Version = version
	s.Items = slices.DeleteFunc(s.Items, func(i *Item) bool { return i.Quantity.Sign() <= 0 })
	for _, i := range s.Items {
		i.Record, i.Version = model.Record{}, version
		for _, a := range i.Item.Adjustments {
			a.Record, a.Version = model.Record{}, version
		}
	}
	for _, p := range s.Shippings {
		p.Record, p.Version = model.Record{}, version
		for _, a := range p.ShippingMethod.Adjustments {
			a.Record, a.Version = model.Record{}, version
		}
	}
	for _, c := range s.Credits {
		if c.ID == "" {
			c.Metadata = model.ToJSON(createdIn{version})
		}
		c.Record, c.Version = model.Record{}, version
	}
}

// createdIn is the metadata of a new credit line.
type createdIn struct {
	Version int64 `json:"created_in_version"`
}
