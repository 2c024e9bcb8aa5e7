package order_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// breaches are statements that break a rule of the order of TestChecks, in version 4, and
// what is found then.
var breaches = []struct{ sql, found string }{
	{"UPDATE order_item SET fulfilled_quantity = '7' WHERE version = 4", "order_item.fulfilled_quantity are more than the quantity"},
	{"UPDATE order_item SET fulfilled_quantity = '7' WHERE version = 3", ""}, // not in force
	{"UPDATE order_item SET fulfilled_quantity = '60' WHERE version = 4", "order_item.fulfilled_quantity are more than the quantity"},
	{"UPDATE order_item SET shipped_quantity = '10' WHERE version = 4", "order_item.shipped_quantity are more than is fulfilled"},
	{"UPDATE order_item SET delivered_quantity = '6.5' WHERE version = 4", "order_item.delivered_quantity are more than is fulfilled"},
	{"UPDATE order_item SET return_received_quantity = '3', return_dismissed_quantity = '2' WHERE version = 4", "order_item.return_requested_quantity are, with what was received and dismissed, more than is fulfilled"},
	{"UPDATE order_item SET return_received_quantity = '2', return_dismissed_quantity = '2' WHERE version = 4", ""},
	{"UPDATE order_item SET written_off_quantity = '7' WHERE version = 4", "order_item.written_off_quantity are more than the quantity"},
	{"UPDATE order_item SET return_dismissed_quantity = '-1' WHERE version = 4", "order_item.quantity or a counter are negative"},
	{"UPDATE order_item SET version = 5 WHERE version = 1; UPDATE order_line_item_adjustment SET version = 5 WHERE version = 1", "order_item.version are later than the version of the order"},
	{"UPDATE order_shipping SET version = 6 WHERE version = 1; UPDATE order_shipping_method_adjustment SET version = 6 WHERE version = 1", "order_shipping.version are later than the version of the order"},
	{"UPDATE order_shipping SET version = 5 WHERE version = 1; UPDATE order_shipping_method_adjustment SET version = 5 WHERE version = 1", ""}, // a change is open
	{"UPDATE order_shipping SET version = 5 WHERE version = 1; UPDATE order_shipping_method_adjustment SET version = 5 WHERE version = 1; UPDATE order_change SET status = 'declined' WHERE status = 'pending'", "order_shipping.version are later than the version of the order, order_change.declined_at do not agree with the status"},
	{"UPDATE order_credit_line SET version = 5 WHERE version = 3", "order_credit_line.version are later than the version of the order"},
	{"DELETE FROM order_item WHERE version = 1; DELETE FROM order_line_item_adjustment WHERE version = 1; UPDATE order_summary SET version = 5 WHERE version = 1", "order_summary.version are later than the version of the order, order_change.version are of a version that is missing, or that the one before it is"},
	{"UPDATE order_transaction SET version = 5", "order_transaction.version are later than the version of the order"},
	{"UPDATE order_line_item_adjustment SET version = 9 WHERE version = 1", "order_line_item_adjustment.version are of a version that the line is not in"},
	{"UPDATE order_shipping_method_adjustment SET version = 9 WHERE version = 1", "order_shipping_method_adjustment.version are of a version that the method is not in"},
	{"UPDATE order_summary SET deleted_at = created_at WHERE version = 4", "order.version have no summary, order_change.version are of a version that is missing, or that the one before it is"},
	{"UPDATE order_change SET status = 'requested' WHERE status = 'declined'", "order_change.status are open beside another open change of the order, order_change.declined_at do not agree with the status"},
	{"UPDATE order_change SET version = 9 WHERE version = 2", "order_summary.version were made by no confirmed change"},
	{"UPDATE order_change SET status = 'canceled' WHERE version = 3", "order_summary.version were made by no confirmed change, order_change.confirmed_at do not agree with the status, order_change.canceled_at do not agree with the status"},
	{"UPDATE order_summary SET deleted_at = created_at WHERE version = 2", "order_item.version are of a version without a summary, order_change.version are of a version that is missing, or that the one before it is"},
	{"UPDATE order_item SET version = 4 WHERE version = 3; UPDATE order_line_item_adjustment SET version = 4 WHERE version = 3", "order_item.item_id are twice in a version"},
	{"UPDATE order_shipping SET version = 4 WHERE version = 3; UPDATE order_shipping_method_adjustment SET version = 4 WHERE version = 3", "order_shipping.shipping_method_id are twice in a version"},
	{"DELETE FROM order_item WHERE version = 3; DELETE FROM order_line_item_adjustment WHERE version = 3; UPDATE order_summary SET version = 4 WHERE version = 3", "order_summary.version are of a version that has another, order_change.version are of a version that is missing, or that the one before it is"},
	{`UPDATE "order" SET canceled_at = created_at`, "order.canceled_at do not agree with the status"},
	{`UPDATE "order" SET status = 'canceled'`, "order.canceled_at do not agree with the status"},
	{`UPDATE "order" SET status = 'archived', canceled_at = created_at`, ""}, // it was canceled before
	{`UPDATE "return" SET canceled_at = created_at`, "return.canceled_at do not agree with the status"},
	{`INSERT INTO order_claim (id, display_id, order_id, order_version, type, return_id, created_at, updated_at) SELECT 'claim_x', 1, order_id, 1, 'refund', id, created_at, updated_at FROM "return"`, "order_claim.return_id are returns of something else"},
	{`INSERT INTO order_exchange (id, display_id, order_id, order_version, return_id, created_at, updated_at) SELECT 'exchange_x', 1, order_id, 1, id, created_at, updated_at FROM "return"`, "order_exchange.return_id are returns of something else"},
	{`UPDATE order_shipping SET return_id = (SELECT id FROM "return"); UPDATE "return" SET order_id = 'order_x'`, "order_shipping.return_id are returns of another order"},
	{`INSERT INTO order_claim (id, display_id, order_id, order_version, type, created_at, updated_at) SELECT 'claim_x', 1, 'order_x', 1, 'refund', created_at, updated_at FROM "return"; UPDATE order_shipping SET claim_id = 'claim_x'`, "order_shipping.claim_id are claims of another order"},
	{`INSERT INTO order_exchange (id, display_id, order_id, order_version, created_at, updated_at) SELECT 'exchange_x', 1, 'order_x', 1, created_at, updated_at FROM "return"; UPDATE order_shipping SET exchange_id = 'exchange_x'`, "order_shipping.exchange_id are exchanges of another order"},
	{"UPDATE order_transaction SET currency_code = 'eur'", "order_transaction.currency_code are not that of the order"},
	{"UPDATE order_change SET status = 'declined' WHERE status = 'confirmed'", "order_summary.version were made by no confirmed change, order_change.confirmed_at do not agree with the status, order_change.declined_at do not agree with the status"},
	{"DELETE FROM order_item WHERE version = 2; DELETE FROM order_line_item_adjustment WHERE version = 2; DELETE FROM order_shipping WHERE version = 2; DELETE FROM order_shipping_method_adjustment WHERE version = 2; DELETE FROM order_summary WHERE version = 2", "order_change.version are of a version that is missing, or that the one before it is"},
	{"DELETE FROM order_change_action WHERE version = 3", "order_summary.version were made by no confirmed change"},
	{"UPDATE order_change SET version = 2 WHERE version = 3; UPDATE order_change_action SET version = 2 WHERE version = 3", "order_summary.version were made by no confirmed change, order_change.version are of a version that another change has made"},
	{"UPDATE order_change_action SET applied = false WHERE version = 3", "order_change_action.applied are false, and the change is confirmed"},
	{"UPDATE order_change SET confirmed_at = NULL", "order_change.confirmed_at do not agree with the status"},
	{"UPDATE order_change SET declined_at = created_at", "order_change.declined_at do not agree with the status"},
	{"UPDATE order_change SET canceled_at = created_at", "order_change.canceled_at do not agree with the status"},
	{"UPDATE order_change_action SET order_id = 'order_x'", "order_change_action.order_id are not that of the change"},
	{`UPDATE "return" SET requested_at = NULL`, "return.requested_at are missing"},
	{`UPDATE "return" SET status = 'received'`, "return.received_at are missing"},
	{"UPDATE return_item SET received_quantity = '1'", "return.status are requested, and something came back"},
	{`INSERT INTO order_claim (id, display_id, order_id, order_version, type, created_at, updated_at) SELECT 'claim_x', 1, order_id, 1, 'refund', created_at, updated_at FROM "return"; UPDATE "return" SET claim_id = 'claim_x'`, "order_claim.return_id are missing, and a return is of the claim"},
	{`INSERT INTO order_exchange (id, display_id, order_id, order_version, created_at, updated_at) SELECT 'exchange_x', 1, order_id, 1, created_at, updated_at FROM "return"; UPDATE "return" SET exchange_id = 'exchange_x'`, "order_exchange.return_id are missing, and a return is of the exchange"},
	{"DELETE FROM order_change_action; DELETE FROM order_change", ""}, // imported orders may have none
	{"UPDATE return_item SET received_quantity = '3'", "return.status are requested, and something came back, return_item.received_quantity are more than the quantity"},
}

