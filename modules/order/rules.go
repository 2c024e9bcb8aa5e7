package order

import (
	"cmp"
	"context"
	"iter"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Orders, module.Rules[Order]{New: completeOrder, Each: checkOrder}),
		module.On(Items, module.Rules[Item]{Each: checkItem, After: service.totalItems}),
		module.On(LineItems, module.Rules[LineItem]{Each: checkLine, After: service.totalLines}),
		module.On(ShippingMethods, module.Rules[ShippingMethod]{Each: checkMethod, After: service.totalMethods}),
		module.On(Transactions, module.Rules[Transaction]{Each: checkTransaction, After: service.totalTransactions}),
		module.On(Shippings, module.Rules[Shipping]{Each: checkShipping, After: service.totalShippings}),
		module.On(CreditLines, module.Rules[CreditLine]{
			Each: func(c *CreditLine) error { return fits("order_credit_line.amount", &c.Amount) }, After: service.totalCredits,
		}),
		module.On(LineItemTaxLines, module.Rules[LineItemTaxLine]{
			Each: func(t *LineItemTaxLine) error { return fits("order_line_item_tax_line.rate", &t.Rate) }, After: service.totalLineTaxes,
		}),
		module.On(LineItemAdjustments, module.Rules[LineItemAdjustment]{
			Each: func(a *LineItemAdjustment) error { return fits("order_line_item_adjustment.amount", &a.Amount) }, After: service.totalLineDiscounts,
		}),
		module.On(ShippingMethodTaxLines, module.Rules[ShippingMethodTaxLine]{
			Each: func(t *ShippingMethodTaxLine) error { return fits("order_shipping_method_tax_line.rate", &t.Rate) }, After: service.totalMethodTaxes,
		}),
		module.On(ShippingMethodAdjustments, module.Rules[ShippingMethodAdjustment]{
			Each: func(a *ShippingMethodAdjustment) error {
				return fits("order_shipping_method_adjustment.amount", &a.Amount)
			}, After: service.totalMethodDiscounts,
		}),
		module.On(Changes, module.Rules[Change]{Before: service.lockOrders, After: service.oneOpenChange}),
		module.On(ChangeActions, module.Rules[ChangeAction]{Each: checkAction}),
		module.On(Returns, module.Rules[Return]{Each: checkReturn, After: service.checkReturns}),
		module.On(ReturnItems, module.Rules[ReturnItem]{Each: checkReturnItem, After: service.checkReturnItems}),
		module.On(ReturnReasons, module.Rules[ReturnReason]{Each: checkReason}),
		module.On(Claims, module.Rules[Claim]{After: service.checkClaims}),
		module.On(ClaimItems, module.Rules[ClaimItem]{Each: checkClaimItem, After: service.checkClaimItems}),
		module.On(ClaimItemImages, module.Rules[ClaimItemImage]{Each: checkImage}),
		module.On(Exchanges, module.Rules[Exchange]{After: service.checkExchanges}),
		module.On(ExchangeItems, module.Rules[ExchangeItem]{Each: checkExchangeItem, After: service.checkExchangeItems}),
	}
}

// completeOrder completes a new order: it sets the version of its rows and the
// currency of its transactions, adds a summary if it has none, and computes its
// totals.
func completeOrder(o *Order) error {
	if o.Version > 1 {
		o.setVersion()
	}
	if o.Status == "" && o.IsDraftOrder {
		o.Status = StatusDraft
	}
	if err := o.checkPlaced(); err != nil {
		return err
	}
	for t := range present(o.Transactions) {
		if t.CurrencyCode == "" {
			t.CurrencyCode = o.CurrencyCode
		}
		if !strings.EqualFold(t.CurrencyCode, o.CurrencyCode) {
			return fault.New(fault.InvalidData, "order_transaction.currency_code cannot be %q; the order is in %s", fault.Clip(t.CurrencyCode), o.CurrencyCode)
		}
	}
	if len(o.Summary) == 0 {
		o.Summary = []*Summary{{Version: o.Version}}
		for i := range present(o.Items) {
			if i.Item == nil {
				return fault.New(fault.InvalidData, "order.items: a new order must have line items nested in its items, or have a summary")
			}
		}
	}
	sheet := nestedIn(o)
	sheet.compute()
	sheet.mark()
	return nil
}

