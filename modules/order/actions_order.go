package order

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// reference returns the record that an action refers to.
func (s *step) reference() (string, error) {
	if s.ChangeAction.ReferenceID != nil && *s.ChangeAction.ReferenceID != "" {
		return *s.ChangeAction.ReferenceID, nil
	}
	return "", fault.New(fault.InvalidData, "%s: reference_id is missing", s.Action)
}

func referTo(_ *Snapshot, s *step) error {
	_, err := s.reference()
	return err
}

// amount returns the amount of an action, which must be given.
func (s *step) amount() (money.Amount, error) {
	if s.ChangeAction.Amount == nil {
		return money.Zero, fault.New(fault.InvalidData, "%s: the amount is missing", s.Action)
	}
	return *s.ChangeAction.Amount, nil
}

// addShipping adds a shipping method, unless the order has it.
func addShipping(of *Snapshot, s *step) error {
	id, err := s.reference()
	if err != nil {
		return err
	}
	amount, err := s.amount()
	if err != nil {
		return err
	}
	if amount.Sign() < 0 {
		return fault.New(fault.InvalidData, "%s of method %q: the amount cannot be %s", s.Action, id, amount)
	}
	if of.shipping(id) >= 0 {
		return nil
	}
	m := of.Drafted.Methods[id]
	if m == nil {
		return fault.New(fault.InvalidData, "%s: there is no shipping method %q", s.Action, fault.Clip(id))
	}
	added := &Shipping{
		Version: of.Order.Version, OrderID: of.Order.ID, ReturnID: s.ReturnID, ClaimID: s.ClaimID, ExchangeID: s.ExchangeID,
		ShippingMethodID: id, ShippingMethod: cloneMethod(m),
	}
	if !amount.Equal(m.Amount) {
		added.Amount = &amount
	}
	of.Shippings = append(of.Shippings, added)
	return nil
}

// method returns the shipping that an action refers to.
func (s *step) method(of *Snapshot) (int, error) {
	id, err := s.reference()
	if err != nil {
		return 0, err
	}
	at := of.shipping(id)
	if at < 0 {
		return 0, fault.New(fault.InvalidData, "%s: order %q has no shipping method %q", s.Action, of.Order.ID, fault.Clip(id))
	}
	return at, nil
}

// updateShipping sets the amount of a shipping method from the next version on.
func updateShipping(of *Snapshot, s *step) error {
	at, err := s.method(of)
	if err != nil || s.Details.Amount == nil {
		return err
	}
	if err := fits(string(s.Action)+": details.amount", s.Details.Amount); err != nil {
		return err
	}
	if s.Details.Amount.Sign() < 0 {
		return fault.New(fault.InvalidData, "%s: details.amount cannot be %s", s.Action, s.Details.Amount)
	}
	of.Shippings[at].Amount = s.Details.Amount
	return nil
}

func removeShipping(of *Snapshot, s *step) error {
	at, err := s.method(of)
	if err == nil {
		of.Shippings = slices.Delete(of.Shippings, at, at+1)
	}
	return err
}

// replaceShippingAdjustments replaces the discounts of a shipping method. One that the
// order does not have is ignored.
func replaceShippingAdjustments(of *Snapshot, s *step) error {
	if s.Adjustments == nil {
		return fault.New(fault.InvalidData, "%s: details.adjustments is missing", s.Action)
	}
	if err := checkAdjustments(s); err != nil {
		return err
	}
	at := of.shipping(s.Details.ReferenceID)
	if at < 0 {
		return nil
	}
	m := of.Shippings[at].ShippingMethod
	m.Adjustments = nil
	for _, a := range s.Adjustments {
		m.Adjustments = append(m.Adjustments, a.onMethod(m.ID, of.Order.Version))
	}
	return nil
}

// addCredit adds a credit line.
func addCredit(of *Snapshot, s *step) error {
	amount, err := s.amount()
	if err != nil {
		return err
	}
	if o := of.Order; !amount.Equal(o.inUnits(amount)) {
		return fault.New(fault.InvalidData, "order %q: a credit line of %s %s cannot be added; the totals of the order are rounded to %s", o.ID, amount, o.CurrencyCode, totals.Unit(o.CurrencyCode))
	}
	of.Credits = append(of.Credits, &CreditLine{
		Version: of.Order.Version, OrderID: of.Order.ID, Amount: amount, Reference: s.Reference, ReferenceID: s.ChangeAction.ReferenceID,
	})
	return nil
}

// transfer gives the order to a customer.
func transfer(of *Snapshot, s *step) error {
	customer, err := s.reference()
	if err != nil {
		return err
	}
	of.Order.CustomerID = &customer
	if s.NewEmail != nil {
		of.Order.Email = s.NewEmail
	}
	return nil
}
