package querytest_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

func columns(name string, fields ...*model.Field) *model.Model {
	m := &model.Model{Name: name, Table: name, Entities: []string{name}, Key: []string{"id"}}
	for _, f := range append([]*model.Field{{Name: "id"}}, fields...) {
		m.AddField(f)
	}
	return m
}

func hop(m *model.Model, on ...model.On) model.Hop { return model.Hop{Model: m, On: on} }

// versioned returns an order at its second version. The first had two of item A; the
// second has three, and one of B at its own price. Discounts belong to an item's
// version.
func versioned(t *testing.T) *querytest.Fixture {
	t.Helper()
	integer, decimal := model.Int, model.Decimal
	order := columns("order", &model.Field{Name: "version", Kind: integer})
	line := columns("line", &model.Field{Name: "title"}, &model.Field{Name: "price", Kind: decimal})
	detail := columns("detail", &model.Field{Name: "order_id"}, &model.Field{Name: "line_id"}, &model.Field{Name: "version", Kind: integer},
		&model.Field{Name: "quantity", Kind: integer}, &model.Field{Name: "price", Kind: decimal, Null: true})
	discount := columns("discount", &model.Field{Name: "line_id"}, &model.Field{Name: "version", Kind: integer})
	summary := columns("summary", &model.Field{Name: "order_id"}, &model.Field{Name: "version", Kind: integer}, &model.Field{Name: "totals", Kind: model.JSON})
	g, err := model.NewGraph(order, line, detail, discount, summary)
	if err != nil {
		t.Fatal(err)
	}
	current := model.On{Column: "version", Row: model.FromRow, Of: "version", AsOf: true}
	ofOrder := model.On{Column: "order_id", Row: model.FromRow, Of: "id"}
	ofLine := model.On{Column: "line_id", Row: model.FromRow, Of: "id"}
	atVersion := hop(discount, ofLine, model.On{Column: "version", Row: model.Arrival(0), Of: "version"})
	for _, e := range []*model.Edge{
		{Name: "lines", From: order, To: line, Many: true, Kind: model.Relation,
			Hops: []model.Hop{hop(detail, ofOrder, current), hop(line, model.On{Column: "id", Row: 0, Of: "line_id"})},
			Overlay: &model.Overlay{
				Fields: []model.OverlayField{{Field: detail.Field("quantity"), Column: "quantity"}, {Field: line.Field("price"), Column: "price", Fallback: "price"}},
				Row:    "detail",
				Edges:  []*model.Edge{{Name: "discounts", From: line, To: discount, Many: true, Kind: model.Relation, Hops: []model.Hop{atVersion}}},
			}},
		{Name: "discounts", From: line, To: discount, Many: true, Kind: model.Relation, Hops: []model.Hop{hop(discount, ofLine)}},
		{Name: "summary", From: order, To: summary, Kind: model.Relation, Content: "totals", Hops: []model.Hop{hop(summary, ofOrder, current)}},
	} {
		if err := g.AddEdge(e); err != nil {
			t.Fatal(err)
		}
	}
	amount := money.MustParse
	return &querytest.Fixture{Graph: g, Data: querytest.Data{
		"order": {{"id": "o1", "version": int64(2)}},
		"line":  {{"id": "a", "title": "A", "price": amount("10")}, {"id": "b", "title": "B", "price": amount("20")}},
		"detail": {
			{"id": "d1", "order_id": "o1", "line_id": "a", "version": int64(1), "quantity": int64(2), "price": nil},
			{"id": "d2", "order_id": "o1", "line_id": "a", "version": int64(2), "quantity": int64(3), "price": nil},
			{"id": "d3", "order_id": "o1", "line_id": "b", "version": int64(2), "quantity": int64(1), "price": amount("15.5")},
		},
		"discount": {{"id": "x1", "line_id": "a", "version": int64(1)}, {"id": "x2", "line_id": "a", "version": int64(2)}, {"id": "x3", "line_id": "a", "version": int64(2)}},
		"summary": {
			{"id": "s1", "order_id": "o1", "version": int64(1), "totals": map[string]any{"paid": 5.0}},
			{"id": "s2", "order_id": "o1", "version": int64(2), "totals": map[string]any{"paid": 7.5}},
		},
	}}
}

