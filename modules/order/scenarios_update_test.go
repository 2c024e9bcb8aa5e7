package order_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

func updated(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.Email = new("a@example.com")
	w := place(t, d, o)
	ctx := t.Context()
	w.ok(w.UpdateOrder(ctx, w.id, "user_1", order.Update{Columns: module.Patch{"email": "b@example.com", "metadata": map[string]any{"a": "1"}, "locale": nil}}))
	w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"status": "completed"}}), fault.InvalidData, "order.status", "email")
	changes, err := w.Changes.List(ctx, module.Where{"order_id": w.id}, module.Page{Order: []string{"id"}})
	w.ok(err)
	if len(changes) != 2 {
		t.Fatalf("%d changes are recorded, want 2", len(changes))
	}
	actions, err := w.ChangeActions.List(ctx, module.Where{"order_change_id": changes[0].ID}, module.Page{})
	w.ok(err)
	if c := changes[0]; *c.ChangeType != "update_order" || c.Status != order.ChangeConfirmed || c.Version != 1 || *c.ConfirmedBy != "user_1" {
		t.Errorf("the change is %+v", c)
	}
	if a := actions[0]; a.Action != order.UpdateOrderProperties || !sameJSON(a.Details, `{"type":"email","old":"a@example.com","new":"b@example.com"}`) {
		t.Errorf("the action is %s %s", a.Action, a.Details)
	}
	w.see("v1 T 121 S[121,121,0,0,0,0,121]")

	w.ok(w.UpdateOrder(ctx, w.id, "user_1", order.Update{ShippingAddress: module.Patch{"city": "Lyon", "country_code": "fr", "metadata": map[string]any{"door": "2"}}}))
	first := w.addressed()
	w.ok(w.UpdateOrder(ctx, w.id, "user_1", order.Update{ShippingAddress: module.Patch{"city": "Nantes", "country_code": "FR"}}))
	w.ok(w.UpdateOrder(ctx, w.id, "user_1", order.Update{ShippingAddress: module.Patch{"city": "Nantes"}})) // nothing is new
	second := w.addressed()
	if first.ID == second.ID || *first.City != "Lyon" || *second.City != "Nantes" || *second.CountryCode != "fr" || !sameJSON(second.Metadata, `{"door":"2"}`) {
		t.Errorf("the address was %+v, and is %+v", first, second)
	}
	w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"email": "c@example.com"}, ShippingAddress: module.Patch{"country_code": "de"}}), fault.InvalidData, "Country code", "fr")
	changes, err = w.Changes.List(ctx, module.Where{"order_id": w.id}, module.Page{Order: []string{"id"}})
	w.ok(err)
	if len(changes) != 4 {
		t.Errorf("%d changes are recorded, want 4", len(changes))
	}
	actions, err = w.ChangeActions.List(ctx, module.Where{"order_change_id": changes[3].ID}, module.Page{})
	w.ok(err)
	var told struct {
		Type     string
		Old, New order.Address
	}
	if err := json.Unmarshal(actions[0].Details, &told); err != nil || told.Type != "shipping_address" || *told.Old.City != "Lyon" || *told.New.City != "Nantes" {
		t.Errorf("the action tells %s: %v", actions[0].Details, err)
	}
	w.see("v1 T 121 S[121,121,0,0,0,0,121]")
}

// addressed returns the address that the order is shipped to.
func (w *world) addressed() *order.Address {
	w.Helper()
	o, err := w.Orders.Retrieve(w.Context(), w.id)
	w.ok(err)
	a, err := w.Addresses.Retrieve(w.Context(), *o.ShippingAddressID)
	w.ok(err)
	return a
}
