package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/show"
)

// shownVersion is a version of an order.
type shownVersion struct {
	Version   int64        `json:"version"`
	Total     money.Amount `json:"total"`
	CreatedAt time.Time    `json:"created_at"`
}

// shownChange is what is printed of a change.
type shownChange struct {
	Version     int64              `json:"version"`
	Type        string             `json:"change_type"`
	Status      order.ChangeStatus `json:"status"`
	CreatedAt   time.Time          `json:"created_at"`
	ConfirmedAt *time.Time         `json:"confirmed_at"`
	Actions     []shownAction      `json:"actions"`
}

type shownAction struct {
	Action      order.ActionType `json:"action"`
	ReferenceID string           `json:"reference_id"`
	Amount      *money.Amount    `json:"amount"`
	Details     order.Details    `json:"details"`
}

// history returns the versions of the order, each with what it has changed, and the
// changes that made none.
func (v *orderView) history() *show.Table {
	t := &show.Table{Columns: []string{"VERSION", "WHAT", "TOTAL", "DATE"}, Right: []bool{false, false, true, false}}
	rest := slices.Clone(v.Changes)
	for _, one := range v.Versions {
		said := false
		rest = slices.DeleteFunc(rest, func(c shownChange) bool {
			update := c.Type == string(order.ChangeUpdateOrder)
			if c.Status != order.ChangeConfirmed || c.Version != one.Version || !update && len(c.Actions) == 0 { // nothing was done
				return false
			}
			total := "-"
			if !update {
				said, total = true, v.Order.amount(one.Total)
			}
			t.Add(fmt.Sprintf("v%d", one.Version), v.what(c), total, day(*cmp.Or(c.ConfirmedAt, &c.CreatedAt)))
			return true
		})
		switch {
		case one.Version == 1: // before what was updated of it
			first := slices.IndexFunc(t.Rows, func(row []string) bool { return row[0] == "v1" })
			t.Rows = slices.Insert(t.Rows, max(first, 0), []string{"v1", "placed", v.Order.amount(one.Total), day(v.Order.CreatedAt)})
		case !said:
			t.Add(fmt.Sprintf("v%d", one.Version), "no change is recorded", v.Order.amount(one.Total), day(one.CreatedAt))
		}
	}
	for _, c := range rest {
		t.Add("-", string(c.Status)+": "+v.what(c), "-", day(c.CreatedAt))
	}
	return t
}

// what says what a change does: "return requested: 2 × Mug".
func (v *orderView) what(c shownChange) string {
	var parts []string
	last := ""
	for _, a := range c.Actions {
		verb, object := v.says(a)
		if verb == last && object != "" {
			parts[len(parts)-1] += ", " + object
			continue
		}
		if last = verb; object != "" {
			verb += ": " + object
		}
		parts = append(parts, verb)
	}
	kind := strings.ReplaceAll(c.Type, "_", " ")
	text := strings.Join(parts, "; ")
	switch order.ChangeType(c.Type) {
	case order.ChangeEdit, order.ChangeClaim, order.ChangeExchange:
		text = strings.TrimSuffix(kind+": "+text, ": ")
	}
	return show.OneLine(cmp.Or(text, kind, "nothing"))
}

// verbs say what the types of action do to a quantity of an item.
var verbs = map[order.ActionType]string{
	order.ItemAdd: "added", order.ItemRemove: "removed", order.FulfillItem: "fulfilled", order.CancelItemFulfillment: "fulfillment canceled",
	order.ShipItem: "shipped", order.DeliverItem: "delivered", order.ReturnItemAction: "return requested", order.CancelReturnItem: "return canceled",
	order.ReceiveReturnItem: "return received", order.ReceiveDamagedReturnItem: "return received damaged",
	order.WriteOffItem: "written off", order.ReinstateItem: "reinstated",
}

// says returns what an action does, and to what.
func (v *orderView) says(a shownAction) (verb, object string) {
	d, amount := a.Details, ""
	if a.Amount != nil {
		amount = v.Order.amount(*a.Amount)
	}
	name := v.name(cmp.Or(d.ReferenceID, a.ReferenceID))
	if verb := verbs[a.Action]; verb != "" {
		if d.Quantity != nil {
			name = d.Quantity.String() + " × " + name
		}
		return verb, name
	}
	switch a.Action {
	case order.ItemUpdate:
		return "updated", v.updated(name, d)
	case order.ShippingAdd:
		return "shipping added", strings.TrimSpace(name + " " + amount)
	case order.ShippingUpdate:
		return "shipping updated", name
	case order.ShippingRemove:
		return "shipping removed", name
	case order.CreditLineAdd:
		return "credit added", amount
	case order.PromotionAdd:
		return "promotion added", name
	case order.PromotionRemove:
		return "promotion removed", name
	case order.TransferCustomer:
		return "given to customer", a.ReferenceID
	case order.UpdateOrderProperties:
		return "updated", d.Type + " from " + plain(d.Old) + " to " + plain(d.New)
	}
	return strings.ToLower(strings.ReplaceAll(string(a.Action), "_", " ")), name
}

// updated says how an item was updated.
func (v *orderView) updated(name string, d order.Details) string {
	if d.Quantity != nil {
		name += " to " + d.Quantity.String()
	}
	if d.UnitPrice != nil {
		name += " at " + v.Order.amount(*d.UnitPrice)
	}
	return name
}

// name returns the name of a line or a shipping method, or else the id.
func (v *orderView) name(id string) string { return cmp.Or(v.names[id], id) }

// plain returns a JSON value as text: that of a string without quotes.
func plain(b []byte) string {
	var text string
	if json.Unmarshal(b, &text) == nil && text != "" {
		return text
	}
	return cmp.Or(string(b), "nothing")
}
