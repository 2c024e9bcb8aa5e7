package gorgon_test

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/shop"
)

func blueprint(t *testing.T) (*shop.Blueprint, diagram.Diagram) {
	t.Helper()
	b, err := shop.Build(shop.Config{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := diagram.Around(b.Graph, b.Links, "order")
	if err != nil {
		t.Fatal(err)
	}
	return b, d
}

// The pictures in docs are those of the shop as it is.
func TestDiagramsInDocs(t *testing.T) {
	t.Parallel()
	b, around := blueprint(t)
	for file, want := range map[string]struct{ svg, command string }{
		"docs/links.svg": {around.SVG(), "go run ./cmd/gorgon links --around order --format svg > docs/links.svg"},
		"docs/map.svg":   {diagram.All(b.Graph, b.Links).SVG(), "go run ./cmd/gorgon links --format svg > docs/map.svg"},
	} {
		if got, err := os.ReadFile(file); err != nil || string(got) != want.svg {
			t.Errorf("%s is not what the shop looks like (%v); draw it again:\n%s", file, err, want.command)
		}
	}
}

// The links of orders are those that Medusa documents for its order module.
func TestDiagramAroundOrder(t *testing.T) {
	t.Parallel()
	_, d := blueprint(t)
	want := []string{
		"order.cart - cart.order, one to one, table order_cart",
		"order.customer - customer.orders, many to one, column customer_id",
		"order.fulfillments - fulfillment.order, one to many, table order_fulfillment",
		"order.payment_collections - payment_collection.order, one to many, table order_payment_collection",
		"order.promotions - promotion.orders, many to many, table order_promotion",
		"order.region - region.orders, many to one, column region_id",
		"order.sales_channel - sales_channel.orders, many to one, column sales_channel_id",
		"order_claim.payment_collections - payment_collection.claim, one to many, table order_claim_payment_collection",
		"order_exchange.payment_collections - payment_collection.exchange, one to many, table order_exchange_payment_collection",
		"order_line_item.product - product.order_items, many to one, column product_id",
		"order_line_item.variant - variant.order_items, many to one, column variant_id",
		"order_shipping_method.shipping_option - shipping_option., many to one, column shipping_option_id", // Gorgon's own
		"reservation_item.line_item - order_line_item.reservations, many to one, column line_item_id",
		"return.fulfillments - fulfillment.return, one to many, table return_fulfillment",
	}
	number := map[bool]string{true: "many", false: "one"}
	var got []string
	for _, l := range d.Lines {
		held := "table " + l.Table
		if l.Table == "" {
			held = "column " + l.Column
		}
		got = append(got, l.From+"."+l.Field+" - "+l.To+"."+l.Inverse+", "+number[l.FromMany]+" to "+number[l.ToMany]+", "+held)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var modules []string
	for _, a := range d.Areas {
		modules = append(modules, a.Module)
	}
	slices.Sort(modules)
	if diff := cmp.Diff([]string{"cart", "customer", "fulfillment", "inventory", "order", "payment", "product", "promotion", "region", "sales_channel"}, modules); diff != "" {
		t.Error(diff)
	}
}

// Every link of the shop is a line, and every model that queries know a box,
// except link tables and pivot tables.
func TestDiagramOfTheShop(t *testing.T) {
	t.Parallel()
	b, _ := blueprint(t)
	d := diagram.All(b.Graph, b.Links)
	links := 0
	for _, l := range d.Lines {
		if l.Kind != "relation" {
			links++
		}
	}
	if links != len(b.Links) {
		t.Errorf("%d lines are links; the shop has %d", links, len(b.Links))
	}
	for _, m := range b.Graph.Models() {
		boxed := slices.ContainsFunc(d.Boxes, func(x diagram.Box) bool { return x.Entity == link.EntityOf(m) && x.Module == m.Module })
		pivot := m.Go == nil || slices.Contains([]string{"customer_group_customer", "product_variant_product_image", "product_product_option_value"}, m.Name)
		if m.Module != "link" && boxed == pivot {
			t.Errorf("%s: has a box: %v", m, boxed)
		}
	}
}
