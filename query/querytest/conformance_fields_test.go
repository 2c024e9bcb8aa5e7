package querytest_test

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// only narrows a request to the root with an id.
func only(id string, r query.Request) query.Request {
	r.Filters = query.Filters{"id": id}
	return r
}

// fieldLines are section A: entities and fields.
func fieldLines() []conformance {
	times := `"created_at":"2024-03-01T12:00:00.000Z","updated_at":"2024-03-01T12:00:00.000Z","deleted_at":null`
	return []conformance{
		{line: "1 singular", request: fields("item_variant", "id"), want: "v1 v2 v3"},
		{line: "1 plural", request: fields("item_variants", "id"), want: "v1 v2 v3"},
		{line: "2", request: fields("ItemVariant", "id"), fault: fault.InvalidData},
		{line: "4", request: fields("", "id"), fault: fault.InvalidData},
		{line: "7", request: fields("item", "title"), want: `[{"title":"One Shirt"},{"title":"Two Shirt"},{"title":"Three Hat"},{"title":"Four"}]`},
		{line: "8", request: only("i1", fields("item", "*")), want: `[{"id":"i1","title":"One Shirt","rank":3,"price":10,` + times + `}]`},
		{line: "9", request: only("v1", fields("item_variant", "*")), want: `[{"id":"v1","sku":"S-1","item_id":"i1",` + times + `}]`},
		{line: "10", request: fields("item", "id", "variants.sku"),
			want: `[{"id":"i1","variants":[{"sku":"S-1"},{"sku":"S-2"}]},{"id":"i2","variants":[{"sku":"S-3"}]},{"id":"i3","variants":[]},{"id":"i4","variants":[]}]`},
		{line: "11", request: only("i1", fields("item", "title", "variants.id", "variants.*")), want: `[{"title":"One Shirt","variants":[
			{"id":"v1","sku":"S-1","item_id":"i1",` + times + `},{"id":"v2","sku":"S-2","item_id":"i1","created_at":"2024-03-01T13:00:00.000Z","updated_at":"2024-03-01T13:00:00.000Z","deleted_at":null}]}]`},
		{line: "12", request: only("v1", fields("item_variant", "id", "item")), want: `[{"id":"v1","item":{"id":"i1","title":"One Shirt","rank":3,"price":10,` + times + `}}]`},
		{line: "13", request: only("i1", fields("item", "brand")), want: `[{"brand":{"id":"b1","name":"Acme","score":5,` + times + `}}]`},
		{line: "14", request: fields("item", "id", "bogus"), fault: fault.InvalidData},
		{line: "15 relation", request: fields("item", "bogus.x"), fault: fault.InvalidData},
		{line: "15 column", request: fields("item", "title.x"), fault: fault.InvalidData},
		{line: "16", request: fields("item"), fault: fault.InvalidData},
		{line: "17", request: only("i1", fields("item", "id", "id", "brand.id", "brand.id")), want: `[{"id":"i1","brand":{"id":"b1"}}]`},
		{line: "18", request: fields("item", "+id"), fault: fault.InvalidData},
		{line: "19", request: only("p1", fields("post", "meta")), want: `[{"meta":{"x":1,"tags":["a","b"]}}]`},
		{line: "19 inside", request: fields("post", "meta.x"), fault: fault.InvalidData},
		{line: "20", request: fields("item", "price", "raw_price"), want: `[{"price":10,"raw_price":{"value":"10","precision":20}},
			{"price":20.5,"raw_price":{"value":"20.5","precision":20}},{"price":null,"raw_price":null},{"price":null,"raw_price":null}]`},
		{line: "20 no decimal", request: fields("item", "raw_title"), fault: fault.InvalidData},
		{line: "21", request: only("i1", fields("item", "variants.item.title")), want: `[{"variants":[{"item":{"title":"One Shirt"}},{"item":{"title":"One Shirt"}}]}]`},
		{line: "22", request: only("i1", fields("item", "brand.name")), want: `[{"brand":{"name":"Acme"}}]`},
		{line: "24", request: fields("author", "posts.item.title"),
			want: `[{"posts":[{"item":{"title":"One Shirt"}},{"item":{"title":"Two Shirt"}}]},{"posts":[{"item":null}]}]`},
		{line: "25", request: fields("brand", "items.tags.value"), want: `[{"items":[{"tags":[{"value":"red"},{"value":"blue"}]},{"tags":[{"value":"red"}]}]},{"items":[{"tags":[]}]},{"items":[]}]`},
		{line: "30", request: only("i1", fields("item", "brand.name", "brand_link.note", "brand_link.brand.id")),
			want: `[{"brand":{"name":"Acme"},"brand_link":{"note":"hello","brand":{"id":"b1"}}}]`},
		{line: "35", request: only("p1", fields("post", "brand.id", "author.id", "author.posts.brand.name")),
			want: `[{"brand":{"id":"b1"},"author":{"id":"a1","posts":[{"brand":{"name":"Acme"}},{"brand":null}]}}]`},
		{line: "aggregates", request: fields("brand", "items.$count", "items.$sum.rank", "items.$max.price", "items.$min.title"), want: `[
			{"items.$count":2,"items.$sum.rank":4,"items.$max.price":20.5,"items.$min.title":"One Shirt"},
			{"items.$count":1,"items.$sum.rank":2,"items.$max.price":null,"items.$min.title":"Three Hat"},
			{"items.$count":0,"items.$sum.rank":null,"items.$max.price":null,"items.$min.title":null}]`},
		{line: "aggregate of one", request: fields("item", "brand.$count"), fault: fault.InvalidData},
		{line: "sum of text", request: fields("brand", "items.$sum.title"), fault: fault.InvalidData},
		{line: "aggregate of the root", request: fields("brand", "$count"), fault: fault.InvalidData},
	}
}

