package order

import (
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
)

// ActionType is what an action of a change does to an order.
type ActionType string

// The types of action.
const (
	ItemAdd                    ActionType = "ITEM_ADD"
	ItemUpdate                 ActionType = "ITEM_UPDATE"
	ItemRemove                 ActionType = "ITEM_REMOVE"
	ItemAdjustmentsReplace     ActionType = "ITEM_ADJUSTMENTS_REPLACE"
	FulfillItem                ActionType = "FULFILL_ITEM"
	CancelItemFulfillment      ActionType = "CANCEL_ITEM_FULFILLMENT"
	ShipItem                   ActionType = "SHIP_ITEM"
	DeliverItem                ActionType = "DELIVER_ITEM"
	ReturnItemAction           ActionType = "RETURN_ITEM"
	CancelReturnItem           ActionType = "CANCEL_RETURN_ITEM"
	ReceiveReturnItem          ActionType = "RECEIVE_RETURN_ITEM"
	ReceiveDamagedReturnItem   ActionType = "RECEIVE_DAMAGED_RETURN_ITEM"
	WriteOffItem               ActionType = "WRITE_OFF_ITEM"
	ReinstateItem              ActionType = "REINSTATE_ITEM"
	ShippingAdd                ActionType = "SHIPPING_ADD"
	ShippingUpdate             ActionType = "SHIPPING_UPDATE"
	ShippingRemove             ActionType = "SHIPPING_REMOVE"
	ShippingAdjustmentsReplace ActionType = "SHIPPING_ADJUSTMENTS_REPLACE"
	CreditLineAdd              ActionType = "CREDIT_LINE_ADD"
	PromotionAdd               ActionType = "PROMOTION_ADD"
	PromotionRemove            ActionType = "PROMOTION_REMOVE"
	TransferCustomer           ActionType = "TRANSFER_CUSTOMER"
	UpdateOrderProperties      ActionType = "UPDATE_ORDER_PROPERTIES"
)

// effects says what each type of action does. It is the only place that does.
var effects = map[ActionType]effect{
	ItemAdd:                    {order: addItem, amount: price},
	ItemUpdate:                 {item: updateItem, amount: difference},
	ItemRemove:                 {count: removable, item: removeItem, amount: price},
	ItemAdjustmentsReplace:     {order: replaceItemAdjustments},
	FulfillItem:                {count: unfulfilled, item: func(i *Item, s *step) { i.FulfilledQuantity = s.plus(i.FulfilledQuantity) }},
	CancelItemFulfillment:      {count: fulfilled, item: func(i *Item, s *step) { i.FulfilledQuantity = s.minus(i.FulfilledQuantity) }},
	ShipItem:                   {count: unshipped, item: func(i *Item, s *step) { i.ShippedQuantity = s.plus(i.ShippedQuantity) }},
	DeliverItem:                {count: undelivered, item: func(i *Item, s *step) { i.DeliveredQuantity = s.plus(i.DeliveredQuantity) }},
	ReturnItemAction:           {count: returnable, item: requestReturn, amount: price},
	CancelReturnItem:           {count: requested, item: func(i *Item, s *step) { i.ReturnRequestedQuantity = s.minus(i.ReturnRequestedQuantity) }, amount: price},
	ReceiveReturnItem:          {count: requested, item: receive, amount: price},
	ReceiveDamagedReturnItem:   {count: requested, item: receiveDamaged, amount: price},
	WriteOffItem:               {count: notWrittenOff, item: func(i *Item, s *step) { i.WrittenOffQuantity = s.plus(i.WrittenOffQuantity) }},
	ReinstateItem:              {count: writtenOff, item: func(i *Item, s *step) { i.WrittenOffQuantity = s.minus(i.WrittenOffQuantity) }},
	ShippingAdd:                {order: addShipping},
	ShippingUpdate:             {order: updateShipping},
	ShippingRemove:             {order: removeShipping},
	ShippingAdjustmentsReplace: {order: replaceShippingAdjustments},
	CreditLineAdd:              {order: addCredit},
	PromotionAdd:               {order: referTo},
	PromotionRemove:            {order: referTo},
	TransferCustomer:           {order: transfer},
	UpdateOrderProperties:      {order: func(*Snapshot, *step) error { return nil }}, // recorded for the history
}

// effect is what a type of action does: to one item, of which count says how many
// it can be done to, or to the order. All checks come before the first change.
type effect struct {
	count  *bound
	item   func(i *Item, s *step)
	order  func(of *Snapshot, s *step) error
	amount func(i *Item, s *step) money.Amount // what it is worth; nil if nothing
}

// bound is how many of an item an action can be done to.
type bound struct {
	left func(i *Item) money.Amount
	what string // they are, in messages
}

