package query_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

// filled returns an engine over the fixture's rows.
func filled(t testing.TB, d db.DB, l query.Limits) *query.Engine {
	t.Helper()
	f := fixture(t)
	if err := querytest.Create(t.Context(), d, f.Graph, f.Data); err != nil {
		t.Fatal(err)
	}
	return query.New(f.Graph, d, l)
}

func deep(n int) string { return strings.Repeat("variants.item.", n) + "id" }

func expression(re string) query.Request {
	return query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": query.Filters{"$re": re}}}
}

func expressions(n int) (out []query.Filters) {
	for range n {
		out = append(out, query.Filters{"title": query.Filters{"$re": "a"}})
	}
	return out
}

// mistakes are invalid requests, and words that the message must contain: what is
// wrong, where, and what would be right.
var mistakes = []struct {
	name    string
	request query.Request
	says    []string
}{
	{"unknown entity", query.Request{Entity: "itm", Fields: []string{"id"}}, []string{"itm", "item"}},
	{"no entity", query.Request{Fields: []string{"id"}}, []string{"entity"}},
	{"model name as entity", query.Request{Entity: "ItemVariant", Fields: []string{"id"}}, []string{"ItemVariant"}},
	{"long search", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"q": strings.Repeat("ä", 201)}}, []string{"q", "200 characters"}},
	{"many words", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"q": strings.Repeat("a ", 21)}}, []string{"q", "20 words"}},
	{"long expression", expression(strings.Repeat("ab|", 167)), []string{"title.$re", "500 bytes"}},
	{"expression that repeats", expression("^.{600}x.{600}$"), []string{"title.$re", "1000 parts"}},
	{"expression that repeats what repeats", expression("(([a-z]{9}){9}){9}"), []string{"title.$re", "1000 parts"}},
	{"expression that repeats without end", expression("(.{30,}){30,}"), []string{"title.$re", "1000 parts"}},
	{"many expressions", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"$or": expressions(11)}}, []string{"10 regular expressions"}},
	{"long pattern", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": query.Filters{"$ilike": strings.Repeat("%a", 251)}}}, []string{"title.$ilike", "500 bytes"}},
	{"many sort keys", query.Request{Entity: "item", Fields: []string{"id"}, Order: slices.Repeat([]string{"title"}, 21)}, []string{"order", "20"}},
	{"no fields", query.Request{Entity: "item"}, []string{"fields", "*"}},
	{"unknown field", query.Request{Entity: "item", Fields: []string{"titel"}}, []string{"titel", "title"}},
	{"unknown nested field", query.Request{Entity: "item", Fields: []string{"variants.skuu"}}, []string{"variants.skuu", "sku"}},
	{"path through a column", query.Request{Entity: "item", Fields: []string{"title.x"}}, []string{"title"}},
	{"path into JSON", query.Request{Entity: "post", Fields: []string{"meta.x"}}, []string{"meta", "whole"}},
	{"modifiers of the REST parameter", query.Request{Entity: "item", Fields: []string{"+title"}}, []string{"+title"}},
	{"empty part", query.Request{Entity: "item", Fields: []string{"variants..sku"}}, []string{"empty part"}},
	{"singular of a list", query.Request{Entity: "item", Fields: []string{"tag.value"}}, []string{"tag", "tags"}},
	{"too deep", query.Request{Entity: "item", Fields: []string{deep(8)}}, []string{"more than"}},
	{"aggregate of one record", query.Request{Entity: "item", Fields: []string{"brand.$count"}}, []string{"one record"}},
	{"sum of text", query.Request{Entity: "item", Fields: []string{"variants.$sum.sku"}}, []string{"sku", "text"}},
	{"unknown aggregate", query.Request{Entity: "item", Fields: []string{"variants.$avg.sku"}}, []string{"$avg", "$sum"}},
	{"unknown operator", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": query.Filters{"$gtt": 1}}}, []string{"$gtt", "$gt"}},
	{"unknown filter", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rnk": 1}}, []string{"rnk", "rank"}},
	{"unknown linked filter", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"brand": query.Filters{"bogus": 1}}}, []string{"brand.bogus"}},
	{"text for a number", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": "abc"}}, []string{"rank", "whole numbers", "abc"}},
	{"fraction for a whole number", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": 1.5}}, []string{"rank"}},
	{"number for text", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": 5}}, []string{"title", "text"}},
	{"not a time", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"created_at": "yesterday"}}, []string{"created_at", "2026"}},
	{"null key", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"id": nil}}, []string{"null"}},
	{"or without list", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"$or": query.Filters{"rank": 1}}}, []string{"$or", "list"}},
	{"in without list", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": query.Filters{"$in": 1}}}, []string{"$in", "list"}},
	{"mixed list", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": []any{1, "a"}}}, []string{"one type"}},
	{"compare with null", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": query.Filters{"$gt": nil}}}, []string{"$gt", "null"}},
	{"empty operators", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": query.Filters{}}}, []string{"rank"}},
	{"pattern on a number", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": query.Filters{"$like": "1%"}}}, []string{"$like", "integer"}},
	{"broken regular expression", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": query.Filters{"$re": "("}}}, []string{"regular expression"}},
	{"open escape", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": query.Filters{"$like": `a\`}}}, []string{"backslash"}},
	{"search without columns", query.Request{Entity: "brand", Fields: []string{"id"}, Filters: query.Filters{"q": "x"}}, []string{"searchable"}},
	{"invalid UTF-8", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": "a\xff"}}, []string{"UTF-8"}},
	{"zero byte", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": "a\x00"}}, []string{"zero byte"}},
	{"unusable value", query.Request{Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"title": struct{}{}}}, []string{"title"}},
	{"unknown sort key", query.Request{Entity: "item", Fields: []string{"id"}, Order: []string{"-bogus"}}, []string{"bogus"}},
	{"sort by a relation", query.Request{Entity: "item", Fields: []string{"id"}, Order: []string{"brand"}}, []string{"brand.id"}},
	{"sort by a list", query.Request{Entity: "item", Fields: []string{"id"}, Order: []string{"variants.sku"}}, []string{"$min"}},
	{"sort by JSON", query.Request{Entity: "post", Fields: []string{"id"}, Order: []string{"meta"}}, []string{"meta"}},
	{"negative limit", query.Request{Entity: "item", Fields: []string{"id"}, Limit: -5}, []string{"limit"}},
	{"absurd limit", query.Request{Entity: "item", Fields: []string{"id"}, Limit: 1_000_000}, []string{"largest page"}},
	{"negative version", query.Request{Entity: "order", Fields: []string{"id"}, Version: -1}, []string{"version is -1"}},
	{"negative offset", query.Request{Entity: "item", Fields: []string{"id"}, Offset: -1}, []string{"offset"}},
	{"not a cursor", query.Request{Entity: "item", Fields: []string{"id"}, After: "zzz"}, []string{"after"}},
	{"cursor of another order", query.Request{Entity: "item", Fields: []string{"id"}, After: "WzEsMiwzXQ"}, []string{"after"}},
	{"version of a model without versions", query.Request{Entity: "item", Fields: []string{"id"}, Version: 2}, []string{"version"}},
	{"lists of what is not selected", query.Request{Entity: "item", Fields: []string{"id"}, Lists: map[string]query.Nested{"variants": {Limit: 1}}}, []string{"variants"}},
	{"order of ids without ids", query.Request{Entity: "item", Fields: []string{"id"}, KeepOrder: true}, []string{"id"}},
}

func TestMistakesAreNamed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := filled(t, d, query.Limits{})
		for _, m := range mistakes {
			_, err := e.Graph(t.Context(), m.request)
			if fault.TypeOf(err) != fault.InvalidData {
				t.Errorf("%s: got %v of type %q, want invalid_data", m.name, err, fault.TypeOf(err))
				continue
			}
			for _, word := range m.says {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("%s: the message %q does not contain %q", m.name, err, word)
				}
			}
		}
	})
}

func TestLimitsAreKept(t *testing.T) {
	t.Parallel()
	e := filled(t, dbtest.SQLite(t), query.Limits{MaxDepth: 2, MaxEdges: 3, MaxFields: 4, MaxFilters: 3, MaxPage: 2, MaxValues: 2})
	for name, r := range map[string]query.Request{
		"depth":   {Entity: "author", Fields: []string{"posts.item.tags.value"}},
		"edges":   {Entity: "item", Fields: []string{"brand.id", "tags.id", "gears.id", "variants.id"}},
		"fields":  {Entity: "item", Fields: []string{"id", "title", "rank", "price", "created_at"}},
		"filters": {Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"$or": []query.Filters{{"rank": 1}, {"rank": 2}, {"rank": 3}, {"rank": 4}}}},
		"page":    {Entity: "item", Fields: []string{"id"}, Limit: 3},
		"values":  {Entity: "item", Fields: []string{"id"}, Filters: query.Filters{"rank": []int{1, 2, 3}}},
	} {
		if _, err := e.Graph(t.Context(), r); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%s: got %v, want invalid_data", name, err)
		}
	}
	res, err := e.Graph(t.Context(), query.Request{Entity: "item", Fields: []string{"id"}})
	if err != nil || res.Rows != 2 || res.Metadata.Next == "" {
		t.Errorf("a query without a limit got %d rows, next %q, %v; want the largest page of 2 and a cursor", res.Rows, res.Metadata.Next, err)
	}
}

func TestALongStatementIsStopped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := filled(t, d, query.Limits{Timeout: time.Nanosecond})
		_, err := e.Graph(t.Context(), query.Request{Entity: "item", Fields: []string{"id"}})
		if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "took longer") {
			t.Errorf("got %v of type %q, want invalid_data", err, fault.TypeOf(err))
		}
	})
}

func TestRequiredKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := filled(t, d, query.Limits{})
		for _, c := range []struct {
			filters query.Filters
			missing string
		}{
			{query.Filters{"id": "i1"}, ""},
			{query.Filters{"id": query.Filters{"$in": []string{"i1", "i2"}}}, ""},
			{query.Filters{"id": []string{}}, ""},
			{query.Filters{"id": "zzz"}, "zzz"},
			{query.Filters{"id": []string{"i1", "yyy", "zzz"}}, "yyy, zzz"},
			{query.Filters{"id": "i1", "rank": 99}, "i1"},
		} {
			_, err := e.Graph(t.Context(), query.Request{Entity: "item", Fields: []string{"title"}, Filters: c.filters, RequireKeys: true})
			switch {
			case c.missing == "" && err != nil:
				t.Errorf("%v: %v", c.filters, err)
			case c.missing != "" && (fault.TypeOf(err) != fault.NotFound || !strings.Contains(err.Error(), c.missing)):
				t.Errorf("%v: got %v, want not_found naming %s", c.filters, err, c.missing)
			}
		}
	})
}
