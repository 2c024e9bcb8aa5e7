package medusa_test

import (
	"context"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
)

func TestMain(m *testing.M) { os.Exit(medusatest.Main(m)) }

// store has the tables of all modules in d.
func store(t testing.TB, d db.DB) *module.Store {
	t.Helper()
	g := graph(t)
	if _, err := schema.New(g.Models()).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return &module.Store{DB: d, Graph: g}
}

// open opens a source.
func open(t testing.TB, url string) db.DB {
	t.Helper()
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func importShop(t testing.TB, source db.DB, s *module.Store) *medusa.Report {
	t.Helper()
	r, err := medusa.Import(t.Context(), source, s, medusa.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// exec changes a database by hand.
func exec(t testing.TB, d db.DB, sql string) {
	t.Helper()
	if _, err := d.Exec(context.WithoutCancel(t.Context()), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// Every table of the sample shop is taken over or skipped by name, with as many
// rows as its README counts.
func TestEveryRowIsAccountedFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source := open(t, medusatest.Shop(t))
		s := store(t, d)
		r := importShop(t, source, s)
		got := map[string]int64{}
		for _, table := range r.Tables {
			got[table.Table] = table.Read
			if table.Read != table.Written+table.Refused || table.Unchanged != 0 {
				t.Errorf("%s does not add up: %+v", table.Table, table)
			}
			if n := count(t, d, table.Table); n != table.Written {
				t.Errorf("%s has %d rows, reported as written %d", table.Table, n, table.Written)
			}
		}
		for _, table := range r.Skipped {
			got[table.Table] = table.Rows
			if table.Module == "unknown" || table.Module == "" {
				t.Errorf("%s is of no module", table.Table)
			}
		}
		if diff := cmp.Diff(counted(medusatest.Readme(t)), got); diff != "" {
			t.Errorf("rows by table: want -, got +\n%s", diff)
		}
		for _, n := range r.Notes {
			t.Log(n)
		}
		for _, n := range r.Tables {
			for _, n := range n.Notes {
				t.Log(n)
			}
		}
	})
}

func count(t testing.TB, d db.DB, table string) int64 {
	t.Helper()
	n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM "+d.Dialect().Quote(table))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var (
	rowCount  = regexp.MustCompile("`(\\w+)` (\\d+)")
	tableName = regexp.MustCompile("`(\\w+)`")
)

// counted are the rows by table that the README tells; the three tables of the
// framework's own are not in it.
func counted(readme string) map[string]int64 {
	_, section, _ := strings.Cut(readme, "### Rows per table")
	section, _, _ = strings.Cut(section, "## Answers")
	filled, empty, _ := strings.Cut(section, "Empty:")
	out := map[string]int64{"link_module_migrations": 20, "mikro_orm_migrations": 182, "script_migrations": 5}
	for _, m := range rowCount.FindAllStringSubmatch(filled, -1) {
		out[m[1]], _ = strconv.ParseInt(m[2], 10, 64)
	}
	for _, m := range tableName.FindAllStringSubmatch(empty, -1) {
		out[m[1]] = 0
	}
	return out
}
