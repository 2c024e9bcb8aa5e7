package query_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldens are requests whose plan and SQL are kept for both dialects in
// testdata/golden. Run with -update after a change, and review the diff.
var goldens = []struct {
	name    string
	request query.Request
}{
	{"one_by_key", query.Request{Entity: "item", Fields: []string{"*"}, Filters: query.Filters{"id": "i1"}}},
	{"page_with_count", query.Request{Entity: "items", Fields: []string{"id", "title"}, Order: []string{"-rank"}, Limit: 20, Offset: 40, Count: true}},
	{"stored_links_both_ways", query.Request{Entity: "brand", Fields: []string{"name", "items.title", "items.tags.value", "items.brand_link.note"}}},
	{"relation_then_link", query.Request{Entity: "author", Fields: []string{"name", "posts.item.title"}}},
	{"read_only_links", query.Request{Entity: "post", Fields: []string{"title", "brand.name", "picked.title"}}},
	{"aggregates", query.Request{Entity: "item", Fields: []string{"id", "variants.$count", "variants.$max.sku"},
		Filters: query.Filters{"variants": query.Filters{"$count": query.Filters{"$gte": 1}}}, Order: []string{"-variants.$count"}}},
	{"filters", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{
		"$or":   []query.Filters{{"rank": query.Filters{"$gt": 1, "$lt": 5}}, {"title": query.Filters{"$ilike": "%hat%"}}, {"price": []any{"9.99", nil}}},
		"$not":  query.Filters{"title": query.Filters{"$like": "One%"}},
		"rank":  query.Filters{"$ne": nil},
		"brand": query.Filters{"name": "Acme"},
		"tags":  query.Filters{"$none": query.Filters{"value": "red"}},
		"gears": query.Filters{"$every": query.Filters{"name": query.Filters{"$re": "^g"}}},
		"q":     "shirt blue",
	}}},
	{"json_and_lists", query.Request{Entity: "post", Fields: []string{"id"}, Filters: query.Filters{
		"meta.x": query.Filters{"$gt": 1}, "meta.tag": []string{"a", "b"}, "item_ids": query.Filters{"$overlap": []string{"i1"}}}}},
	{"sort_over_links", query.Request{Entity: "item", Fields: []string{"id"}, Order: []string{"-brand.name", "price"}, Limit: 10}},
	{"nested_list", query.Request{Entity: "item", Fields: []string{"id", "variants.sku"},
		Lists: map[string]query.Nested{"variants": {Limit: 2, Offset: 1, Order: []string{"-sku"}, Filters: query.Filters{"sku": query.Filters{"$ne": "S-1"}}}}}},
	{"keep_order", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"id": []string{"i3", "i1"}}, KeepOrder: true}},
	{"with_deleted", query.Request{Entity: "item", Fields: []string{"id", "brand.name", "brand_link.note", "variants.sku"}, WithDeleted: true}},
	{"link_rows", query.Request{Entity: "item_brand", Fields: []string{"*", "item.title", "brand.name"}, Filters: query.Filters{"note": "hello"}}},
}

func fixture(t testing.TB) *querytest.Fixture {
	t.Helper()
	f, err := querytest.NewFixture()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPlansAndSQL(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := query.New(fixture(t).Graph, d, query.Limits{})
		for _, g := range goldens {
			x, err := e.Explain(g.request)
			if err != nil {
				t.Errorf("%s: %v", g.name, err)
				continue
			}
			got := "# request\n" + querytest.Describe(g.request) + "\n\n# plan\n" + x.Plan + "\n# " + d.Dialect().Name() + "\n" + breakSQL(x.SQL) + "\n"
			compareGolden(t, filepath.Join("testdata", "golden", g.name+"."+d.Dialect().Name()+".txt"), got)
		}
	})
}

// breakSQL puts each clause of a statement on its own line.
func breakSQL(sql string) string {
	for _, word := range []string{" FROM ", " WHERE ", " ORDER BY ", " LEFT JOIN ", " LIMIT "} {
		sql = strings.ReplaceAll(sql, word, "\n"+word[1:])
	}
	return sql
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s has changed; run go test ./query -run PlansAndSQL -update and review the diff.\n%s", path, got)
	}
}
