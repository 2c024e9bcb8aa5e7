package querytest_test

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

type (
	all = []query.Filters
	is  = query.Filters
)

// filterLines are section C: filters on the record's own module.
func filterLines() []conformance {
	item := func(line string, f query.Filters, want string) conformance {
		return conformance{line: line, request: filtered("item", f), want: want}
	}
	post := func(line string, f query.Filters, want string) conformance {
		return conformance{line: line, request: filtered("post", f), want: want}
	}
	wrong := func(line, entity string, f query.Filters) conformance {
		return conformance{line: line, request: filtered(entity, f), fault: fault.InvalidData}
	}
	return []conformance{
		item("67", is{"title": "Four"}, "i4"),
		item("68 null", is{"rank": nil}, "i4"),
		item("68 $eq", is{"rank": is{"$eq": nil}}, "i4"),
		item("69", is{"rank": []any{1, 2}}, "i2 i3"),
		item("70", is{"rank": []any{1, nil}}, "i2 i4"),
		item("71 column", is{"rank": []any{}}, ""),
		item("71 id", is{"id": []any{}}, ""),
		item("71 $in", is{"rank": is{"$in": []any{}}}, ""),
		item("72", is{"rank": is{"$nin": []any{}}}, "i1 i2 i3 i4"),
		item("73", is{"rank": is{"$ne": 1}}, "i1 i3"),
		item("74", is{"rank": is{"$ne": nil}}, "i1 i2 i3"),
		item("75 $in", is{"rank": is{"$in": []any{1, 2}}}, "i2 i3"),
		item("75 $nin", is{"rank": is{"$nin": []any{1, 2}}}, "i1"),
		item("75 $nin null", is{"rank": is{"$nin": []any{1, nil}}}, "i1 i3"),
		item("76 $gt", is{"rank": is{"$gt": 1}}, "i1 i3"),
		item("76 range", is{"rank": is{"$gte": 1, "$lt": 3}}, "i2 i3"),
		item("77 $like", is{"title": is{"$like": "%Shirt"}}, "i1 i2"),
		item("77 case", is{"title": is{"$like": "%shirt"}}, ""),
		item("77 $ilike", is{"title": is{"$ilike": "%shirt"}}, "i1 i2"),
		item("78", is{"title": is{"$re": "^T"}}, "i2 i3"),
		item("79 $fulltext", is{"title": is{"$fulltext": "Shirt"}}, "i1 i2"),
		item("79 $exists", is{"rank": is{"$exists": true}}, "i1 i2 i3"),
		item("79 not $exists", is{"rank": is{"$exists": false}}, "i4"),
		item("80", is{"$or": all{{"rank": 1}, {"title": "Four"}}}, "i2 i4"),
		item("81", is{"$and": all{{"rank": is{"$gt": 1}}, {"title": is{"$like": "%Shirt"}}}}, "i1"),
		item("82", is{"$not": is{"rank": 1}}, "i1 i3"),
		item("83", is{"rank": is{"$not": is{"$eq": 1}}}, "i1 i3"),
		wrong("84", "item", is{"$or": is{"rank": 1}}),
		wrong("86", "item", is{"id": nil}),
		wrong("87", "item", is{"bogus": 1}),
		wrong("88", "item", is{"rank": is{"$bogus": 1}}),
		wrong("89", "item", is{"rank": "abc"}),
		item("90", is{"q": "shirt"}, "i1 i2"),
		item("90 words", is{"q": "shirt two"}, "i2"),
		wrong("91", "brand", is{"q": "Acme"}),
		item("92", is{"variants": is{"sku": "S-2"}}, "i1"),
		item("93", is{"variants": is{"$or": all{{"sku": "S-2"}, {"sku": "S-3"}, {"sku": "S-1"}}}}, "i1 i2"),
		item("94", is{"variants": is{"sku": is{"$ne": "S-1"}}}, "i1 i2"),
		{line: "95 column of", request: filtered("item_variant", is{"item": is{"title": "One Shirt"}}), want: "v1 v2"},
		{line: "95 key", request: filtered("item_variant", is{"item_id": "i1"}), want: "v1 v2"},
		{line: "95 relation", request: filtered("item_variant", is{"item": "i1"}), want: "v1 v2"},
		post("96", is{"meta": is{"x": 1}}, "p1"),
		post("96 dotted", is{"meta.x": is{"$gte": 1}}, "p1"),
		post("96 other type", is{"meta": is{"x": "1"}}, ""),
		post("96 absent", is{"meta": is{"y": nil}}, "p1 p2 p3 p4"),
		post("97 $contains", is{"item_ids": is{"$contains": []string{"i1"}}}, "p1 p2"),
		post("97 $overlap", is{"item_ids": is{"$overlap": []string{"i1", "zz"}}}, "p1 p2"),
		post("97 $contained", is{"item_ids": is{"$contained": []string{"i1", "i2"}}}, "p1 p4"),
		item("98", is{"price": is{"$gt": 15}}, "i2"),
		item("99", is{"created_at": is{"$gt": "2024-03-01T13:30:00+00:00"}}, "i3 i4"),
		item("100 $like", is{"id": is{"$like": "i%"}}, "i1 i2 i3 i4"),
		item("100 $ne", is{"id": is{"$ne": "i1"}}, "i2 i3 i4"),
		{line: "101", request: filtered("item", is{"deleted_at": is{"$ne": nil}}), deleted: []string{"item i1"}},
		{line: "101 with", request: withDeleted(filtered("item", is{"deleted_at": is{"$ne": nil}})), deleted: []string{"item i1"}, want: "i1"},
	}
}

