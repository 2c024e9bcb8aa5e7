package link_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
)

// Section G: the link table as an entity.

type is = query.Filters

func TestConformanceLinkTableAsEntity(t *testing.T) {
	rows := func(fields ...string) query.Request {
		return query.Request{Entity: "item_brand", Fields: fields, Order: []string{"item_id"}}
	}
	filtered := func(f query.Filters, fields ...string) query.Request {
		r := rows(fields...)
		r.Filters = f
		return r
	}
	wrong := func(s *shop, r query.Request, parts ...string) {
		s.t.Helper()
		_, err := s.query.Graph(s.t.Context(), r)
		wantFault(s.t, err, fault.InvalidData, parts...)
	}
	runLines(t, []line{
		{"189 all fields: keys, extra columns, id, timestamps", func(s *shop) {
			row := s.linkWith("i1 b1", link.Data{"note": "hello"})
			at := row.CreatedAt.Format(model.TimeFormat)
			s.wantAnswer(`[{"id":"`+row.ID+`","item_id":"i1","brand_id":"b1","note":"hello","pos":7,"created_at":"`+at+`","updated_at":"`+at+`","deleted_at":null}]`, rows("*"))
		}},
		{"190 fields of both sides, filtered by a key", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"note":"hello","item":{"title":"One Shirt"},"brand":{"name":"Acme"}},{"note":null,"item":{"title":"Two Shirt"},"brand":{"name":"Acme"}}]`,
				filtered(is{"brand_id": "b1"}, "note", "item.title", "brand.name"))
		}},
		{"191 filter by an extra column", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"item_id":"i1"}]`, filtered(is{"note": "hello"}, "item_id"))
			s.wantAnswer(`[{"item_id":"i2"},{"item_id":"i3"}]`, filtered(is{"note": nil, "pos": 7}, "item_id"))
		}},
		{"192 a page in the order of a key, and the count", func(s *shop) {
			s.linkAll()
			r := query.Request{Entity: "item_brand", Fields: []string{"item_id"}, Order: []string{"-item_id"}, Offset: 1, Limit: 1, Count: true}
			res, err := s.query.Graph(s.t.Context(), r)
			if err != nil || *res.Metadata.Count != 3 {
				s.t.Errorf("count %v, error %v", res.Metadata.Count, err)
			}
			s.wantAnswer(`[{"item_id":"i2"}]`, r)
		}},
		{"193 filter by a column of one side", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"item_id":"i1"},{"item_id":"i2"}]`, filtered(is{"brand.name": "Acme"}, "item_id"))
			s.wantAnswer(`[{"item_id":"i3"}]`, filtered(is{"item.title": is{"$like": "%Hat"}}, "item_id"))
		}},
		{"194 order by a column of one side; a deleted record comes first, descending", func(s *shop) {
			s.linkAll()
			r := query.Request{Entity: "item_brand", Fields: []string{"item_id", "brand.name"}, Order: []string{"-brand.name", "item_id"}}
			s.wantAnswer(`[{"item_id":"i3","brand":{"name":"Zed"}},{"item_id":"i1","brand":{"name":"Acme"}},{"item_id":"i2","brand":{"name":"Acme"}}]`, r)
			if err := module.For[brand](s.store, s.brands).SoftDelete(s.t.Context(), "b1"); err != nil {
				s.t.Fatal(err)
			}
			s.link("i1 b1, i2 b1")
			s.wantAnswer(`[{"item_id":"i1","brand":null},{"item_id":"i2","brand":null},{"item_id":"i3","brand":{"name":"Zed"}}]`, r)
		}},
		{"195 free text is refused: nothing of a link table is searchable", func(s *shop) {
			wrong(s, filtered(is{"q": "hello"}, "id"))
		}},
		{"196 with deleted: dismissed rows with deleted_at", func(s *shop) {
			first := s.link("i1 b1")[0]
			gone := s.dismiss("i1 b1")[0]
			second := s.link("i1 b2")[0]
			r := query.Request{Entity: "item_brand", Fields: []string{"id", "brand.name", "deleted_at"}, Filters: is{"item_id": "i1"}, Order: []string{"created_at"}, WithDeleted: true}
			s.wantAnswer(`[{"id":"`+first.ID+`","deleted_at":"`+gone.DeletedAt.Format(model.TimeFormat)+`","brand":{"name":"Acme"}},{"id":"`+second.ID+`","deleted_at":null,"brand":{"name":"Zed"}}]`, r)
			r.WithDeleted = false
			s.wantAnswer(`[{"id":"`+second.ID+`","deleted_at":null,"brand":{"name":"Zed"}}]`, r)
		}},
		{"197 the table's name, and the plural of a custom link, are no entities", func(s *shop) {
			for _, entity := range []string{"shop_item_brandy_brand", "item_brands", "LinkShopItemBrandyBrand", "link_deletion"} {
				r := rows("id")
				r.Entity = entity
				wrong(s, r, entity)
			}
		}},
	})
}

// For every kind of link, one query returns a record's own fields and the records
// it is linked to, in both directions.
func TestBothDirections(t *testing.T) {
	runLines(t, []line{
		{"many to one", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"id":"i1","brand":{"name":"Acme"},"brand_link":{"note":"hello","item":{"title":"One Shirt"}}},{"id":"i4","brand":null,"brand_link":null}]`,
				query.Request{Entity: "item", Fields: []string{"id", "brand.name", "brand_link.note", "brand_link.item.title"}, Filters: is{"id": []string{"i1", "i4"}}})
			s.wantAnswer(`[{"id":"b1","items":[{"id":"i1"},{"id":"i2"}],"item_link":[{"item_id":"i1"},{"item_id":"i2"}]},{"id":"b3","items":[],"item_link":[]}]`,
				query.Request{Entity: "brand", Fields: []string{"id", "items.id", "item_link.item_id"}, Filters: is{"id": []string{"b1", "b3"}},
					Lists: map[string]query.Nested{"item_link": {Order: []string{"item_id"}}}})
		}},
		{"one to one", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"item":{"id":"i1"}},{"item":{"id":"i2"}},{"item":null},{"item":null}]`, query.Request{Entity: "post", Fields: []string{"item.id"}})
			s.wantAnswer(`[{"post":{"id":"p1"}},{"post":{"id":"p2"}},{"post":null},{"post":null}]`, query.Request{Entity: "item", Fields: []string{"post.id"}})
		}},
		{"many to many", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"tags":[{"id":"t1"},{"id":"t2"}]},{"tags":[{"id":"t1"}]},{"tags":[]},{"tags":[]}]`, query.Request{Entity: "item", Fields: []string{"tags.id"}})
			s.wantAnswer(`[{"items":[{"id":"i1"},{"id":"i2"}]},{"items":[{"id":"i1"}]},{"items":[]}]`, query.Request{Entity: "tag", Fields: []string{"items.id"}})
		}},
		{"one to many", func(s *shop) {
			s.linkAll()
			s.wantAnswer(`[{"gears":[{"bolts":[{"id":"n1"}]},{"bolts":[]}]}]`, query.Request{Entity: "item", Fields: []string{"gears.bolts.id"}, Filters: is{"id": "i1"}})
			s.wantAnswer(`[{"gear":{"item":{"id":"i1"}}}]`, query.Request{Entity: "bolt", Fields: []string{"gear.item.id"}, Filters: is{"id": "n1"}})
		}},
		{"read-only, one and list, dangling ids, and the way back", func(s *shop) {
			s.wantAnswer(`[{"brand":{"id":"b1"},"picked":[{"id":"i2"},{"id":"i1"}]},{"brand":null,"picked":[{"id":"i1"}]},{"brand":null,"picked":[]},{"brand":{"id":"b1"},"picked":[]}]`,
				query.Request{Entity: "post", Fields: []string{"brand.id", "picked.id"}})
			s.wantAnswer(`[{"articles":[{"id":"p1"},{"id":"p4"}]},{"articles":[]},{"articles":[]}]`, query.Request{Entity: "brand", Fields: []string{"articles.id"}})
		}},
		{"virtual", func(s *shop) {
			s.wantAnswer(`[{"page":{"handle":"about"}},{"page":null},{"page":null},{"page":null}]`, query.Request{Entity: "post", Fields: []string{"page.*"}})
			_, err := s.query.Graph(s.t.Context(), query.Request{Entity: "post", Fields: []string{"id"}, Filters: is{"page": is{"handle": "about"}}})
			wantFault(s.t, err, fault.InvalidData, "page")
		}},
		{"dismissed links connect nothing, and filters see none", func(s *shop) {
			s.linkAll()
			s.dismiss("i1 b1")
			s.wantAnswer(`[{"id":"i2"}]`, query.Request{Entity: "item", Fields: []string{"id"}, Filters: is{"brand": is{"name": "Acme"}}})
			s.wantAnswer(`[{"brand":null,"brand_link":null}]`, query.Request{Entity: "item", Fields: []string{"brand.id", "brand_link.id"}, Filters: is{"id": "i1"}})
		}},
	})
}
