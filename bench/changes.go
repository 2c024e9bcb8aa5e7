package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/totals"
)

// editCase confirms an edit of three lines, with the service and with hand-written
// statements that read and write the same rows. Both are rolled back.
func editCase(ctx context.Context, s *shop) (*pair, error) {
	o := basket()
	if err := s.Order.Orders.Create(ctx, o); err != nil {
		return nil, err
	}
	c, err := s.Order.BeginEdit(ctx, order.NewChange{OrderID: o.ID})
	if err != nil {
		return nil, err
	}
	for n, i := range o.Items {
		if _, err := s.Order.UpdateItem(ctx, c.ID, i.ItemID, order.ItemPatch{Quantity: money.Int(int64(n + 3))}); err != nil {
			return nil, err
		}
	}
	return &pair{
		name: "confirm an edit of 3 lines", bar: 1.5,
		ours: func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error {
				_, err := s.Order.ConfirmChange(ctx, c.ID, "user_1")
				return err
			})
		},
		hands: []func(ctx context.Context) error{func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error { return confirmByHand(ctx, s.DB(), o.ID, c.ID) })
		}},
	}, nil
}

// statement runs a hand-written statement, in which ? is an argument.
func statement(ctx context.Context, d db.DB, sql string, args ...any) error {
	var q strings.Builder
	n := 0
	for _, r := range sql {
		if r != '?' {
			q.WriteRune(r)
			continue
		}
		n++
		q.WriteString(d.Dialect().InOrder(n))
	}
	if !strings.HasPrefix(sql, "SELECT") {
		_, err := db.Use(ctx, d).Exec(ctx, q.String(), args...)
		return err
	}
	rows, err := db.Use(ctx, d).Query(ctx, q.String(), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// confirmByHand reads an order with its open change and writes the next version. Indexes
// have live rows only, so each condition says that the rows are.
func confirmByHand(ctx context.Context, d db.DB, id, change string) error {
	lock := ""
	if d.Dialect().Name() == "postgres" {
		lock = " FOR NO KEY UPDATE"
	}
	for _, sql := range []string{
		`SELECT * FROM "order" WHERE id = ? AND deleted_at IS NULL` + lock,
		"SELECT i.*, l.* FROM order_item i JOIN order_line_item l ON l.id = i.item_id AND l.deleted_at IS NULL WHERE i.order_id = ? AND i.version = 1 AND i.deleted_at IS NULL",
		"SELECT t.* FROM order_item i JOIN order_line_item_tax_line t ON t.item_id = i.item_id AND t.deleted_at IS NULL WHERE i.order_id = ? AND i.version = 1 AND i.deleted_at IS NULL",
		"SELECT a.* FROM order_item i JOIN order_line_item_adjustment a ON a.item_id = i.item_id AND a.version = 1 AND a.deleted_at IS NULL WHERE i.order_id = ? AND i.version = 1 AND i.deleted_at IS NULL",
		"SELECT s.*, m.* FROM order_shipping s JOIN order_shipping_method m ON m.id = s.shipping_method_id AND m.deleted_at IS NULL WHERE s.order_id = ? AND s.version = 1 AND s.deleted_at IS NULL",
		"SELECT t.* FROM order_shipping s JOIN order_shipping_method_tax_line t ON t.shipping_method_id = s.shipping_method_id AND t.deleted_at IS NULL WHERE s.order_id = ? AND s.version = 1 AND s.deleted_at IS NULL",
		"SELECT a.* FROM order_shipping s JOIN order_shipping_method_adjustment a ON a.shipping_method_id = s.shipping_method_id AND a.version = 1 AND a.deleted_at IS NULL WHERE s.order_id = ? AND s.version = 1 AND s.deleted_at IS NULL",
		"SELECT * FROM order_credit_line WHERE order_id = ? AND version = 1 AND deleted_at IS NULL",
		"SELECT amount FROM order_transaction WHERE order_id = ? AND deleted_at IS NULL",
	} {
		if err := statement(ctx, d, sql, id); err != nil {
			return err
		}
	}
	for _, sql := range []string{"SELECT * FROM order_change WHERE id = ?", "SELECT * FROM order_change_action WHERE order_change_id = ? AND deleted_at IS NULL ORDER BY ordering"} {
		if err := statement(ctx, d, sql, change); err != nil {
			return err
		}
	}
	return writeByHand(ctx, d, id, change)
}

// writeByHand writes the second version of an order with three items.
func writeByHand(ctx context.Context, d db.DB, id, change string) error {
	now, amount := time.Now(), money.MustParse("179.91")
	itemTotals := append(model.Names[totals.Charge](), append(model.Names[totals.Progress](), model.Names[totals.Refundable]()...)...)
	orderTotals := model.Names[totals.Order]()
	var values []string
	var args []any
	for range 3 {
		args = append(args, model.NewID("orditem"), 2, money.Int(3), money.Zero, money.Zero, money.Zero, money.Zero, money.Zero, money.Zero, money.Zero, id, model.NewID("ordli"), now, now)
		for range itemTotals {
			args = append(args, amount)
		}
		values = append(values, "("+strings.Repeat("?,", 13+len(itemTotals))+"?)")
	}
	lines, err := db.Collect[string](ctx, db.Use(ctx, d), "SELECT item_id FROM order_item WHERE deleted_at IS NULL AND order_id = "+d.Dialect().Placeholder(1), id)
	if err != nil {
		return err
	}
	for n, line := range lines {
		args[n*(14+len(itemTotals))+11] = line
	}
	method, err := db.Collect[string](ctx, db.Use(ctx, d), "SELECT shipping_method_id FROM order_shipping WHERE deleted_at IS NULL AND order_id = "+d.Dialect().Placeholder(1), id)
	if err != nil || len(method) != 1 {
		return fmt.Errorf("%d shipping methods: %w", len(method), err)
	}
	if err := statement(ctx, d, "INSERT INTO order_item (id, version, quantity, fulfilled_quantity, delivered_quantity, shipped_quantity, return_requested_quantity, return_received_quantity, return_dismissed_quantity, written_off_quantity, order_id, item_id, created_at, updated_at, "+
		strings.Join(itemTotals, ", ")+") VALUES "+strings.Join(values, ","), args...); err != nil {
		return err
	}
	charges := model.Names[totals.Charge]()
	placed := []any{model.NewID("ordspmv"), 2, id, method[0], now, now}
	for range charges {
		placed = append(placed, amount)
	}
	summary := []any{model.NewID("ordsum"), 2, model.RawJSON(`{"current_order_total":179.91,"original_order_total":124.93}`), id, now, now}
	var set []string
	var figures []any
	for _, name := range orderTotals {
		summary, figures, set = append(summary, amount), append(figures, amount), append(set, name+" = ?")
	}
	for _, w := range []struct {
		sql  string
		args []any
	}{
		{"INSERT INTO order_shipping (id, version, order_id, shipping_method_id, created_at, updated_at, " + strings.Join(charges, ", ") + ") VALUES (" + strings.Repeat("?,", 5+len(charges)) + "?)", placed},
		{"INSERT INTO order_summary (id, version, totals, order_id, created_at, updated_at, " + strings.Join(orderTotals, ", ") + ") VALUES (" + strings.Repeat("?,", 5+len(orderTotals)) + "?)", summary},
		{`UPDATE "order" SET version = 2, updated_at = ?, ` + strings.Join(set, ", ") + " WHERE id = ?", append(append([]any{now}, figures...), id)},
		{"UPDATE order_change_action SET applied = true, updated_at = ? WHERE order_change_id = ? AND deleted_at IS NULL", []any{now, change}},
		{"UPDATE order_change SET status = 'confirmed', confirmed_at = ?, confirmed_by = 'user_1', updated_at = ? WHERE id = ?", []any{now, now, change}},
	} {
		if err := statement(ctx, d, w.sql, w.args...); err != nil {
			return err
		}
	}
	return nil
}

// orderPaths lead to the records of an order that GET /admin/orders/{id} answers.
var orderPaths = []string{
	"", "shipping_address.", "billing_address.", "credit_lines.",
	"items.", "items.tax_lines.", "items.adjustments.", "items.variant.", "items.variant.product.", "items.detail.",
	"shipping_methods.", "shipping_methods.tax_lines.", "shipping_methods.adjustments.",
	"payment_collections.", "payment_collections.payments.", "payment_collections.payments.refunds.", "payment_collections.payments.captures.",
}

// totalsCase reads an order with every column of these records, beside the same without
// totals.
func totalsCase(s *shop) (*pair, error) {
	stored := slices.Concat(model.Names[totals.Order](), model.Names[totals.Charge](), model.Names[totals.Progress](), model.Names[totals.Refundable]())
	var all, without []string
	for _, path := range orderPaths {
		found, ok := s.Query.Lookup("order", path+"*")
		if !ok {
			return nil, fmt.Errorf("an order has no %s*", path)
		}
		for _, name := range found.Columns() {
			all = append(all, path+name)
			if !slices.Contains(stored, name) {
				without = append(without, path+name)
			}
		}
	}
	read := func(fields []string) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			_, err := s.Query.Graph(ctx, query.Request{Entity: "order", Fields: fields, Filters: query.Filters{"id": s.orderID}})
			return err
		}
	}
	return &pair{name: "one order with all totals, beside one without", bar: 1.1, ours: read(all), hands: []func(ctx context.Context) error{read(without)}}, nil
}
