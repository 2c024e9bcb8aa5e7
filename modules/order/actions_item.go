package order

import (
	"encoding/json"
	"maps"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// addItem adds to the quantity of an item or, if the line is new, adds it to the order.
func addItem(of *Snapshot, s *step) error {
	i := of.item(s.Details.ReferenceID)
	var line *LineItem
	if i == nil {
		if line = of.Drafted.Lines[s.Details.ReferenceID]; line == nil {
			_, err := s.on(of)
			return err
		}
	}
	if err := s.checkAdded(); err != nil {
		return err
	}
	if i != nil {
		if err := fits(string(s.Action)+": the quantity of the item", new(s.plus(i.Quantity))); err != nil {
			return err
		}
	}
	if i == nil {
		i = &Item{Version: of.Order.Version, OrderID: of.Order.ID, ItemID: line.ID, Item: cloneLine(line)}
		of.Items = append(of.Items, i)
		i.UnitPrice, i.CompareAtUnitPrice = s.UnitPrice, s.CompareAtUnitPrice
		i.describe(s.Metadata)
	}
	if s.ChangeAction.Amount == nil {
		s.ChangeAction.Amount = new(price(i, s))
	}
	i.Quantity = s.plus(i.Quantity)
	return nil
}

// checkAdded checks the quantity and the prices of items that are added.
func (s *step) checkAdded() error {
	if s.Quantity == nil || s.Quantity.Sign() <= 0 {
		return fault.New(fault.InvalidData, "%s of item %q: the quantity must be given, and be more than 0", s.Action, s.Details.ReferenceID)
	}
	return s.checkPrices()
}

// checkPrices checks the quantity and the prices of an action.
func (s *step) checkPrices() error {
	for _, c := range []struct {
		name   string
		amount *money.Amount
	}{{"quantity", s.Quantity}, {"unit_price", s.UnitPrice}, {"compare_at_unit_price", s.CompareAtUnitPrice}} {
		if err := fits(string(s.Action)+": details."+c.name, c.amount); err != nil {
			return err
		}
		if c.amount != nil && c.amount.Sign() < 0 {
			return fault.New(fault.InvalidData, "%s of item %q: details.%s cannot be %s", s.Action, s.Details.ReferenceID, c.name, c.amount)
		}
	}
	return nil
}

// checkUpdate checks the new quantity and price of an item.
func (s *step) checkUpdate(i *Item) error {
	if err := s.checkPrices(); err != nil {
		return err
	}
	if s.Quantity.Cmp(i.FulfilledQuantity) < 0 {
		return fault.New(fault.InvalidData, "%s of item %q: the quantity cannot be %s; %s are fulfilled", s.Action, i.ItemID, s.Quantity, i.FulfilledQuantity)
	}
	if s.Quantity.Cmp(i.WrittenOffQuantity) < 0 {
		return fault.New(fault.InvalidData, "%s of item %q: the quantity cannot be %s; %s are written off", s.Action, i.ItemID, s.Quantity, i.WrittenOffQuantity)
	}
	return checkAdjustments(s)
}

// difference returns what an update adds to the price of an item.
func difference(i *Item, s *step) money.Amount {
	if s.UnitPrice == nil {
		return i.price().Mul(s.Quantity.Sub(i.Quantity))
	}
	return s.UnitPrice.Mul(*s.Quantity).Sub(i.price().Mul(i.Quantity))
}

// updateItem sets the quantity of an item, and its prices, metadata and discounts if
// they are given.
func updateItem(i *Item, s *step) {
	if diff := s.Quantity.Sub(i.Quantity); s.QuantityDiff != nil && !diff.Equal(*s.QuantityDiff) { // an action before it has changed
		s.QuantityDiff = &diff
		s.ChangeAction.Details = model.ToJSON(s.Details)
	}
	i.Quantity = *s.Quantity
	if s.UnitPrice != nil {
		i.UnitPrice = s.UnitPrice
	}
	if s.CompareAtUnitPrice != nil {
		i.CompareAtUnitPrice = s.CompareAtUnitPrice
	}
	i.describe(s.Metadata)
	if s.Adjustments != nil {
		i.discountBy(s.Adjustments)
	}
}

// describe adds to the metadata of an item, which is that of its line until it has its
// own; null clears it.
func (i *Item) describe(added model.RawJSON) {
	if len(added) == 0 {
		return
	}
	old := i.Metadata
	if len(old) == 0 {
		old = i.Item.Metadata
	}
	i.Metadata = mergedMetadata(old, added)
	if i.Metadata == nil && len(i.Item.Metadata) > 0 {
		i.Metadata = model.RawJSON("{}") // none of its own would be that of the line
	}
}

// mergedMetadata returns metadata with what an action adds; null clears it.
func mergedMetadata(old, added model.RawJSON) model.RawJSON {
	if string(added) == "null" {
		return nil
	}
	var all, more map[string]json.RawMessage
	if json.Unmarshal(added, &more) != nil || len(old) == 0 || json.Unmarshal(old, &all) != nil || all == nil {
		return added
	}
	maps.Copy(all, more)
	return model.ToJSON(all)
}

// discountBy replaces the discounts of an item.
func (i *Item) discountBy(all []Adjustment) {
	i.Item.Adjustments = nil
	for _, a := range all {
		i.Item.Adjustments = append(i.Item.Adjustments, a.on(i.ItemID, i.Version))
	}
}

func removeItem(i *Item, s *step) { i.Quantity = s.minus(i.Quantity) }

func requestReturn(i *Item, s *step) { i.ReturnRequestedQuantity = s.plus(i.ReturnRequestedQuantity) }

func receive(i *Item, s *step) {
	i.ReturnReceivedQuantity, i.ReturnRequestedQuantity = s.plus(i.ReturnReceivedQuantity), s.minus(i.ReturnRequestedQuantity)
}

func receiveDamaged(i *Item, s *step) {
	i.ReturnDismissedQuantity, i.ReturnRequestedQuantity = s.plus(i.ReturnDismissedQuantity), s.minus(i.ReturnRequestedQuantity)
	i.WrittenOffQuantity = least(s.plus(i.WrittenOffQuantity), i.Quantity) // a claim may have written them off
}

// checkAdjustments checks the discounts in the details of an action.
func checkAdjustments(s *step) error {
	for _, a := range s.Adjustments {
		if a.Amount.Sign() < 0 {
			return fault.New(fault.InvalidData, "%s of %q: details.adjustments.amount cannot be %s", s.Action, s.Details.ReferenceID, a.Amount)
		}
		if err := fits(string(s.Action)+": details.adjustments.amount", &a.Amount); err != nil {
			return err
		}
	}
	return nil
}

// replaceItemAdjustments replaces the discounts of an item. One that the order does not
// have is ignored: an earlier action may have removed it.
func replaceItemAdjustments(of *Snapshot, s *step) error {
	if s.Adjustments == nil {
		return fault.New(fault.InvalidData, "%s: details.adjustments is missing", s.Action)
	}
	if err := checkAdjustments(s); err != nil {
		return err
	}
	if i := of.item(s.Details.ReferenceID); i != nil {
		i.discountBy(s.Adjustments)
	}
	return nil
}