func versionLines() []conformance {
	at := func(version int64, r query.Request) query.Request {
		r.Version = version
		return r
	}
	found := func(f query.Filters) query.Request { return filtered("order", f) }
	return []conformance{
		{line: "current", request: fields("order", "lines.id", "lines.quantity", "lines.price"),
			want: `[{"lines":[{"id":"a","quantity":3,"price":10},{"id":"b","quantity":1,"price":15.5}]}]`},
		{line: "as of", request: at(1, fields("order", "lines.id", "lines.quantity", "summary")), want: `[{"lines":[{"id":"a","quantity":2}],"summary":{"paid":5}}]`},
		{line: "never", request: at(9, fields("order", "lines.id", "summary")), want: `[{"lines":[],"summary":null}]`},
		{line: "all", request: at(1, fields("order", "lines.*")), want: `[{"lines":[{"id":"a","title":"A","quantity":2,"price":10,
			"detail":{"id":"d1","order_id":"o1","line_id":"a","version":1,"quantity":2,"price":null}}]}]`},
		{line: "detail twice", request: query.Request{Entity: "order", Fields: []string{"lines.*", "lines.detail.raw_price"}, Lists: map[string]query.Nested{"lines": {Offset: 1}}},
			want: `[{"lines":[{"id":"b","title":"B","quantity":1,"price":15.5,
			"detail":{"id":"d3","order_id":"o1","line_id":"b","version":2,"quantity":1,"price":15.5,"raw_price":{"value":"15.5","precision":20}}}]}]`},
		{line: "arrival", request: fields("order", "lines.discounts.id"), want: `[{"lines":[{"discounts":[{"id":"x2"},{"id":"x3"}]},{"discounts":[]}]}]`},
		{line: "arrival as of", request: at(1, fields("order", "lines.discounts.id")), want: `[{"lines":[{"discounts":[{"id":"x1"}]}]}]`},
		{line: "on its own", request: fields("line", "*", "discounts.$count"),
			want: `[{"id":"a","title":"A","price":10,"discounts.$count":3},{"id":"b","title":"B","price":20,"discounts.$count":0}]`},
		{line: "aggregates", request: fields("order", "lines.$sum.quantity", "lines.$max.price"), want: `[{"lines.$sum.quantity":4,"lines.$max.price":15.5}]`},
		{line: "filter", request: found(is{"lines": is{"quantity": 3, "title": "A"}}), want: "o1"},
		{line: "filter as of", request: at(1, found(is{"lines": is{"quantity": 3}})), want: ""},
		{line: "filter fallback", request: found(is{"lines": is{"price": 10}}), want: "o1"},
		{line: "filter hidden", request: found(is{"lines": is{"price": 20}}), want: ""},
		{line: "filter detail", request: found(is{"lines": is{"detail": is{"version": 2}, "discounts": is{"id": "x3"}}}), want: "o1"},
		{line: "filter document", request: found(is{"summary": is{"paid": is{"$gt": 7}}}), want: "o1"},
		{line: "filter document as of", request: at(1, found(is{"summary.paid": is{"$gt": 7}})), want: ""},
		{line: "document whole", request: fields("order", "summary.paid"), fault: fault.InvalidData},
		{line: "list", request: query.Request{Entity: "order", Fields: []string{"lines.id"}, Lists: map[string]query.Nested{"lines": {Order: []string{"-price"}, Limit: 1}}},
			want: `[{"lines":[{"id":"b"}]}]`},
		{line: "no versions", request: at(1, fields("line", "id")), fault: fault.InvalidData},
	}
}

func TestEvaluatorKnowsVersions(t *testing.T) {
	t.Parallel()
	f := versioned(t)
	for _, c := range versionLines() {
		t.Run(c.line, func(t *testing.T) {
			records, count, err := querytest.Evaluate(f.Graph, f.Data, c.request)
			c.check(t, records, count, err)
		})
	}
}

func TestDatabasesKnowVersions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		f := versioned(t)
		if err := querytest.Create(t.Context(), d, f.Graph, f.Data); err != nil {
			t.Fatal(err)
		}
		engine := query.New(f.Graph, d, query.Limits{})
		for _, c := range versionLines() {
			t.Run(c.line, func(t *testing.T) {
				records, count, err := c.execute(t, engine)
				c.check(t, records, count, err)
			})
		}
	})
}
