package link_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// openSelf returns a shop whose items have related items, and a successor.
func openSelf(t *testing.T, d db.DB) *shop {
	m := newModels()
	return openWith(t, d, m,
		link.Between(link.Many(m.items).As("related_to").Named("related_to"), link.Many(m.items).As("related").Named("related")).Table("item_related").
			Columns(link.Column{Name: "pos", Kind: model.Int, Default: "1"}),
		link.Between(link.One(m.items), link.One(m.items).As("successor")),
		link.Between(link.Many(m.items), link.One(m.brands)),
	)
}

func related(of, to string) link.Pair {
	return link.Pair{link.Role("related_to"): of, link.Role("related"): to}
}

// ids returns what a query for a field of the items finds, by item.
func (s *shop) ids(field string) string {
	s.t.Helper()
	res, err := s.query.Graph(s.t.Context(), query.Request{Entity: "item", Fields: []string{"id", field + ".id"}, Filters: query.Filters{field + ".id": query.Filters{"$ne": nil}}})
	if err != nil {
		s.t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(res.Data, &rows); err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		text, _ := json.Marshal(r[field])
		out = append(out, r["id"].(string)+":"+strings.NewReplacer(`{"id":`, "", "}", "", `"`, "").Replace(string(text)))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// Records of one model are linked with each other, in two directions.
func TestLinksOfAModelWithItself(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openSelf(t, d)
		ctx := t.Context()
		must := func(_ []link.Row, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		want := func(field, ids string) {
			t.Helper()
			if got := s.ids(field); got != ids {
				t.Errorf("%s: %s, want %s", field, got, ids)
			}
		}
		must(s.Create(ctx, related("i1", "i2"), related("i1", "i3"), related("i2", "i1")))
		must(s.Create(ctx, related("i1", "i2"))) // again: the same row
		want("related", "i1:[i2,i3] i2:[i1]")
		want("related_to", "i1:[i2] i2:[i1] i3:[i1]")
		for _, c := range []struct {
			pair link.Pair
			rows int
		}{{related("i1", ""), 2}, {related("", "i1"), 1}, {related("", ""), 3}, {related("i3", ""), 0}} {
			if rows, err := s.List(ctx, c.pair); len(rows) != c.rows || err != nil {
				t.Errorf("%v lists %v, %v", c.pair, rows, err)
			}
		}
		if err := s.Set(ctx, related("i1", ""), "i3"); err != nil {
			t.Fatal(err)
		}
		want("related", "i1:[i3] i2:[i1]")
		must(s.Dismiss(ctx, related("i2", "i1")))
		want("related_to", "i3:[i1]")

		must(s.Create(ctx, link.Pair{s.items: "i1", link.Role("successor"): "i2"}))
		want("successor", "i1:i2")
		want("item", "i2:i1")
		if _, err := s.Create(ctx, link.Pair{link.Role("item"): "i3", link.Role("successor"): "i2"}); fault.TypeOf(err) != fault.Conflict {
			t.Errorf("a second predecessor: %v", err)
		}
		if _, err := s.Create(ctx, link.Pair{link.Role("item"): "i2", link.Role("successor"): "i2"}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("its own successor: %v", err)
		}
		if _, err := s.Create(ctx, related("i1", "i9")); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("a missing end: %v", err)
		}

		deleted, err := s.Delete(ctx, s.items, "i1")
		if err != nil || len(deleted["item_related"]) != 1 {
			t.Errorf("deleted %v, %v", deleted, err)
		}
		want("related_to", "")
		want("successor", "")
		if _, err := s.Restore(ctx, s.items, "i1"); err != nil {
			t.Fatal(err)
		}
		want("related_to", "i3:[i1]")
		want("successor", "i1:i2")
	})
}

func TestPairsOfRolesThatAreNone(t *testing.T) {
	t.Parallel()
	s := openSelf(t, dbtest.SQLite(t))
	for says, pair := range map[string]link.Pair{
		"given: item":                   {s.items: "i1"},
		"has the ends item and related": {s.items: "i1", link.Role("related"): "i2"},
		"has the ends brand and relatd": {s.brands: "b1", link.Role("relatd"): "i2"},
		"a model that is nil":           {nil: "i1", link.Role("related"): "i2"},
	} {
		if _, err := s.Create(t.Context(), pair); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v; want %q", pair, err, says)
		}
	}
	m := newModels()
	refusesLink(t, m, link.Between(link.Many(m.items), link.Many(m.items)), "both ends are item", "As")
}