var (
	unfulfilled = &bound{func(i *Item) money.Amount { return i.Quantity.Sub(i.FulfilledQuantity) }, "not fulfilled"}
	removable   = &bound{func(i *Item) money.Amount {
		return least(i.Quantity.Sub(i.FulfilledQuantity), i.Quantity.Sub(i.WrittenOffQuantity))
	}, "neither fulfilled nor written off"}
	fulfilled     = &bound{cancelable, "fulfilled, and neither shipped, delivered nor returned"}
	unshipped     = &bound{func(i *Item) money.Amount { return i.FulfilledQuantity.Sub(i.ShippedQuantity) }, "fulfilled and not shipped"}
	undelivered   = &bound{func(i *Item) money.Amount { return i.FulfilledQuantity.Sub(i.DeliveredQuantity) }, "fulfilled and not delivered"}
	returnable    = &bound{func(i *Item) money.Amount { return i.FulfilledQuantity.Sub(i.returned()) }, "fulfilled and not returned"}
	requested     = &bound{func(i *Item) money.Amount { return i.ReturnRequestedQuantity }, "requested to be returned"}
	notWrittenOff = &bound{func(i *Item) money.Amount { return i.Quantity.Sub(i.WrittenOffQuantity) }, "not written off"}
	writtenOff    = &bound{func(i *Item) money.Amount { return i.WrittenOffQuantity.Sub(i.ReturnDismissedQuantity) }, "written off, and did not come back damaged"}
)

// returned returns how many are requested to be returned or came back.
func (i *Item) returned() money.Amount {
	return i.ReturnRequestedQuantity.Add(i.ReturnReceivedQuantity).Add(i.ReturnDismissedQuantity)
}

// cancelable returns how many of an item are fulfilled and nothing more.
func cancelable(i *Item) money.Amount {
	most := i.FulfilledQuantity
	for _, used := range []money.Amount{i.ShippedQuantity, i.DeliveredQuantity, i.returned()} {
		most = least(most, i.FulfilledQuantity.Sub(used))
	}
	return most
}

// step is an action that is applied.
type step struct {
	*ChangeAction
	Details
}

func (s *step) plus(a money.Amount) money.Amount  { return a.Add(*s.Quantity) }
func (s *step) minus(a money.Amount) money.Amount { return a.Sub(*s.Quantity) }

// known returns an error unless there is such a type of action.
func (t ActionType) known() error {
	if _, ok := effects[t]; ok {
		return nil
	}
	return fault.New(fault.InvalidData, "%q is no type of action; want one of %q", fault.Clip(string(t)), slices.Sorted(maps.Keys(effects)))
}

// apply applies an action, and sets its amount if it has none. If the action cannot be
// applied, the snapshot is unchanged and the error names the item and the numbers.
func (s *Snapshot) apply(a *ChangeAction) error {
	if err := a.Action.known(); err != nil {
		return err
	}
	e := effects[a.Action]
	d, err := a.details()
	if err != nil {
		return err
	}
	if err := fits(string(a.Action)+": the amount", a.Amount); err != nil {
		return err
	}
	st := &step{a, d}
	if e.order != nil {
		return e.order(s, st)
	}
	i, err := st.on(s)
	if err != nil {
		return err
	}
	if err := e.check(i, st); err != nil {
		return err
	}
	if e.amount != nil && a.Amount == nil {
		a.Amount = new(e.amount(i, st))
	}
	e.item(i, st)
	return nil
}

// on returns the item that an action is done to.
func (s *step) on(of *Snapshot) (*Item, error) {
	if s.Details.ReferenceID == "" {
		return nil, fault.New(fault.InvalidData, "%s: details.reference_id is missing; want the id of a line item", s.Action)
	}
	if i := of.item(s.Details.ReferenceID); i != nil {
		return i, nil
	}
	return nil, fault.New(fault.InvalidData, "%s: order %q has no item %q", s.Action, of.Order.ID, fault.Clip(s.Details.ReferenceID))
}

// check checks the quantity of an action, which may be 0 only in ITEM_UPDATE, and
// that it can be done to as many.
func (e *effect) check(i *Item, s *step) error {
	if s.Quantity == nil {
		return fault.New(fault.InvalidData, "%s of item %q: details.quantity is missing", s.Action, i.ItemID)
	}
	if err := fits(string(s.Action)+": details.quantity", s.Quantity); err != nil {
		return err
	}
	if e.count == nil {
		return s.checkUpdate(i)
	}
	if s.Quantity.Sign() <= 0 {
		return fault.New(fault.InvalidData, "%s of item %q: the quantity cannot be %s; it must be more than 0", s.Action, i.ItemID, s.Quantity)
	}
	if left := e.count.left(i); s.Quantity.Cmp(left) > 0 {
		return fault.New(fault.InvalidData, "%s of item %q: the quantity cannot be %s; %s of %s are %s", s.Action, i.ItemID, s.Quantity, left, i.Quantity, e.count.what)
	}
	return nil
}

// price returns what the quantity of an action costs.
func price(i *Item, s *step) money.Amount { return i.price().Mul(*s.Quantity) }
