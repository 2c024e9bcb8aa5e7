package order

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// A chronicle is an order in all versions, with what made them.
type chronicle struct {
	*sheet
	made     map[int64][]*ChangeAction // the actions of the change that made a version
	returns  []*Return
	returned map[string][]*ReturnItem // of a return
	changes  []*Change                // that are confirmed
	actions  map[string][]*ChangeAction
	claimed  map[string][]*ClaimItem    // of a claim
	swapped  map[string][]*ExchangeItem // of an exchange
	found    func(module.Wrong)
}

// recount compares each version of orders with what the actions of its change make of the
// version before, and what came back with the items of returns. It reports what differs,
// which a repair leaves: versions are a record of what happened.
func (s *Service) recount(ctx context.Context, ids []string, found func(module.Wrong)) error {
	r := module.NewReader(ctx)
	orders := map[string]*Order{}
	for _, o := range module.Read(r, s.Orders, module.Where{"id": ids}) {
		orders[o.ID] = o
	}
	changes := module.Read(r, s.Changes, module.Where{"order_id": ids, "status": ChangeConfirmed})
	actions := module.Read(r, s.ChangeActions, module.Where{"order_change_id": module.IDs(changes, func(c *Change) string { return c.ID })})
	returns := module.Read(r, s.Returns, module.Where{"order_id": ids})
	items := module.Read(r, s.ReturnItems, module.Where{"return_id": module.IDs(returns, func(r *Return) string { return r.ID })})
	claims := module.Read(r, s.ClaimItems, module.Where{"claim_id": module.IDs(changes, func(c *Change) string { return deref(c.ClaimID) })})
	exchanges := module.Read(r, s.ExchangeItems, module.Where{"exchange_id": module.IDs(changes, func(c *Change) string { return deref(c.ExchangeID) })})
	if r.Err() != nil {
		return r.Err()
	}
	b, err := s.read(ctx, orders)
	if err != nil {
		return err
	}
	of := module.Group(actions, func(a *ChangeAction) string { return deref(a.OrderChangeID) })
	changesOf := module.Group(changes, func(c *Change) string { return c.OrderID })
	returnsOf := module.Group(returns, func(r *Return) string { return r.OrderID })
	returned := module.Group(items, func(i *ReturnItem) string { return i.ReturnID })
	claimed := module.Group(claims, func(i *ClaimItem) string { return i.ClaimID })
	swapped := module.Group(exchanges, func(i *ExchangeItem) string { return i.ExchangeID })
	for _, o := range b.orders {
		c := &chronicle{
			sheet: b.sheets[o.ID], made: made(changesOf[o.ID], of), returns: returnsOf[o.ID], returned: returned,
			changes: changesOf[o.ID], actions: of, claimed: claimed, swapped: swapped, found: found,
		}
		c.versionsFollow()
		c.returnsAgree()
		c.dealsAgree()
	}
	return nil
}

// made returns the actions that made each version, in their order. Changes that make no
// version have none, or are updates.
func made(changes []*Change, of map[string][]*ChangeAction) map[int64][]*ChangeAction {
	out := map[int64][]*ChangeAction{}
	for _, c := range changes {
		if actions := of[c.ID]; len(actions) > 0 && !c.is(ChangeUpdateOrder) {
			slices.SortFunc(actions, func(a, b *ChangeAction) int { return int(a.Ordering - b.Ordering) })
			out[c.Version] = actions
		}
	}
	return out
}

// versionsFollow compares each version that a change made with the one before.
func (c *chronicle) versionsFollow() {
	for n, e := range c.versions {
		actions := c.made[e.version]
		if n == 0 || c.versions[n-1].version != e.version-1 || len(actions) == 0 {
			continue
		}
		before := c.versions[n-1].snapshot(c.order, e)
		after, err := before.Apply(actions...)
		if err != nil {
			c.differs(Changes, deref(actions[0].OrderChangeID), "version", e.version, err.Error())
			continue
		}
		credited := after.Credited()
		after.renew(e.version)
		c.itemsAre(e, after)
		c.shippingsAre(e, after)
		c.creditsAre(e, after)
		if e.summary != nil && imported(e.summary.Totals) { // others are computed
			c.summaryIs(e.summary, before.Order.Total, credited)
		}
	}
}