// checkPlaced checks the status of a new order, and that each of its versions has a line
// and a shipping method once.
func (o *Order) checkPlaced() error {
	if o.Version < 0 {
		return fault.New(fault.InvalidData, "order.version cannot be %d; the first is 1", o.Version)
	}
	if (o.Status == StatusDraft) != o.IsDraftOrder {
		return fault.New(fault.InvalidData, "order.is_draft_order cannot be %t; the order is %s", o.IsDraftOrder, cmp.Or(o.Status, StatusPending))
	}
	if o.Status == StatusCanceled && o.CanceledAt == nil {
		return fault.New(fault.InvalidData, "order.canceled_at is missing; the order is canceled")
	}
	type row struct {
		version int64
		of      any
	}
	seen, last := map[row]bool{}, max(o.Version, 1)
	once := func(list string, version int64, of any) error {
		version = max(version, 1)
		switch at := (row{version, of}); {
		case version > last:
			return fault.New(fault.InvalidData, "order.%s: one is of version %d; the order is in version %d", list, version, last)
		case seen[at]:
			return fault.New(fault.InvalidData, "order.%s: version %d has one of them twice", list, version)
		default:
			seen[at] = true
		}
		return nil
	}
	for i := range present(o.Items) {
		if err := once("items", i.Version, key(i.Item, i.ItemID)); err != nil {
			return err
		}
	}
	for p := range present(o.ShippingMethods) {
		if err := once("shipping_methods", p.Version, key(p.ShippingMethod, p.ShippingMethodID)); err != nil {
			return err
		}
	}
	return nil
}

// key returns what tells a nested record: itself, or its id.
func key[T any](record *T, id string) any {
	if record == nil {
		return id
	}
	return record
}

// setVersion sets the version of rows that have none to that of the order, which
// may be later than the first in an imported order.
func (o *Order) setVersion() {
	var versions []*int64
	for i := range present(o.Items) {
		versions = append(versions, &i.Version)
		if i.Item != nil {
			for a := range present(i.Item.Adjustments) {
				versions = append(versions, &a.Version)
			}
		}
	}
	for s := range present(o.ShippingMethods) {
		versions = append(versions, &s.Version)
		if s.ShippingMethod != nil {
			for a := range present(s.ShippingMethod.Adjustments) {
				versions = append(versions, &a.Version)
			}
		}
	}
	for c := range present(o.CreditLines) {
		versions = append(versions, &c.Version)
	}
	for t := range present(o.Transactions) {
		versions = append(versions, &t.Version)
	}
	for s := range present(o.Summary) {
		versions = append(versions, &s.Version)
	}
	for _, v := range versions {
		if *v == 0 {
			*v = o.Version
		}
	}
}

// present returns the records of a list that are not nil.
func present[T any](list []*T) iter.Seq[*T] { return module.Present(list) }

func checkOrder(o *Order) error { return module.Currency(Orders, "currency_code", &o.CurrencyCode) }

// checkItem checks the quantities of an item: no more is fulfilled than was ordered,
// and no more is shipped, delivered or returned than was fulfilled.
func checkItem(i *Item) error {
	if err := module.FirstError(
		module.Positive(Items, "quantity", i.Quantity),
		i.fits(),
	); err != nil {
		return err
	}
	if i.UnitPrice != nil {
		if err := module.NotNegative(Items, "unit_price", *i.UnitPrice); err != nil {
			return err
		}
	}
	returned := i.ReturnRequestedQuantity.Add(i.ReturnReceivedQuantity).Add(i.ReturnDismissedQuantity)
	for _, b := range []struct {
		name, bound  string
		amount, most money.Amount
	}{
		{"fulfilled_quantity", "quantity", i.FulfilledQuantity, i.Quantity},
		{"shipped_quantity", "fulfilled_quantity", i.ShippedQuantity, i.FulfilledQuantity},
		{"delivered_quantity", "fulfilled_quantity", i.DeliveredQuantity, i.FulfilledQuantity},
		{"return_requested_quantity, with what was received and dismissed,", "fulfilled_quantity", returned, i.FulfilledQuantity},
		{"written_off_quantity", "quantity", i.WrittenOffQuantity, i.Quantity},
	} {
		if b.amount.Sign() < 0 || b.amount.Cmp(b.most) > 0 {
			return fault.New(fault.InvalidData, "order_item.%s cannot be %s; it must be from 0 to the %s, %s", b.name, b.amount, b.bound, b.most)
		}
	}
	return nil
}

