package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
)

// unlisted are filters that Medusa documents and no index serves.
var unlisted = map[string]string{
	"product_category.description": "a text of any length",
	"campaign.name":                "a shop has some dozens",
}

// filtered returns, for every model whose records are counted since they are many,
// the columns that lists are filtered by, as Medusa documents them.
func filtered(t *testing.T, app *gorgon.App) map[*model.Model][]string {
	t.Helper()
	out := map[*model.Model][]string{}
	_, names := theirNames(t)
	for _, r := range server.AllRoutes(app.Shop, server.Config{}, nil) {
		m, err := app.Query.Models().Model(r.Answer.Entity)
		if err != nil || !r.Answer.List || !m.Counted {
			continue
		}
		takes := names[r.Method+" "+anyParameter.ReplaceAllString(r.Path, "{}")]
		for _, name := range takes["?"] {
			f := m.Field(name)
			if f == nil || f.Name == "deleted_at" || f.Name == "id" || slices.Contains(out[m], name) || pageWords[name] {
				continue
			}
			out[m] = append(out[m], name)
		}
	}
	return out
}

// pageWords are parameters that are no filters, even where a column has the name.
var pageWords = map[string]bool{"limit": true, "offset": true, "order": true}

// A list that is sorted by a column reads the page from an index, in both
// directions, and one that is filtered by a column finds the records by an index.
func TestListsUseIndexes(t *testing.T) {
	t.Parallel()
	eachIndexed(t, func(t *testing.T, app *gorgon.App, p plans) {
		columns := 0
		check := func(what string, r query.Request, sorts bool) {
			t.Helper()
			columns++
			plan, err := app.Query.DatabasePlan(t.Context(), r)
			if err != nil {
				t.Errorf("%s: %v", what, err)
			} else if len(p.table.FindAllString(plan, -1)) > p.derived || sorts && p.sort.MatchString(plan) {
				t.Errorf("%s: reads a whole table, or sorts:\n%s", what, plan)
			}
		}
		for m, names := range filtered(t, app) {
			page := query.Request{Entity: m.Entities[0], Fields: []string{"id"}, Limit: 15}
			for _, name := range append(names, "created_at", "updated_at") {
				if unlisted[m.Name+"."+name] != "" {
					continue
				}
				for _, key := range []string{name, "-" + name} {
					sorted := page
					sorted.Order = []string{key}
					check(m.Name+" by "+key, sorted, true)
				}
				found := page
				found.Filters = query.Filters{name: valueOf(m.Field(name))}
				check(m.Name+" of a "+name, found, !m.Field(name).AnyCase) // of which two spellings are found
			}
		}
		if columns < 150 {
			t.Errorf("only %d plans were looked at", columns)
		}
	})
}

// valueOf returns a value for a filter by a column.
func valueOf(f *model.Field) any {
	switch f.Kind {
	case model.Bool:
		return true
	case model.Int, model.Float, model.Decimal:
		return 1
	case model.Time:
		return "2026-01-01T00:00:00.000Z"
	}
	if len(f.Enum) > 0 {
		return f.Enum[0]
	}
	return strings.Repeat("x", 3)
}
