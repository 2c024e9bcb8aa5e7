package order_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

func edge(t *testing.T, m *model.Model, name string) *model.Edge {
	t.Helper()
	g, err := model.NewGraph(module.Models(order.Module)...)
	if err != nil {
		t.Fatal(err)
	}
	e := g.Edge(m, name)
	if e == nil {
		t.Fatalf("%s has no edge %s", m, name)
	}
	return e
}

// fields returns the fields of an overlay, as "name: hop.column or fallback".
func fields(o *model.Overlay) []string {
	var out []string
	for _, f := range o.Fields {
		if f.Field.Kind == model.Decimal && strings.HasSuffix(f.Field.Name, "total") || strings.HasPrefix(f.Field.Name, "refundable") {
			continue // totals have a test of their own
		}
		s := f.Field.Name + ": " + string(rune('0'+f.Hop)) + "." + f.Column
		if f.Fallback != "" {
			s += " or " + f.Fallback
		}
		out = append(out, s)
	}
	return out
}

// These tests do not run in parallel, since each builds a graph of the same models.

func TestItemsShowTheirVersion(t *testing.T) {
	e := edge(t, order.Orders, "items")
	want := []string{
		"quantity: 0.quantity",
		"unit_price: 0.unit_price or unit_price",
		"compare_at_unit_price: 0.compare_at_unit_price or compare_at_unit_price",
		"metadata: 0.metadata or metadata",
		"line_item_metadata: 1.metadata",
	}
	if diff := cmp.Diff(want, fields(e.Overlay)); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if e.To != order.LineItems || e.Overlay.Row != "detail" || e.Hops[e.Overlay.RowHop].Model != order.Items {
		t.Errorf("items lead to %s, with %s from hop %d", e.To, e.Overlay.Row, e.Overlay.RowHop)
	}
}

func TestShippingMethodsShowWhatPlacedThem(t *testing.T) {
	for _, m := range []*model.Model{order.Orders, order.Returns, order.Claims, order.Exchanges} {
		e := edge(t, m, "shipping_methods")
		if e.To != order.ShippingMethods || e.Overlay.Row != "detail" {
			t.Errorf("%s: shipping methods lead to %s, with %s", m, e.To, e.Overlay.Row)
		}
		for _, f := range e.Overlay.Fields {
			if !slices.Contains([]string{"order_id", "amount"}, f.Field.Name) && !strings.HasSuffix(f.Field.Name, "total") || e.Hops[f.Hop].Model != order.Shippings {
				t.Errorf("%s: %s comes from %s", m, f.Field.Name, e.Hops[f.Hop].Model)
			}
		}
		if placed := e.Hops[e.Overlay.RowHop].Model; placed != order.Shippings {
			t.Errorf("%s: the detail is a row of %s", m, placed)
		}
	}
}

// Adjustments are those of the version in which their line was reached: the hop in
// the condition has the version.
func TestAdjustmentsAreOfTheVersion(t *testing.T) {
	for _, c := range []struct {
		from, by, placed, to *model.Model
		name                 string
	}{
		{order.Orders, order.LineItems, order.Items, order.LineItemAdjustments, "items"},
		{order.Orders, order.ShippingMethods, order.Shippings, order.ShippingMethodAdjustments, "shipping_methods"},
		{order.Claims, order.ShippingMethods, order.Shippings, order.ShippingMethodAdjustments, "shipping_methods"},
	} {
		e := edge(t, c.from, c.name)
		if len(e.Overlay.Edges) != 1 {
			t.Fatalf("%s of %s has %d edges of its own", c.name, c.from, len(e.Overlay.Edges))
		}
		inner := e.Overlay.Edges[0]
		if inner.Name != "adjustments" || inner.From != c.by || inner.To != c.to || !inner.Many {
			t.Errorf("%s of %s: edge %s from %s to %s", c.name, c.from, inner.Name, inner.From, inner.To)
		}
		var versioned bool
		for _, on := range inner.Hops[0].On {
			if hop, ok := model.ArrivalHop(on.Row); ok && on.Column == "version" && on.Of == "version" {
				versioned = e.Hops[hop].Model == c.placed
			}
		}
		if !versioned {
			t.Errorf("adjustments of %s of %s are not those of the version of %s", c.name, c.from, c.placed)
		}
	}
}

// A query as of a version replaces only the version of the order.
func TestAsOfVersion(t *testing.T) {
	want := map[string]bool{"items": true, "shipping_methods": true, "summary": true, "credit_lines": true, "transactions": false, "returns": false}
	for name, versioned := range want {
		var asOf bool
		for _, hop := range edge(t, order.Orders, name).Hops {
			for _, on := range hop.On {
				if on.AsOf && (on.Column != "version" || on.Row != model.FromRow) {
					t.Errorf("%s: %s is as of a version", name, on.Column)
				}
				asOf = asOf || on.AsOf
			}
		}
		if asOf != versioned {
			t.Errorf("order.%s is as of a version: %v, want %v", name, asOf, versioned)
		}
	}
}
