package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

type changes []struct {
	Table, Summary, SQL string
	Destructive         bool
}

func changesIn(t *testing.T, text string) (out changes) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return out
}

// note is a model of these tests, and shortNote the same model without its column.
type note struct {
	model.Base
	Text string `json:"text"`
}

type shortNote struct{ model.Base }

func withNotes[T any](database string) *gorgon.App {
	app := gorgon.New(gorgon.Config{Database: database})
	app.Module("note", model.Define[T]("note"))
	return app
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(t *testing.T) string{
		"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := database(t)
			app := gorgon.New(gorgon.Config{Database: url})
			planned := changesIn(t, ok(t, app, "migrate", "--plan", "--json"))
			if len(planned) < 80 || !strings.HasPrefix(planned[0].SQL, "CREATE TABLE") {
				t.Errorf("%d changes planned", len(planned))
			}
			if got := run(t, app, "query", "order"); got.status != 1 || !strings.Contains(got.stderr, "gorgon migrate") || !strings.Contains(got.stderr, "gorgon demo") {
				t.Errorf("the plan changed something, or the message does not say what to do: %+v", got)
			}
			if got := ok(t, app, "migrate"); !strings.Contains(got, "order_cart: create the table\n") || !strings.HasSuffix(got, "changes applied; the database is up to date.\n") {
				t.Errorf("%s", got)
			}
			for line, want := range map[string]string{"migrate": "The database is up to date.\n", "migrate --plan --json": "[]\n"} {
				if got := ok(t, app, strings.Fields(line)...); got != want {
					t.Errorf("%s: %q, want %q", line, got, want)
				}
			}
		})
	}
}

// A column is dropped. On SQLite, comparing all tables is slow; package schema
// tests what becomes of them.
func TestMigrateDestructively(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresURL(t)
	ok(t, gorgon.New(gorgon.Config{Database: url}), "migrate")
	if made := changesIn(t, ok(t, withNotes[note](url), "migrate", "--json")); len(made) != 1 || made[0].Table != "note" || made[0].Destructive {
		t.Errorf("a new table: %+v", made)
	}
	app := withNotes[shortNote](url)
	if plan := ok(t, app, "migrate", "--plan"); !strings.Contains(plan, "destructive") {
		t.Errorf("the plan does not warn:\n%s", plan)
	}
	refused(t, app, []string{"migrate"}, fault.NotAllowed, "would lose data", "--allow-destructive")
	if made := changesIn(t, ok(t, app, "migrate", "--allow-destructive", "--json")); len(made) != 1 || !made[0].Destructive {
		t.Errorf("a dropped column: %+v", made)
	}
}

type longNote struct {
	shortNote
	Extra *string `json:"extra"`
}

// Back at models that the database had before, a migration changes nothing and says why.
func TestMigrateBack(t *testing.T) {
	t.Parallel()
	url := file(t)
	before := withNotes[shortNote](url)
	ok(t, before, "migrate")
	ok(t, withNotes[longNote](url), "migrate")
	if plan := ok(t, before, "migrate", "--plan"); !strings.Contains(plan, "only --allow-destructive makes these changes") {
		t.Errorf("the plan does not say that it is not carried out:\n%s", plan)
	}
	got := ok(t, before, "migrate")
	for _, want := range []string{"Nothing was changed", "note: drop column", "migrate --allow-destructive"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// The tables of Medusa have the names of ours.
func TestMigrateNoMedusaDatabase(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresURL(t)
	app := gorgon.New(gorgon.Config{Database: url})
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.DB().Exec(t.Context(), "CREATE TABLE mikro_orm_migrations (id serial)"); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"migrate", "migrate --plan", "query order"} {
		refused(t, gorgon.New(gorgon.Config{Database: url}), strings.Fields(command), fault.NotAllowed, "database of Medusa", "gorgon import medusa")
	}
}

func TestPlanMakesNoFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	app := gorgon.New(gorgon.Config{})
	if got := ok(t, app, "migrate", "--plan", "--database", "sqlite:"+path); !strings.HasPrefix(got, "-- ") {
		t.Errorf("%.200s", got)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file exists: %v", err)
	}
	if got := ok(t, app, "migrate", "--json", "--database", "sqlite://"+path); len(changesIn(t, got)) < 80 {
		t.Errorf("%.200s", got)
	}
}
