package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// basket returns an order of three lines with two addresses and a shipping method.
func basket() *order.Order {
	address := func() *order.Address {
		return &order.Address{FirstName: new("Ada"), Address1: new("Main Street 1"), City: new("Ghent"), PostalCode: new("9000"), CountryCode: new("be")}
	}
	o := &order.Order{
		CurrencyCode: "eur", Email: new("ada@example.com"), RegionID: new("reg_1"), SalesChannelID: new("sc_1"),
		ShippingAddress: address(), BillingAddress: address(),
		ShippingMethods: []*order.Shipping{{ShippingMethod: &order.ShippingMethod{Name: "Standard", Amount: money.MustParse("4.99")}}},
	}
	for i := range 3 {
		o.Items = append(o.Items, &order.Item{Quantity: money.Int(int64(i + 1)), Item: &order.LineItem{
			Title: "Shirt", Subtitle: new("M / Black"), ProductID: new("prod_1"), VariantID: new("variant_1"),
			VariantSKU: new("SHIRT-M-BLACK"), UnitPrice: money.MustParse("19.99"),
		}})
	}
	return o
}

func baskets() []*order.Order {
	all := make([]*order.Order, 100)
	for i := range all {
		all[i] = basket()
	}
	return all
}

// orderCase creates 100 orders at a time, with the service and all its rules, and with
// hand-written inserts of the same rows. Both are rolled back.
func orderCase(s *shop) *pair {
	undone := func(write func(ctx context.Context, all []*order.Order) error) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			all := baskets()
			return s.undone(ctx, func(ctx context.Context) error { return write(ctx, all) })
		}
	}
	return &pair{
		name: "order create, batch of 100", bar: 1.6,
		ours:  undone(func(ctx context.Context, all []*order.Order) error { return s.Order.Orders.Create(ctx, all...) }),
		hands: []func(ctx context.Context) error{undone(func(ctx context.Context, all []*order.Order) error { return insertByHand(ctx, s.DB(), all) })},
	}
}

// byHand is one multi-row insert.
type byHand struct {
	table, columns string
	args           []any
}

func insertByHand(ctx context.Context, d db.DB, all []*order.Order) error {
	numbers, err := d.Dialect().Numbers(ctx, db.Use(ctx, d), "order", "display_id", len(all))
	if err != nil {
		return err
	}
	for _, i := range rowsByHand(all, numbers) {
		width := strings.Count(i.columns, ",") + 1
		var q strings.Builder
		q.WriteString("INSERT INTO " + d.Dialect().Quote(i.table) + " (" + i.columns + ", created_at, updated_at) VALUES ")
		now, arg := time.Now(), 0
		var args []any
		for row := range len(i.args) / width {
			args = append(append(args, i.args[row*width:(row+1)*width]...), now, now)
			for column := range width + 2 {
				switch {
				case column > 0:
					q.WriteByte(',')
				case row > 0:
					q.WriteString(",(")
				default:
					q.WriteByte('(')
				}
				arg++
				q.WriteString(d.Dialect().InOrder(arg))
			}
			q.WriteByte(')')
		}
		if _, err := db.Use(ctx, d).Exec(ctx, q.String(), args...); err != nil {
			return err
		}
	}
	return nil
}