// linkedFilterLines are section D: filters across links.
func linkedFilterLines() []conformance {
	item := func(line string, f query.Filters, want string) conformance {
		return conformance{line: line, request: filtered("item", f), want: want}
	}
	acme := is{"brand": is{"name": "Acme"}}
	return []conformance{
		item("105", acme, "i1 i2"),
		{line: "108", request: query.Request{Entity: "item", Fields: []string{"id", "tags.id"}, Filters: is{"tags": is{"value": "red"}}},
			want: `[{"id":"i1","tags":[{"id":"t1"},{"id":"t2"}]},{"id":"i2","tags":[{"id":"t1"}]}]`},
		item("109", is{"brand": is{"id": "b1"}}, "i1 i2"),
		item("109 list", is{"brand": is{"id": []string{"b1", "b2"}}}, "i1 i2 i3"),
		item("110", is{"brand": is{"id": "missing"}}, ""),
		item("111", is{"brand": is{"name": is{"$ne": "Acme"}}}, "i3"),
		item("112", is{"brand": is{"score": nil}}, ""),
		item("113", is{"brand": is{"id": nil}}, ""),
		item("114", is{"tags": is{"$and": all{{"value": "red"}, {"value": "blue"}}}}, ""),
		item("114 both", is{"$and": all{{"tags": is{"value": "red"}}, {"tags": is{"value": "blue"}}}}, "i1"),
		{line: "115", request: filtered("brand", is{"items": is{"tags": is{"value": "blue"}}}), want: "b1"},
		{line: "116", request: filtered("brand", is{"items": is{"variants": is{"sku": "S-3"}}}), want: "b1"},
		{line: "117", request: filtered("author", is{"posts": is{"item": is{"title": "Two Shirt"}}}), want: "a1"},
		{line: "118", request: filtered("post", acme), want: "p1 p4"},
		{line: "119 list", request: filtered("brand", is{"article": is{"title": "P1"}}), want: "b1"},
		{line: "119 one", request: filtered("brand", is{"post": is{"title": "P1"}}), want: "b1"},
		{line: "120", request: filtered("post", is{"picked": is{"title": "One Shirt"}}), want: "p1 p2"},
		item("121", is{"brand.name": "Acme", "rank": 1}, "i2"),
		item("122 $or", is{"$or": all{acme, {"rank": 2}}}, "i1 i2 i3"),
		item("122 $and", is{"$and": all{acme, {"rank": 1}}}, "i2"),
		item("123", is{"$not": acme}, "i3 i4"),
		item("124", is{"brand": is{"$not": is{"name": "Acme"}}}, "i3"),
		item("125", is{"brand": is{"name": is{"$re": "^A"}}}, "i1 i2"),
		{line: "126", request: filtered("item", is{"brand": is{"name": is{"$bogus": 1}}}), fault: fault.InvalidData},
		{line: "127", request: filtered("item", is{"brand": is{"bogus": "x"}}), fault: fault.InvalidData},
		item("128 null", is{"brand": nil}, "i4"),
		item("128 key", is{"brand": "b1"}, "i1 i2"),
		item("128 keys", is{"brand": []string{"b1"}}, "i1 i2"),
		item("128 any", is{"brand": is{}}, "i1 i2 i3"),
		item("128 not null", is{"brand": is{"$ne": nil}}, "i1 i2 i3"),
		item("129", is{"brand_link": is{"note": "hello"}}, "i1"),
		{line: "130", request: filtered("tag", acme), fault: fault.InvalidData},
		{line: "131", request: query.Request{Entity: "item", Fields: []string{"id"}, Filters: acme, Limit: 1}, want: "i1", count: 2},
		{line: "133", request: query.Request{Entity: "item", Fields: []string{"title"}, Filters: is{"brand.name": "Zed"}}, want: `[{"title":"Three Hat"}]`},
		{line: "134", request: filtered("item", acme), deleted: []string{"item_brand l1"}, want: "i2"},
		{line: "135", request: withDeleted(filtered("item", acme)), deleted: []string{"item_brand l1"}, want: "i2"},
		item("$none", is{"variants": is{"$none": is{"sku": "S-1"}}}, "i2 i3 i4"),
		item("$every", is{"variants": is{"$every": is{"sku": is{"$in": []string{"S-1", "S-2"}}}}}, "i1 i3 i4"),
		item("$every and some", is{"variants": is{"$every": is{"sku": is{"$in": []string{"S-1", "S-2"}}}, "$some": is{}}}, "i1"),
		item("$count", is{"variants": is{"$count": is{"$gt": 1}}}, "i1"),
		item("$count dotted", is{"variants.$count": 0}, "i3 i4"),
		{line: "$sum", request: filtered("brand", is{"items": is{"$sum": is{"rank": is{"$gte": 4}}}}), want: "b1"},
		{line: "$max dotted", request: filtered("brand", is{"items.$max.price": is{"$gt": 20}}), want: "b1"},
		{line: "$min null", request: filtered("brand", is{"items": is{"$min": is{"price": nil}}}), want: "b2 b3"},
	}
}