// snapshot returns the edition as a value to which the actions that made the next one can
// be applied.
func (e *edition) snapshot(o *Order, next *edition) *Snapshot {
	order := *o
	order.Version = e.version
	out := &Snapshot{Order: &order, Items: e.items, Shippings: e.shippings, Credits: e.credits}
	var lines []*LineItem
	var methods []*ShippingMethod
	for _, i := range next.items {
		drafted := *i.Item
		drafted.Adjustments = i.discounts()
		lines = append(lines, &drafted)
	}
	for _, p := range next.shippings {
		drafted := *p.ShippingMethod
		drafted.Adjustments = p.discounts()
		methods = append(methods, &drafted)
	}
	out.draft(lines, methods, module.IDs(methods, func(m *ShippingMethod) string { return m.ID }))
	out = out.clone()
	for _, i := range out.Items {
		i.Item.Adjustments = i.discounts()
	}
	for _, p := range out.Shippings {
		p.ShippingMethod.Adjustments = p.discounts()
	}
	out.Total()
	return out
}

// differs reports a value that is not what follows from its causes.
func (c *chronicle) differs(m *model.Model, id, column string, stored, computed any) {
	c.found(module.Wrong{Model: m, ID: id, Column: column, Stored: string(model.ToJSON(stored)), Computed: string(model.ToJSON(computed)), Kept: true})
}

// same compares an amount with what it must be.
func (c *chronicle) same(m *model.Model, id, column string, stored, computed money.Amount) {
	if !stored.Equal(computed) {
		c.differs(m, id, column, stored, computed)
	}
}

// amounts returns the quantities of an item, in the order of quantities.
func (i *Item) amounts() [8]money.Amount {
	return [...]money.Amount{
		i.Quantity, i.FulfilledQuantity, i.ShippedQuantity, i.DeliveredQuantity,
		i.ReturnRequestedQuantity, i.ReturnReceivedQuantity, i.ReturnDismissedQuantity, i.WrittenOffQuantity,
	}
}

// quantities are the columns of an item that changes count.
var quantities = append([]string{"quantity"}, counters...)

func (c *chronicle) itemsAre(e *edition, after *Snapshot) {
	for _, i := range e.items {
		want := after.item(i.ItemID)
		if want == nil {
			c.differs(Items, i.ID, "quantity", i.Quantity, 0)
			continue
		}
		stored, computed := i.amounts(), want.amounts()
		for n, column := range quantities {
			c.same(Items, i.ID, column, stored[n], computed[n])
		}
		c.same(Items, i.ID, "unit_price", i.price(), want.price())
		c.same(Items, i.ID, "compare_at_unit_price", orZero(i.CompareAtUnitPrice), orZero(want.CompareAtUnitPrice))
		c.discountsAre(Items, i.ID, e, amountsOf(i.discounts(), lineOff), amountsOf(want.discounts(), lineOff))
	}
	for _, want := range after.Items {
		if !slices.ContainsFunc(e.items, func(i *Item) bool { return i.ItemID == want.ItemID }) {
			c.differs(LineItems, want.ItemID, "quantity of version "+string(model.ToJSON(e.version)), 0, want.Quantity)
		}
	}
}

func (c *chronicle) shippingsAre(e *edition, after *Snapshot) {
	for _, p := range e.shippings {
		at := after.shipping(p.ShippingMethodID)
		if at < 0 {
			c.differs(Shippings, p.ID, "shipping_method_id", p.ShippingMethodID, nil)
			continue
		}
		want := after.Shippings[at]
		c.same(Shippings, p.ID, "amount", p.line().UnitPrice, want.line().UnitPrice)
		c.discountsAre(Shippings, p.ID, e, amountsOf(p.discounts(), methodOff), amountsOf(want.discounts(), methodOff))
		c.reasonIs(p, want)
	}
	for _, want := range after.Shippings {
		if !slices.ContainsFunc(e.shippings, func(p *Shipping) bool { return p.ShippingMethodID == want.ShippingMethodID }) {
			c.differs(ShippingMethods, want.ShippingMethodID, "version", nil, e.version)
		}
	}
}