// linkLines are section B: shapes of links.
func linkLines() []conformance {
	at := `"created_at":"2024-03-01T12:00:00.000Z","updated_at":"2024-03-01T12:00:00.000Z","deleted_at":null`
	return []conformance{
		{line: "36, 38", request: fields("item", "brand.name"), want: `[{"brand":{"name":"Acme"}},{"brand":{"name":"Acme"}},{"brand":{"name":"Zed"}},{"brand":null}]`},
		{line: "37", request: only("i3", fields("item", "post.id")), want: `[{"post":null}]`},
		{line: "39", request: only("i1", fields("item", "brand.name")), deleted: []string{"brand b1"}, want: `[{"brand":null}]`},
		{line: "40, 41", request: fields("item", "tags.value"), want: `[{"tags":[{"value":"red"},{"value":"blue"}]},{"tags":[{"value":"red"}]},{"tags":[]},{"tags":[]}]`},
		{line: "42", request: fields("brand", "items.id"), want: `[{"items":[{"id":"i1"},{"id":"i2"}]},{"items":[{"id":"i3"}]},{"items":[]}]`},
		{line: "43", request: fields("brand", "item.id"), fault: fault.InvalidData},
		{line: "44", request: fields("item", "brands.id"), fault: fault.InvalidData},
		{line: "45", request: only("i1", fields("item", "brand_link.*")), want: `[{"brand_link":{"id":"l1","item_id":"i1","brand_id":"b1","note":"hello","pos":7,` + at + `}}]`},
		{line: "46", request: only("i1", fields("item", "brand_link.note")), want: `[{"brand_link":{"note":"hello"}}]`},
		{line: "47", request: fields("item", "tag_link.id"), want: `[{"tag_link":[{"id":"l1"},{"id":"l2"},{"id":"l5"}]},{"tag_link":[{"id":"l3"}]},{"tag_link":[{"id":"l4"}]},{"tag_link":[]}]`},
		{line: "48", request: only("i1", fields("item", "tag_link.tag.value")), want: `[{"tag_link":[{"tag":{"value":"blue"}},{"tag":{"value":"red"}},{"tag":null}]}]`},
		{line: "49", request: only("i1", fields("item", "brand.name", "brand_link.id")), deleted: []string{"item_brand l1"}, want: `[{"brand":null,"brand_link":null}]`},
		{line: "50", request: withDeleted(only("i1", fields("item", "brand.name", "brand_link.id"))), deleted: []string{"item_brand l1"},
			want: `[{"brand":null,"brand_link":{"id":"l1"}}]`},
		{line: "51", request: fields("post", "brand.name"), want: `[{"brand":{"name":"Acme"}},{"brand":null},{"brand":null},{"brand":{"name":"Acme"}}]`},
		{line: "52", request: fields("post", "picked.title"), want: `[{"picked":[{"title":"Two Shirt"},{"title":"One Shirt"}]},{"picked":[{"title":"One Shirt"}]},{"picked":[]},{"picked":[]}]`},
		{line: "53, 55", request: fields("brand", "article.id", "articles.id"),
			want: `[{"article":[{"id":"p1"},{"id":"p4"}],"articles":[{"id":"p1"},{"id":"p4"}]},{"article":[],"articles":[]},{"article":[],"articles":[]}]`},
		{line: "54", request: fields("brand", "post.id"), want: `[{"post":{"id":"p1"}},{"post":null},{"post":null}]`},
	}
}

func withDeleted(r query.Request) query.Request {
	r.WithDeleted = true
	return r
}
