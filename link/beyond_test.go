package link_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// postsBeyond returns links of posts to one item each, and of brands to many
// items, both with a field for the items' variants.
func postsBeyond(m models) []link.Definition {
	return []link.Definition{
		link.Between(link.One(m.posts), link.One(m.items).Beyond("item_variants", "variants").Beyond("same_variants", "variants")),
		link.Between(link.One(m.brands), link.Many(m.items).Beyond("variants", "variants")),
		link.Between(link.Many(m.tags), link.One(m.variants).Beyond("product", "item")),
	}
}

func TestAFieldBeyondTheOtherEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := newModels()
		s := openWith(t, d, m, postsBeyond(m)...)
		create(s, m.variants, &variant{Record: id("v3"), ItemID: "i2", SKU: new("S")})
		s.link("p1 i1, p2 i2, b1 i1, b1 i2, t1 v3, t2 v1")
		posts := func(f query.Filters, fields ...string) query.Request {
			return query.Request{Entity: "post", Fields: fields, Filters: f}
		}
		s.wantAnswer(`[{"id":"p1","item_variants":[{"id":"v1"},{"id":"v2"}]},{"id":"p2","item_variants":[{"id":"v3"}]},{"id":"p3","item_variants":[]},{"id":"p4","item_variants":[]}]`,
			posts(nil, "id", "item_variants.id"))
		s.wantAnswer(`[{"id":"p2","same_variants":[{"sku":"S","item":{"title":"Two Shirt"}}]}]`, posts(is{"item_variants.sku": "S"}, "id", "same_variants.sku", "same_variants.item.title"))
		s.wantAnswer(`[{"id":"p1","item_variants.$count":2}]`, posts(is{"item_variants.id": "v2"}, "id", "item_variants.$count"))
		s.wantAnswer(`[{"id":"b1","variants":[{"id":"v1"},{"id":"v2"},{"id":"v3"}]}]`, query.Request{Entity: "brand", Fields: []string{"id", "variants.id"}, Filters: is{"id": "b1"}})
		s.wantAnswer(`[{"id":"t2","product":{"title":"One Shirt"}},{"id":"t1","product":{"title":"Two Shirt"}},{"id":"t3","product":null}]`,
			query.Request{Entity: "tag", Fields: []string{"id", "product.title"}, Order: []string{"product.title"}})
	})
}

// A field beyond does not lead through a dismissed link, nor through a deleted
// record unless the query includes deleted records.
func TestBeyondWhatIsDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := newModels()
		s := openWith(t, d, m, postsBeyond(m)...)
		s.link("p1 i1, p2 i2")
		s.dismiss("p2 i2")
		create(s, m.variants, &variant{Record: id("v3"), ItemID: "i2"})
		exec(s, "UPDATE item SET deleted_at = '2026-01-01T00:00:00.000Z' WHERE id = 'i1'")
		r := query.Request{Entity: "post", Fields: []string{"id", "item_variants.id"}, Filters: is{"id": []string{"p1", "p2"}}}
		s.wantAnswer(`[{"id":"p1","item_variants":[]},{"id":"p2","item_variants":[]}]`, r)
		r.WithDeleted = true
		s.wantAnswer(`[{"id":"p1","item_variants":[{"id":"v1"},{"id":"v2"}]},{"id":"p2","item_variants":[]}]`, r)
	})
}

func exec(s *shop, sql string) {
	s.t.Helper()
	if _, err := s.db.Exec(s.t.Context(), sql); err != nil {
		s.t.Fatal(err)
	}
}

func TestTheMapHasWhatIsBeyond(t *testing.T) {
	t.Parallel()
	m := newModels()
	g, _ := install(t, m, postsBeyond(m)...)
	var got []link.Direction
	for _, d := range link.Map(g) {
		if d.Field == "item_variants" {
			got = append(got, d)
		}
	}
	want := link.Direction{From: "post", Field: "item_variants", To: "item_variant", Kind: "stored", Many: true, Table: "blog_post_shop_item", Via: "item_link"}
	if len(got) != 1 || got[0] != want {
		t.Errorf("the map has %+v, want %+v", got, want)
	}
}

// Definitions made of the same End do not share their fields.
func TestBeyondMakesACopy(t *testing.T) {
	t.Parallel()
	end := link.One(newModels().items).Beyond("a", "variants")
	one, other := end.Beyond("b", "variants"), end.Beyond("c", "variants")
	if len(end.Past) != 1 || one.Past[1].Field != "b" || other.Past[1].Field != "c" {
		t.Errorf("the ends have %v, %v and %v", end.Past, one.Past, other.Past)
	}
}

func TestBeyondThatCannotBe(t *testing.T) {
	between := func(relation, field string) func(m models) link.Definition {
		return func(m models) link.Definition {
			return link.Between(link.One(m.brands), link.Many(m.items).Beyond(field, relation))
		}
	}
	runWrong(t, map[string]wrongLink{
		"no relation":        {between("variant", "all"), []string{"item", `no relation "variant"`, "variants?"}},
		"a column":           {between("title", "all"), []string{"item", `no relation "title"`}},
		"a name that is one": {between("variants", "name"), []string{"name of brand", "Beyond"}},
		"no name":            {between("variants", "a.b"), []string{`"a.b" is not a valid name`}},
	})
}

// A relation that is more than a join of tables cannot be followed.
func TestBeyondFollowsPlainRelations(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*model.Edge){
		"content": func(e *model.Edge) { e.Content = "title" },
		"link":    func(e *model.Edge) { e.Kind = model.ReadOnly },
		"overlay": func(e *model.Edge) { e.Overlay = &model.Overlay{} },
		"arrival": func(e *model.Edge) { e.Hops[0].On[0].Row = model.Arrival(0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newModels()
			e := &model.Edge{Name: "odd", To: m.variants, Hops: []model.Hop{{Model: m.variants, On: []model.On{{Column: "item_id", Row: model.FromRow, Of: "id"}}}}}
			change(e)
			m.items.With(e)
			g, err := model.NewGraph(m.all()...)
			if err != nil {
				t.Fatal(err)
			}
			refusedBy(t, g, link.Between(link.One(m.brands), link.Many(m.items).Beyond("all", "odd")), "item.odd", "Beyond")
		})
	}
}