// reasonIs compares what a shipping method was added for: a return, a claim or an
// exchange. Shops of older programs say it in one of the columns.
func (c *chronicle) reasonIs(p, want *Shipping) {
	none := p.ReturnID == nil && p.ClaimID == nil && p.ExchangeID == nil
	for _, of := range []struct {
		column           string
		stored, computed *string
	}{{"return_id", p.ReturnID, want.ReturnID}, {"claim_id", p.ClaimID, want.ClaimID}, {"exchange_id", p.ExchangeID, want.ExchangeID}} {
		if of.computed != nil && deref(of.stored) != *of.computed && (of.stored != nil || none) {
			c.differs(Shippings, p.ID, of.column, deref(of.stored), *of.computed)
		}
	}
}

func lineOff(a *LineItemAdjustment) money.Amount         { return a.Amount }
func methodOff(a *ShippingMethodAdjustment) money.Amount { return a.Amount }

// amountsOf returns the amounts of discounts, the least first.
func amountsOf[T any](all []*T, amount func(*T) money.Amount) (out []money.Amount) {
	for _, a := range all {
		out = append(out, amount(a))
	}
	slices.SortFunc(out, money.Amount.Cmp)
	return out
}

func (c *chronicle) discountsAre(m *model.Model, id string, e *edition, stored, computed []money.Amount) {
	if !slices.EqualFunc(stored, computed, money.Amount.Equal) {
		c.differs(m, id, "adjustments of version "+string(model.ToJSON(e.version)), stored, computed)
	}
}

func orZero(a *money.Amount) money.Amount {
	if a == nil {
		return money.Zero
	}
	return *a
}

func (c *chronicle) creditsAre(e *edition, after *Snapshot) {
	stored, computed := money.Zero, money.Zero
	for _, l := range e.credits {
		stored = stored.Add(l.Amount)
	}
	for _, l := range after.Credits {
		computed = computed.Add(l.Amount)
	}
	c.same(Orders, c.order.ID, "credit lines of version "+string(model.ToJSON(e.version)), stored, computed)
}

// summaryIs compares what a summary says of the version before, and of the credit that
// was added.
func (c *chronicle) summaryIs(r *Summary, before, credited money.Amount) {
	var stored totals.Summary
	if err := json.Unmarshal(r.Totals, &stored); err != nil {
		c.differs(Summaries, r.ID, "totals", r.Totals, err.Error())
		return
	}
	for _, of := range []struct {
		name             string
		stored, computed money.Amount
	}{{"original_order_total", stored.OriginalOrderTotal, before}, {"credit_line_total", stored.CreditLineTotal, credited}} {
		if !near(of.stored, of.computed) {
			c.differs(Summaries, r.ID, "totals."+of.name, of.stored, of.computed)
		}
	}
}

// returnsAgree compares what is requested and what came back of the items in force with
// the returns, and those with their status.
func (c *chronicle) returnsAgree() {
	requested, received, dismissed := map[string]money.Amount{}, map[string]money.Amount{}, map[string]money.Amount{}
	for _, r := range c.returns {
		if r.Status == ReturnCanceled || r.Status == ReturnOpen {
			continue
		}
		left := money.Zero
		for _, i := range c.returned[r.ID] {
			left = left.Add(i.Quantity.Sub(i.ReceivedQuantity))
			requested[i.ItemID] = requested[i.ItemID].Add(i.Quantity.Sub(i.ReceivedQuantity))
			received[i.ItemID] = received[i.ItemID].Add(i.ReceivedQuantity.Sub(i.DamagedQuantity))
			dismissed[i.ItemID] = dismissed[i.ItemID].Add(i.DamagedQuantity)
		}
		if (r.Status == ReturnReceived) != left.IsZero() {
			c.differs(Returns, r.ID, "status", r.Status, left.String()+" of its items are to be received")
		}
	}
	for _, i := range c.at(c.order.Version).items {
		c.same(Items, i.ID, "return_requested_quantity", i.ReturnRequestedQuantity, requested[i.ItemID])
		c.same(Items, i.ID, "return_received_quantity", i.ReturnReceivedQuantity, received[i.ItemID])
		c.same(Items, i.ID, "return_dismissed_quantity", i.ReturnDismissedQuantity, dismissed[i.ItemID])
	}
}