// fits returns an error unless the quantities and prices of the item are stored as they are.
func (i *Item) fits() error {
	for _, c := range []struct {
		name   string
		amount *money.Amount
	}{
		{"quantity", &i.Quantity}, {"unit_price", i.UnitPrice}, {"compare_at_unit_price", i.CompareAtUnitPrice}, {"fulfilled_quantity", &i.FulfilledQuantity},
		{"shipped_quantity", &i.ShippedQuantity}, {"delivered_quantity", &i.DeliveredQuantity}, {"return_requested_quantity", &i.ReturnRequestedQuantity},
		{"return_received_quantity", &i.ReturnReceivedQuantity}, {"return_dismissed_quantity", &i.ReturnDismissedQuantity}, {"written_off_quantity", &i.WrittenOffQuantity},
	} {
		if c.amount != nil && c.amount.IsZero() {
			continue
		}
		if err := fits("order_item."+c.name, c.amount); err != nil {
			return fault.Wrap(err, fault.InvalidData, "item %q: %s", i.ItemID, fault.Public(err).Message)
		}
	}
	return nil
}

func checkLine(l *LineItem) error {
	return module.FirstError(
		module.Require(LineItems, "title", l.Title),
		module.NotNegative(LineItems, "unit_price", l.UnitPrice),
		fits("order_line_item.unit_price", &l.UnitPrice),
		fits("order_line_item.compare_at_unit_price", l.CompareAtUnitPrice),
	)
}

func checkMethod(m *ShippingMethod) error {
	return module.FirstError(
		module.Require(ShippingMethods, "name", m.Name),
		module.NotNegative(ShippingMethods, "amount", m.Amount),
		fits("order_shipping_method.amount", &m.Amount),
	)
}

func checkShipping(p *Shipping) error {
	if p.Amount == nil {
		return nil
	}
	return module.FirstError(module.NotNegative(Shippings, "amount", *p.Amount), fits("order_shipping.amount", p.Amount))
}

func checkReturn(r *Return) error {
	if r.RefundAmount == nil {
		return nil
	}
	return module.FirstError(module.NotNegative(Returns, "refund_amount", *r.RefundAmount), fits("return.refund_amount", r.RefundAmount))
}

func checkTransaction(t *Transaction) error {
	return module.FirstError(
		module.Currency(Transactions, "currency_code", &t.CurrencyCode),
		fits("order_transaction.amount", &t.Amount),
	)
}

func checkAction(a *ChangeAction) error {
	return module.Require(ChangeActions, "action", string(a.Action))
}

// lockOrders locks the orders of changes, so that no other change of them is opened
// at the same time.
func (s *Service) lockOrders(ctx context.Context, changes []*Change) error {
	_, err := s.Orders.Lock(ctx, module.IDs(changes, func(c *Change) string { return c.OrderID })...)
	return err
}

// oneOpenChange checks that the orders have at most one change that is pending or
// requested.
func (s *Service) oneOpenChange(ctx context.Context, changes []*Change) error {
	orders := module.IDs(changes, func(c *Change) string { return c.OrderID })
	open, err := s.Changes.List(ctx, module.Where{"order_id": orders, "status": []ChangeStatus{ChangePending, ChangeRequested}}, module.Page{})
	if err != nil {
		return err
	}
	by := map[string]string{}
	for _, c := range open {
		if other := by[c.OrderID]; other != "" {
			return fault.New(fault.InvalidData, "order %q already has an open change; confirm, decline or cancel it before starting another", c.OrderID)
		}
		by[c.OrderID] = c.ID
	}
	return nil
}