// TestChecks breaks every rule that verify knows of orders, and undoes it again.
func TestChecks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		o := taxed(6, 0)
		o.Items = []*order.Item{line{price: "100", quantity: "6", rates: []string{"10"}, discount: "0"}.item()}
		o.ShippingMethods = []*order.Shipping{line{price: "10", rates: []string{"10"}, discount: "0"}.method()}
		w := place(t, d, o).fulfilled("600")
		w.do(w.AddCredit(t.Context(), w.id, "", order.Credit{Amount: money.Int(10)}))
		w.returns(2, "")
		for _, close := range []bool{true, false} {
			c, err := w.BeginEdit(t.Context(), order.NewChange{OrderID: w.id})
			w.ok(err)
			if close {
				w.ok(declineChange(w, c.ID))
			}
		}
		if found := moduletest.Broken(t.Context(), t, d, order.Module); found != "" {
			t.Fatalf("an order without faults has %s", found)
		}
		tried := ""
		for _, b := range breaches {
			tried += b.found + "\n"
			if found := moduletest.Breach(t, d, order.Module, b.sql); found != b.found {
				t.Errorf("%s: found %q, want %q", b.sql, found, b.found)
			}
		}
		for _, c := range order.Module.Checks {
			if name := c.Model.Table + "." + c.Column + " " + c.Wrong; !strings.Contains(tried, name) {
				t.Errorf("the rule is not broken: %s", name)
			}
		}
	})
}
