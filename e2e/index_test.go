package e2e_test

import (
	"context"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
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

// plans are how a database says that it reads a whole table, that it finds the
// root of a query, t0, by an index, and that it
// sorts, other than the ties of a unique index.
type plans struct {
	scan, root, sort *regexp.Regexp
	table            *regexp.Regexp // a scan that uses no index, of a table or of a page
	derived          int            // how many of these are of a page
}

var (
	sqlitePlans   = plans{regexp.MustCompile(`SCAN t\d+( |$)`), regexp.MustCompile(`SEARCH t0 USING (COVERING )?INDEX \S+ \(`), regexp.MustCompile(`TEMP B-TREE FOR ORDER BY`), regexp.MustCompile(`(?m)SCAN t0$`), 1}
	postgresPlans = plans{regexp.MustCompile(`Seq Scan on \S+ t\d+( |$)`), regexp.MustCompile(`(Index Scan using \S+|Index Only Scan using \S+|Bitmap Heap Scan) on \S+ t0( |$)`), regexp.MustCompile(`(-> +|^)Sort  \(`), regexp.MustCompile(`Seq Scan`), 0}
)

// eachIndexed runs the test on a fresh App of each database. PostgreSQL is
// forbidden to scan, since it would scan tables as empty as these whatever
// their indexes; where it must, the plan still shows the scan.
func eachIndexed(t *testing.T, test func(t *testing.T, app *gorgon.App, p plans)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, open(t, "sqlite:"+filepath.Join(t.TempDir(), "shop.db")), sqlitePlans)
	})
	t.Run("postgres", func(t *testing.T) {
		u, err := url.Parse(dbtest.PostgresURL(t))
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Set("options", "-cenable_seqscan=off -cenable_sort=off -cenable_bitmapscan=off")
		u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
		test(t, open(t, u.String()), postgresPlans)
	})
}

// Every edge, built-in relation or link, must find its records by an index.
func TestEveryEdgeUsesAnIndex(t *testing.T) {
	t.Parallel()
	eachIndexed(t, func(t *testing.T, app *gorgon.App, p plans) {
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
				} else if p.scan.MatchString(plan) {
					t.Errorf("%s.%s reads a whole table:\n%s", m, e.Name, plan)
				}
			}
		}
		if edges < 200 {
			t.Errorf("only %d edges were looked at", edges)
		}
	})
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
	eachIndexed(t, func(t *testing.T, app *gorgon.App, p plans) {
		g, err := app.Graph()
		if err != nil {
			t.Fatal(err)
		}
		roots := 0
		for _, m := range g.Models() {
			if len(m.Entities) == 0 || m.PrimaryKey() == "" {
				continue
			}
			roots++
			request := query.Request{Entity: m.Entities[0], Fields: []string{"*"}, Filters: query.Filters{m.PrimaryKey(): "nothing"}}
			res, err := app.Query.Graph(t.Context(), request)
			if err != nil || string(res.Data) != "[]" {
				t.Errorf("%s: %s, %v", m, res.Data, err)
			}
			plan, err := app.Query.DatabasePlan(t.Context(), request)
			if err != nil || p.scan.MatchString(plan) || !p.root.MatchString(plan) {
				t.Errorf("%s is not found by its key (%v):\n%s", m, err, plan)
			}
		}
		if roots < 50 {
			t.Errorf("only %d roots were looked at", roots)
		}
	})
}
