package querytest_test

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

func ordered(entity string, keys ...string) query.Request {
	return query.Request{Entity: entity, Fields: []string{"id"}, Order: keys}
}

// pageLines are section E: pages and order.
func pageLines() []conformance {
	byBrand := ordered("item", "brand.name")
	byBrand.Limit = 2
	return []conformance{
		{line: "136", request: query.Request{Entity: "item", Fields: []string{"id"}, Offset: 1, Limit: 2}, want: "i2 i3", count: 4},
		{line: "137", request: query.Request{Entity: "item", Fields: []string{"id"}, Limit: 2}, want: "i1 i2", count: 4},
		{line: "138", request: query.Request{Entity: "item", Fields: []string{"id"}, Offset: 1}, want: "i2 i3 i4", count: 4},
		{line: "140", request: query.Request{Entity: "item", Fields: []string{"id"}, Offset: 99}, want: "", count: 4},
		{line: "143 limit", request: query.Request{Entity: "item", Fields: []string{"id"}, Limit: -3}, fault: fault.InvalidData},
		{line: "143 offset", request: query.Request{Entity: "item", Fields: []string{"id"}, Offset: -1}, fault: fault.InvalidData},
		{line: "144", request: query.Request{Entity: "item", Fields: []string{"variants.sku"}, Limit: 2}, count: 4,
			want: `[{"variants":[{"sku":"S-1"},{"sku":"S-2"}]},{"variants":[{"sku":"S-3"}]}]`},
		{line: "145", request: query.Request{Entity: "item", Fields: []string{"id"}, Limit: query.All}, want: "i1 i2 i3 i4"},
		{line: "146", request: ordered("item", "-rank"), want: "i4 i1 i3 i2"},
		{line: "146 ascending", request: ordered("item", "rank"), want: "i2 i3 i1 i4"},
		{line: "149, 150", request: ordered("item_variant", "-item.title"), want: "v3 v1 v2"},
		{line: "151", request: ordered("item", "bogus"), fault: fault.InvalidData},
		{line: "153", request: filtered("item", is{"id": []string{"i3", "i1", "i2"}}), want: "i1 i2 i3"},
		{line: "153 kept", request: query.Request{Entity: "item", Fields: []string{"id"}, Filters: is{"id": []string{"i3", "i1", "i2"}}, KeepOrder: true}, want: "i3 i1 i2"},
		{line: "154", request: ordered("item", "-brand.name"), want: "i4 i3 i1 i2"},
		{line: "155", request: byBrand, want: "i1 i2", count: 4},
		{line: "156", request: ordered("post", "brand.name"), want: "p1 p4 p2 p3"},
		{line: "157", request: ordered("item", "tags.value"), fault: fault.InvalidData},
		{line: "157 $max", request: ordered("item", "-tags.$max.value", "-id"), want: "i4 i3 i2 i1"},
		{line: "157 $count", request: ordered("item", "-tags.$count"), want: "i1 i2 i3 i4"},
		{line: "158", request: ordered("item", "brand.name", "-title"), want: "i2 i1 i3 i4"},
		{line: "159", request: ordered("item", "brand.bogus"), fault: fault.InvalidData},
		{line: "161", request: query.Request{Entity: "item", Fields: []string{"tags.value"}, Limit: 1,
			Lists: map[string]query.Nested{"tags": {Order: []string{"value"}, Limit: 1}}}, want: `[{"tags":[{"value":"blue"}]}]`, count: 4},
		{line: "161 filter", request: only("b1", query.Request{Entity: "brand", Fields: []string{"items.variants.sku"},
			Lists: map[string]query.Nested{"items": {Offset: 1}, "items.variants": {Filters: is{"sku": "S-3"}}}}), want: `[{"items":[{"variants":[{"sku":"S-3"}]}]}]`},
		{line: "161 no list", request: query.Request{Entity: "item", Fields: []string{"brand.id"}, Lists: map[string]query.Nested{"brand": {}}}, fault: fault.InvalidData},
	}
}

// optionLines are section F.
func optionLines() []conformance {
	require := func(f query.Filters) query.Request {
		r := filtered("item", f)
		r.RequireKeys = true
		return r
	}
	page := require(is{"id": []string{"i1", "i2"}})
	page.Limit = 1
	deleted := []string{"item i1", "item_variant v1", "brand b1"}
	return []conformance{
		{line: "162", request: require(is{"id": "i1"}), want: "i1"},
		{line: "163", request: require(is{"id": "zzz"}), fault: fault.NotFound},
		{line: "164", request: require(is{"id": []string{"i1", "zzz"}}), fault: fault.NotFound},
		{line: "165", request: require(is{"title": "Four"}), fault: fault.InvalidData},
		{line: "166", request: require(is{"id": nil}), fault: fault.InvalidData},
		{line: "167", request: require(is{"id": []string{}}), want: ""},
		{line: "168", request: require(is{"id": is{"$in": []string{"i2", "i1"}}}), want: "i1 i2"},
		{line: "169", request: require(is{"id": "i1", "rank": 1}), fault: fault.NotFound},
		{line: "170", request: page, fault: fault.NotFound},
		{line: "175, 176", request: withDeleted(only("i1", fields("item", "id", "variants.id", "brand.name"))), deleted: deleted,
			want: `[{"id":"i1","variants":[{"id":"v1"},{"id":"v2"}],"brand":{"name":"Acme"}}]`},
		{line: "175 without", request: fields("item", "id", "variants.id"), deleted: deleted, want: `[{"id":"i2","variants":[{"id":"v3"}]},{"id":"i3","variants":[]},{"id":"i4","variants":[]}]`},
	}
}

// linkTableLines are section G: the link table as an entity.
func linkTableLines() []conformance {
	dismissed := withDeleted(fields("item_brand", "id", "brand.name"))
	dismissed.Filters = is{"deleted_at": is{"$ne": nil}}
	return []conformance{
		{line: "190", request: query.Request{Entity: "item_brand", Fields: []string{"note", "item.title", "brand.name"}, Filters: is{"brand_id": "b1"}},
			want: `[{"note":"hello","item":{"title":"One Shirt"},"brand":{"name":"Acme"}},{"note":null,"item":{"title":"Two Shirt"},"brand":{"name":"Acme"}}]`},
		{line: "191", request: filtered("item_brand", is{"note": "hello"}), want: "l1"},
		{line: "192", request: query.Request{Entity: "item_brand", Fields: []string{"id"}, Order: []string{"-item_id"}, Offset: 1, Limit: 1}, want: "l3", count: 4},
		{line: "193", request: filtered("item_brand", is{"brand.name": "Acme"}), want: "l1 l2"},
		{line: "194", request: ordered("item_brand", "-brand.name"), want: "l4 l3 l1 l2"},
		{line: "195", request: filtered("item_brand", is{"q": "x"}), fault: fault.InvalidData},
		{line: "196", request: dismissed, deleted: []string{"item_brand l1"}, want: `[{"id":"l1","brand":{"name":"Acme"}}]`},
		{line: "197", request: fields("item_brands", "id"), fault: fault.InvalidData},
	}
}