func rowsByHand(all []*order.Order, numbers []int64) []byHand {
	addresses := byHand{table: "order_address", columns: "id, first_name, address_1, city, postal_code, country_code"}
	orders := byHand{table: "order", columns: "id, display_id, version, status, is_draft_order, email, region_id, sales_channel_id, currency_code, shipping_address_id, billing_address_id"}
	lines := byHand{table: "order_line_item", columns: "id, title, subtitle, product_id, variant_id, variant_sku, unit_price, requires_shipping, is_giftcard, is_discountable, is_tax_inclusive, is_custom_price"}
	items := byHand{table: "order_item", columns: "id, version, quantity, fulfilled_quantity, delivered_quantity, shipped_quantity, return_requested_quantity, return_received_quantity, return_dismissed_quantity, written_off_quantity, order_id, item_id"}
	methods := byHand{table: "order_shipping_method", columns: "id, name, amount, is_tax_inclusive, is_custom_amount"}
	shippings := byHand{table: "order_shipping", columns: "id, version, order_id, shipping_method_id"}
	summaries := byHand{table: "order_summary", columns: "id, version, totals, order_id"}
	placed := figuresOf(all[0])
	for _, w := range []struct {
		rows *byHand
		of   []string
	}{{&orders, orderFigures}, {&items, itemFigures}, {&shippings, chargeFigures}, {&summaries, orderFigures}} {
		w.rows.columns += ", " + strings.Join(w.of, ", ")
	}
	for n, o := range all {
		id, to, from, method := model.NewID("order"), model.NewID("ordaddr"), model.NewID("ordaddr"), model.NewID("ordsm")
		for i, a := range []*order.Address{o.ShippingAddress, o.BillingAddress} {
			addresses.args = append(addresses.args, []string{to, from}[i], *a.FirstName, *a.Address1, *a.City, *a.PostalCode, *a.CountryCode)
		}
		orders.args = append(orders.args, id, numbers[n], 1, "pending", false, *o.Email, *o.RegionID, *o.SalesChannelID, o.CurrencyCode, to, from)
		orders.args = append(orders.args, placed.order...)
		for at, i := range o.Items {
			l, line := i.Item, model.NewID("ordli")
			lines.args = append(lines.args, line, l.Title, *l.Subtitle, *l.ProductID, *l.VariantID, *l.VariantSKU, l.UnitPrice, true, false, true, false, false)
			items.args = append(items.args, model.NewID("orditem"), 1, i.Quantity, money.Zero, money.Zero, money.Zero, money.Zero, money.Zero, money.Zero, money.Zero, id, line)
			items.args = append(items.args, placed.items[at]...)
		}
		m := o.ShippingMethods[0].ShippingMethod
		methods.args = append(methods.args, method, m.Name, m.Amount, false, false)
		shippings.args = append(shippings.args, model.NewID("ordspmv"), 1, id, method)
		shippings.args = append(shippings.args, placed.shipping...)
		summaries.args = append(summaries.args, model.NewID("ordsum"), 1, model.RawJSON(`{"current_order_total":124.93,"original_order_total":124.93}`), id)
		summaries.args = append(summaries.args, placed.order...)
	}
	return []byHand{addresses, orders, lines, items, methods, shippings, summaries}
}

// The columns of totals.
var (
	orderFigures  = model.Names[totals.Order]()
	chargeFigures = model.Names[totals.Charge]()
	itemFigures   = slices.Concat(chargeFigures, model.Names[totals.Progress](), model.Names[totals.Refundable]())
)

// figures are the values of these columns for an order and its rows.
type figures struct {
	order, shipping []any
	items           [][]any
}

// figuresOf computes the totals of a new order, once for all that are like it: the cost
// of the arithmetic is not part of the yardstick.
func figuresOf(o *order.Order) (out figures) {
	lines, methods := totals.Input{}, o.ShippingMethods
	for _, i := range o.Items {
		lines.Items = append(lines.Items, totals.Line{UnitPrice: i.Item.UnitPrice, Quantity: i.Quantity})
	}
	for _, m := range methods {
		lines.Methods = append(lines.Methods, totals.Line{UnitPrice: m.ShippingMethod.Amount, Quantity: money.Int(1)})
	}
	t := totals.Of(lines, totals.Exact)
	out.order, out.shipping = amountsOf(t.Order, orderFigures), amountsOf(t.Methods[0].Charge, chargeFigures)
	for _, i := range t.Items {
		out.items = append(out.items, amountsOf(struct {
			totals.Charge
			totals.Progress
			totals.Refundable
		}{i.Charge, i.Progress, i.Refundable}, itemFigures))
	}
	return out
}

// amountsOf returns the amounts of a struct by their names.
func amountsOf(v any, names []string) []any {
	var amounts map[string]money.Amount
	if b, err := json.Marshal(v); err != nil || json.Unmarshal(b, &amounts) != nil {
		panic("bench: totals are no amounts")
	}
	out := make([]any, len(names))
	for i, name := range names {
		out[i] = amounts[name]
	}
	return out
}
