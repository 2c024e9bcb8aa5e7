package order

import "github.com/gorgon-commerce/gorgon/model"

// The edges below select the rows of one version of an order. A foreign key alone
// would find the rows of all versions.

// orderEdges returns the edges from an order to the rows of its version.
func orderEdges() []*model.Edge {
	return []*model.Edge{
		{Name: "summary", Hops: []model.Hop{inForce(Summaries)}, Content: "totals"},
		orderItems(),
		{
			Name:    "shipping_methods",
			Many:    true,
			Hops:    []model.Hop{inForce(Shippings), byKey(ShippingMethods, 0, "shipping_method_id")},
			Overlay: methodOverlay(0),
		},
		{Name: "credit_lines", Many: true, Hops: []model.Hop{inForce(CreditLines)}},
	}
}

// orderItems returns the edge to the line items of an order. Each has the quantity
// of its Item, and the Item's price and metadata instead of its own if they are set.
// The whole Item is its detail.
func orderItems() *model.Edge {
	return &model.Edge{
		Name: "items",
		Many: true,
		Hops: []model.Hop{inForce(Items), byKey(LineItems, 0, "item_id")},
		Overlay: &model.Overlay{
			Fields: append([]model.OverlayField{
				{Field: &model.Field{Name: "quantity", Kind: model.Decimal}, Hop: 0, Column: "quantity"},
				{Field: &model.Field{Name: "unit_price", Kind: model.Decimal}, Hop: 0, Column: "unit_price", Fallback: "unit_price"},
				{Field: &model.Field{Name: "compare_at_unit_price", Kind: model.Decimal, Null: true}, Hop: 0, Column: "compare_at_unit_price", Fallback: "compare_at_unit_price"},
				{Field: &model.Field{Name: "metadata", Kind: model.JSON, Null: true}, Hop: 0, Column: "metadata", Fallback: "metadata"},
				{Field: &model.Field{Name: "line_item_metadata", Kind: model.JSON, Null: true}, Hop: 1, Column: "metadata"},
			}, totalsOf(Items, 0, itemTotals)...),
			Row:    "detail",
			RowHop: 0,
			Edges:  []*model.Edge{adjustments(LineItems, LineItemAdjustments, "item_id", 0)},
		},
	}
}

// shippingMethodsBy returns the edge from a return, claim or exchange to the
// shipping methods that were added for it and are in the version in force. column is
// the column of Shipping that refers to the record.
func shippingMethodsBy(column string) *model.Edge {
	return &model.Edge{
		Name: "shipping_methods",
		Many: true,
		Hops: []model.Hop{
			byKey(Orders, model.FromRow, "order_id"),
			{Model: Shippings, On: []model.On{
				{Column: column, Row: model.FromRow, Of: "id"},
				{Column: "order_id", Row: 0, Of: "id"},
				{Column: "version", Row: 0, Of: "version"},
			}},
			byKey(ShippingMethods, 1, "shipping_method_id"),
		},
		Overlay: methodOverlay(1),
	}
}

// methodOverlay returns the overlay that adds to a shipping method the Shipping
// that places it, which is the row of hop.
func methodOverlay(hop int) *model.Overlay {
	return &model.Overlay{
		Fields: append([]model.OverlayField{
			{Field: &model.Field{Name: "order_id", Kind: model.Text}, Hop: hop, Column: "order_id"},
			{Field: &model.Field{Name: "amount", Kind: model.Decimal}, Hop: hop, Column: "amount", Fallback: "amount"},
		}, totalsOf(Shippings, hop, chargeTotals)...),
		Row:    "detail",
		RowHop: hop,
		Edges:  []*model.Edge{adjustments(ShippingMethods, ShippingMethodAdjustments, "shipping_method_id", hop)},
	}
}

// totalsOf returns the totals in the row of a hop, as fields of the record.
func totalsOf(m *model.Model, hop int, names []string) (out []model.OverlayField) {
	for _, name := range names {
		f := m.Field(name)
		out = append(out, model.OverlayField{Field: &model.Field{Name: name, Kind: f.Kind, Null: f.Null}, Hop: hop, Column: name})
	}
	return out
}

// adjustments returns the edge to the discounts of a line or method in the version
// in which it was reached, which is that of the row of hop.
func adjustments(from, to *model.Model, column string, hop int) *model.Edge {
	return &model.Edge{
		Name: "adjustments",
		From: from,
		To:   to,
		Many: true,
		Kind: model.Relation,
		Hops: []model.Hop{{Model: to, On: []model.On{
			{Column: column, Row: model.FromRow, Of: "id"},
			{Column: "version", Row: model.Arrival(hop), Of: "version"},
		}}},
	}
}

// detail returns the edge from an item of a return, claim or exchange to the Item of
// the same line in the version in force. column is the foreign key to the parent.
func detail(parent *model.Model, column string) *model.Edge {
	return &model.Edge{
		Name: "detail",
		Hops: []model.Hop{
			byKey(parent, model.FromRow, column),
			byKey(Orders, 0, "order_id"),
			{Model: Items, On: []model.On{
				{Column: "order_id", Row: 1, Of: "id"},
				{Column: "version", Row: 1, Of: "version"},
				{Column: "item_id", Row: model.FromRow, Of: "item_id"},
			}},
		},
	}
}

// inForce returns the hop to the rows of an order's version or, in a query as of
// another version, of that version.
func inForce(m *model.Model) model.Hop {
	return model.Hop{Model: m, On: []model.On{
		{Column: "order_id", Row: model.FromRow, Of: "id"},
		{Column: "version", Row: model.FromRow, Of: "version", AsOf: true},
	}}
}

// byKey returns the hop to the record whose id is in a column of an earlier row.
func byKey(m *model.Model, row int, column string) model.Hop {
	return model.Hop{Model: m, On: []model.On{{Column: "id", Row: row, Of: column}}}
}
