package link_test

import (
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// Section H: definition.

// columns returns the names of a model's fields.
func columns(m *model.Model) []string {
	var out []string
	for _, f := range m.Fields {
		out = append(out, f.Name)
	}
	return out
}

// edges returns the names of a model's edges; lists end in [].
func edges(g *model.Graph, m *model.Model) []string {
	var out []string
	for _, e := range g.Edges(m) {
		name := e.Name
		if e.Many {
			name += "[]"
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func wantNames(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// wantRows fails unless the link has this table, entity and columns.
func wantRows(t *testing.T, d *link.Definition, table, entity string, want ...string) {
	t.Helper()
	if d.TableName() != table || d.Rows().Table != table || !slices.Equal(d.Rows().Entities, []string{entity}) {
		t.Errorf("the table is %s, the entities are %v; want %s, %s", d.TableName(), d.Rows().Entities, table, entity)
	}
	wantNames(t, "columns", columns(d.Rows()), want...)
}

func TestConformanceDefinition(t *testing.T) {
	t.Parallel()
	t.Run("198 a key that is not id: table, entity and keys", func(t *testing.T) {
		m := newModels()
		_, links := install(t, m, link.Between(link.One(m.currencies), link.One(m.brands)))
		wantRows(t, links[0], "money_currency_brandy_brand", "currency_brand", "id", "currency_code", "brand_id", "created_at", "updated_at", "deleted_at")
	})
	t.Run("199 a model of several words: names in snake case", func(t *testing.T) {
		m := newModels()
		g, links := install(t, m, link.Between(link.One(m.variants), link.Many(m.brands)))
		wantRows(t, links[0], "shop_item_variant_brandy_brand", "item_variant_brand", "id", "item_variant_id", "brand_id", "created_at", "updated_at", "deleted_at")
		wantNames(t, "of a brand", edges(g, m.brands), "item_variant", "item_variant_link")
	})
	t.Run("200 a list: plural name and list on the other side, rows singular", func(t *testing.T) {
		m := newModels()
		g, _ := install(t, m, link.Between(link.Many(m.items), link.One(m.brands)))
		wantNames(t, "of a brand", edges(g, m.brands), "item_link[]", "items[]")
		wantNames(t, "of an item", edges(g, m.items), "brand", "brand_link", "variants[]")
		wantNames(t, "of a row", edges(g, g.Table("shop_item_brandy_brand")), "brand", "item")
	})
	t.Run("201 extra columns are in the definition and the table", func(t *testing.T) {
		dbtest.Each(t, func(t *testing.T, d db.DB) {
			s := open(t, d)
			wantRows(t, s.installed[0], "shop_item_brandy_brand", "item_brand", "id", "item_id", "brand_id", "note", "pos", "created_at", "updated_at", "deleted_at")
			if _, err := d.Exec(t.Context(), "UPDATE shop_item_brandy_brand SET note = '', pos = 0"); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("202 keys come from the models' primary keys", func(t *testing.T) {
		m := newModels()
		if a, b := link.One(m.currencies).Column, link.Many(m.variants).Column; a != "currency_code" || b != "item_variant_id" {
			t.Errorf("keys are %s and %s", a, b)
		}
	})
	t.Run("203 keys of one's own are honored", func(t *testing.T) {
		m := newModels()
		_, links := install(t, m, link.Between(link.One(m.variants).Key("variant_id"), link.One(m.brands).Key("maker")))
		wantNames(t, "columns", columns(links[0].Rows()), "id", "variant_id", "maker", "created_at", "updated_at", "deleted_at")
	})
	t.Run("204 what is no link is refused", func(t *testing.T) {
		m, other := newModels(), newModels()
		refusesLink(t, m, link.Between(link.One(nil).As("thing"), link.One(m.brands)), "link ? - brand", "left end is not a model")
		refusesLink(t, m, link.Between(link.One(m.brands), link.Many(nil)), "link brand - ?", "right end is not a model")
		refusesLink(t, m, link.Between(link.One(m.items), link.One(other.brands)), "link item - brand", "right end is not a model", "add the module")
	})
	t.Run("205 a read-only link has no table and nothing to write", func(t *testing.T) {
		dbtest.Each(t, func(t *testing.T, d db.DB) {
			m := newModels()
			s := openWith(t, d, m, link.ReadOnly(m.posts, "brand_id", m.brands))
			if s.installed[0].Rows() != nil || s.installed[0].TableName() != "" || s.graph.Table("blog_post_brandy_brand") != nil {
				t.Error("a read-only link has a table")
			}
			s.refuses("p1 b1", fault.InvalidData, "brand_id")
			_, err := s.Dismiss(t.Context(), s.pair("p1 b1"))
			wantFault(t, err, fault.InvalidData, "brand_id")
			_, err = s.List(t.Context(), s.pair("p1 b1"))
			wantFault(t, err, fault.InvalidData, "brand_id")
		})
	})
	t.Run("206 a read-only link needs a column", func(t *testing.T) {
		m := newModels()
		refusesLink(t, m, link.ReadOnly(m.posts, "maker_id", m.brands), `post has no column "maker_id"`)
		refusesLink(t, m, link.ReadOnly(m.posts, "", m.brands), `post has no column ""`)
	})
	t.Run("207 a link of a module that is not there is refused", func(t *testing.T) {
		m := newModels()
		missing := model.Define[brand]("maker")
		refusesLink(t, m, link.Between(link.One(m.items), link.One(missing)), "link item - maker", "right end is not a model of the program", "add the module")
	})
}

// refusesLink fails unless the link cannot be installed, and the error says why.
func refusesLink(t *testing.T, m models, d link.Definition, parts ...string) {
	t.Helper()
	g, err := model.NewGraph(m.all()...)
	if err != nil {
		t.Fatal(err)
	}
	refusedBy(t, g, d, parts...)
}
