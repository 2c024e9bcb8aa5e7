package order_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// What was counted is compared with the changes and the returns that counted it. A repair
// leaves it, and computes totals as before.
func TestHistoryIsCompared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		o := taxed(4, 0)
		o.Items[0].Item.Adjustments = []*order.LineItemAdjustment{{Amount: money.Int(0)}}
		o.ShippingMethods[0].ShippingMethod.Adjustments = []*order.ShippingMethodAdjustment{{Amount: money.Int(0)}}
		w := place(t, d, o).fulfilled("451")
		ctx := t.Context()
		r := w.returns(2, "7")
		w.receives(r, 1)
		w.do(w.AddCredit(ctx, w.id, "", order.Credit{Amount: money.Int(-3)}))
		w.sound()
		for _, c := range []struct{ sql, model, column string }{
			{"UPDATE order_item SET delivered_quantity = '2' WHERE version = 5", "order_item", "delivered_quantity"},
			{"UPDATE order_item SET unit_price = '99' WHERE version = 4", "order_item", "unit_price"},
			{"UPDATE order_item SET return_received_quantity = '0', return_requested_quantity = '2' WHERE version IN (4, 5)", "order_item", "return_received_quantity"},
			{"UPDATE return_item SET received_quantity = '2'", "order_item", "return_requested_quantity"},
			{`UPDATE "return" SET status = 'received'`, "return", "status"},
			{"UPDATE order_summary SET totals = " + replaced(d, `"original_order_total":348.7`, `"original_order_total":9999,"raw_original_order_total":{"value":"9999"}`) + " WHERE version = 5", "order_summary", "totals.original_order_total"},
			{"UPDATE order_shipping SET amount = '8' WHERE version = 4 AND return_id IS NOT NULL", "order_shipping", "amount"},
			{"UPDATE order_shipping SET deleted_at = created_at WHERE version = 5 AND return_id IS NOT NULL", "order_shipping_method", "version"},
			{"UPDATE order_item SET deleted_at = created_at WHERE version = 5", "order_line_item", "quantity of version 5"},
			{"UPDATE order_credit_line SET amount = '-4'", "order", "credit lines of version 5"},
			{"UPDATE order_item SET compare_at_unit_price = '120' WHERE version = 5", "order_item", "compare_at_unit_price"},
			{"UPDATE order_shipping SET return_id = NULL WHERE version = 5", "order_shipping", "return_id"},
			{"UPDATE order_line_item_adjustment SET amount = '20' WHERE version = 5", "order_item", "adjustments of version 5"},
			{"UPDATE order_line_item_adjustment SET deleted_at = created_at WHERE version = 4", "order_item", "adjustments of version 4"},
			{"UPDATE order_shipping_method_adjustment SET amount = '3' WHERE version = 5", "order_shipping", "adjustments of version 5"},
			{"UPDATE order_change_action SET details = " + replaced(d, `"quantity":1`, `"quantity":3`) + " WHERE action = 'RECEIVE_RETURN_ITEM'", "order_change", "version"},
		} {
			found := w.history(t, d, c.sql)
			if len(found) == 0 {
				t.Errorf("%s: nothing is found", c.sql)
				continue
			}
			for _, f := range found {
				if f.Model.Name == c.model && f.Column == c.column {
					found = nil
					break
				}
			}
			if found != nil {
				t.Errorf("%s: found %v, want %s.%s", c.sql, found, c.model, c.column)
			}
		}
		w.sound()
	})
}

// The items of claims and exchanges are compared with the changes that confirmed them.
func TestDealsAreCompared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		w := place(t, d, taxed(4, 0)).fulfilled("451")
		ctx := t.Context()
		claim := &order.Claim{OrderID: w.id, Type: order.ClaimReplace}
		c, err := w.BeginClaim(ctx, claim, order.NewChange{})
		w.ok(err)
		w.do(w.ClaimFaults(ctx, claim.ID, order.Fault{ItemID: w.lines[0], Quantity: money.Int(1)}))
		w.do(w.AddItems(ctx, c.ID, more(1, "0")))
		w.do(w.ConfirmClaim(ctx, claim.ID, ""))
		exchange := &order.Exchange{OrderID: w.id}
		c, err = w.BeginExchange(ctx, exchange, order.NewChange{})
		w.ok(err)
		w.do(w.ExchangeBack(ctx, exchange.ID, nil, w.back(0, 1)))
		w.do(w.AddItems(ctx, c.ID, more(2, "5")))
		w.do(w.ConfirmExchange(ctx, exchange.ID, ""))
		w.sound()
		for sql, model := range map[string]string{
			"UPDATE order_claim_item SET quantity = '3' WHERE is_additional_item = false": "order_claim",
			"UPDATE order_claim_item SET quantity = '3' WHERE is_additional_item = true":  "order_claim",
			"UPDATE order_claim_item SET deleted_at = created_at":                         "order_claim",
			"UPDATE order_exchange_item SET quantity = '777'":                             "order_exchange",
			"UPDATE order_exchange_item SET deleted_at = created_at":                      "order_exchange",
		} {
			found := w.history(t, d, sql)
			if len(found) == 0 || found[0].Model.Name != model || !strings.HasPrefix(found[0].Column, "quantity of item ordli_") {
				t.Errorf("%s: found %v", sql, found)
			}
		}
		for _, of := range []string{"claim_id", "exchange_id"} {
			found := w.history(t, d, `UPDATE order_change_action SET details = '{"quantity": "some"}' WHERE `+of+" IS NOT NULL")
			if !slices.ContainsFunc(found, func(f module.Wrong) bool { return f.Model.Name == "order_change" && f.Column == "actions" }) {
				t.Errorf("actions with an unreadable quantity, by %s: found %v", of, found)
			}
		}
	})
}

// replaced returns the expression of a JSON column in which one text takes the place of
// another.
func replaced(d db.DB, old, with string) string {
	column := "totals"
	if strings.Contains(old, "quantity") {
		column = "details"
	}
	if d.Dialect().Name() == "postgres" {
		spaced := strings.NewReplacer(`":`, `": `)
		return "REPLACE(" + column + "::text, '" + spaced.Replace(old) + "', '" + spaced.Replace(with) + "')::jsonb"
	}
	return "REPLACE(" + column + ", '" + old + "', '" + with + "')"
}

// history runs a statement, and returns what a comparison of the order's history finds
// then. The statement is undone.
func (w *world) history(t *testing.T, d db.DB, sql string) (found []module.Wrong) {
	t.Helper()
	undo := errors.New("undo")
	err := db.Do(t.Context(), d, func(ctx context.Context) error {
		if _, err := db.Use(ctx, d).Exec(ctx, sql); err != nil {
			return err
		}
		err := order.Recount(ctx, w.Service, w.id, func(f module.Wrong) {
			if !f.Kept {
				t.Errorf("%s.%s would be repaired", f.Model.Name, f.Column)
			}
			found = append(found, f)
		})
		return errors.Join(undo, err)
	})
	if !errors.Is(err, undo) {
		t.Fatal(sql, err)
	}
	return found
}
