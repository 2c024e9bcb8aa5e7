package e2e_test

import (
	"context"
	"net/url"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// open is an App on a fresh, migrated database.
func open(t testing.TB, database string) *gorgon.App {
	t.Helper()
	return gorgontest.Open(t, gorgon.New, database)
}

// each runs the test on a fresh App of each database.
func each(t *testing.T, test func(t *testing.T, app *gorgon.App)) {
	t.Helper()
	gorgontest.Each(t, gorgon.New, test)
}

func file(t *testing.T) string { t.Helper(); return gorgontest.SQLite(t) }

// scans are how the databases say that they read a whole table.
var scans = map[string]*regexp.Regexp{
	"sqlite":   regexp.MustCompile(`SCAN t[1-9]\d*( |$)`), // t0 is the root, found by its key
	"postgres": regexp.MustCompile(`Seq Scan on \S+ t[1-9]\d*( |$)`),
}

// Every edge, built-in relation or link, must find its records by an index.
// PostgreSQL is forbidden to scan, since it would scan tables as empty as these
// whatever their indexes; where it must, the plan still shows the scan.
func TestEveryEdgeUsesAnIndex(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		edgesUseIndexes(t, open(t, "sqlite:"+filepath.Join(t.TempDir(), "shop.db")), scans["sqlite"])
	})
	t.Run("postgres", func(t *testing.T) {
		u, err := url.Parse(dbtest.PostgresURL(t))
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Set("options", "-cenable_seqscan=off")
		u.RawQuery = q.Encode()
		edgesUseIndexes(t, open(t, u.String()), scans["postgres"])
	})
}

func edgesUseIndexes(t *testing.T, app *gorgon.App, scan *regexp.Regexp) {
	t.Helper()
	g, err := app.Graph()
	if err != nil {
		t.Fatal(err)
	}
	edges := 0
	for _, m := range g.Models() {
		if len(m.Entities) == 0 || m.PrimaryKey() == "" {
			continue
		}
		for _, e := range g.Edges(m) {
			edges++
			plan, err := databasePlan(t.Context(), app, m, e)
			if err != nil {
				t.Errorf("%s.%s: %v", m, e.Name, err)
			} else if scan.MatchString(plan) {
				t.Errorf("%s.%s reads a whole table:\n%s", m, e.Name, plan)
			}
		}
	}
	if edges < 200 {
		t.Errorf("only %d edges were looked at", edges)
	}
}

func databasePlan(ctx context.Context, app *gorgon.App, m *model.Model, e *model.Edge) (string, error) {
	field := e.Name
	if e.Content == "" {
		field += "." + e.To.PrimaryKey()
	}
	return app.Query.DatabasePlan(ctx, query.Request{Entity: m.Entities[0], Fields: []string{field}, Filters: query.Filters{m.PrimaryKey(): "x"}})
}

// The root of every query by key is found by its primary key.
func TestRootsAreFoundByKey(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		for _, entity := range []string{"order", "cart", "product", "order_cart", "country"} {
			key := "id"
			if entity == "country" {
				key = "iso_2"
			}
			res, err := app.Query.Graph(t.Context(), query.Request{Entity: entity, Fields: []string{"*"}, Filters: query.Filters{key: "nothing"}})
			if err != nil || string(res.Data) != "[]" {
				t.Errorf("%s: %s, %v", entity, res.Data, err)
			}
		}
	})
}
