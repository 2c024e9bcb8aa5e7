package schema_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// wantFault fails unless err is a fault of the type whose message contains all of
// the texts.
func wantFault(t testing.TB, err error, of fault.Type, says ...string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != of {
		t.Fatalf("error %v, want a fault of type %s", err, of)
	}
	for _, text := range says {
		if !strings.Contains(f.Message, text) {
			t.Errorf("message %q does not say %q", f.Message, text)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		wantFault(t, shop(t).Check(t.Context(), d), fault.UnexpectedState, "no tables of Gorgon yet", "gorgon migrate")
		migrate(t, d, shop(t))
		if err := shop(t).Check(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		again := schema.New(tables(t, labels(), orders(), items())) // in a different order
		if err := again.Check(t.Context(), d); err != nil {
			t.Errorf("the order of models matters: %v", err)
		}
		more := schema.New(tables(t, orders(), items(), labels(), model.Define[gadget]("gadget")))
		wantFault(t, more.Check(t.Context(), d), fault.UnexpectedState, "lacks the table gadget;", "gorgon migrate")
		other := schema.New(tables(t, orders().Index("limit"), items(), labels()))
		wantFault(t, other.Check(t.Context(), d), fault.UnexpectedState, "gorgon migrate --plan")
		exec(t, d, "DROP TABLE item_label")
		wantFault(t, shop(t).Check(t.Context(), d), fault.UnexpectedState, "item_label")
		migrate(t, d, shop(t))
		settled(t, d, shop(t))
	})
}

func TestCheckCountsMissingTables(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	migrate(t, d, gadgets[gadget](nil)(t))
	wantFault(t, shop(t).Check(t.Context(), d), fault.UnexpectedState, "the tables order, item, label and 1 more")
}

func TestAChangeOfKindWithoutChangesInSQLite(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	migrate(t, d, shop(t))
	other := schema.New(tables(t, orders(), items(), labels()))
	if err := other.Check(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	m := labels()
	m.Field("name").Kind = model.JSON
	changed := schema.New(tables(t, orders(), items(), m))
	if err := changed.Check(t.Context(), d); err != nil { // the table has what it needs
		t.Error(err)
	}
	if applied := migrate(t, d, changed); len(applied) != 0 {
		t.Errorf("applied %v", applied)
	}
	settled(t, d, changed)
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		exec(t, d, "UPDATE gorgon_schema SET version = 7")
		_, planErr := shop(t).Plan(t.Context(), d)
		_, migrateErr := shop(t).Migrate(t.Context(), d, schema.Options{AllowDestructive: true})
		for _, err := range []error{planErr, migrateErr, shop(t).Check(t.Context(), d)} {
			wantFault(t, err, fault.UnexpectedState, "version 7", "newer")
		}
	})
}

func TestAnOlderSchemaIsMigrated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		exec(t, d, "UPDATE gorgon_schema SET version = 0")
		wantFault(t, shop(t).Check(t.Context(), d), fault.UnexpectedState, "gorgon migrate")
		migrate(t, d, shop(t))
		settled(t, d, shop(t))
	})
}

func TestOneReplicaAtATime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		s := gadgets[gadgetWithNulls](nil)(t)
		for name, s := range map[string]*schema.Schema{"fresh": shop(t), "change": s} {
			applied := make([][]schema.Change, 4)
			errs := make([]error, 4)
			var all sync.WaitGroup
			for i := range applied {
				all.Go(func() { applied[i], errs[i] = s.Migrate(t.Context(), d, schema.Options{}) })
			}
			all.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			worked := 0
			for _, a := range applied {
				if len(a) > 0 {
					worked++
				}
			}
			if worked != 1 {
				t.Errorf("%s: %d of 4 changed something, want 1", name, worked)
			}
			settled(t, d, s)
		}
		survived(t, d)
	})
}

// interrupted is a database that runs a function before the first query that
// contains a text.
type interrupted struct {
	db.DB
	at  string
	run func()
}

func (i *interrupted) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	if run := i.run; run != nil && strings.Contains(sql, i.at) {
		i.run = nil
		run()
	}
	return i.DB.Query(ctx, sql, args...)
}

func TestAPlanIsNeverHalfOldAndHalfNew(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"FROM gorgon_schema", "FROM gorgon_migration", "sqlite_master", "pg_class"} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				firstGadgets(t, d)
				i := &interrupted{d, at, func() { migrate(t, d, shop(t)) }}
				migrate(t, i, shop(t))
				settled(t, d, shop(t))
			})
		})
	}
}

func TestOneConnectionIsEnough(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(dbtest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("pool_max_conns", "1")
	u.RawQuery = q.Encode()
	d, err := postgres.Open(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the test ends
	firstGadgets(t, d)
	migrate(t, d, gadgets[gadgetWithNulls](nil)(t))
	settled(t, d, gadgets[gadgetWithNulls](nil)(t))
}

func TestNotInsideATransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			_, err := shop(t).Migrate(ctx, d, schema.Options{})
			return err
		})
		wantFault(t, err, fault.UnexpectedState, "inside a transaction")
	})
}

func TestALockedFileIsAFault(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	firstGadgets(t, d)
	exec(t, d, "PRAGMA busy_timeout = 20")
	other, err := sqlite.Open(d.(*sqlite.Database).Path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // the test ends
	held, err := other.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*schema.Schema{
		"fresh": shop(t), "change": gadgets[gadgetWithColumns](nil)(t), "rebuild": gadgets[gadgetWithNulls](nil)(t),
	} {
		_, err := s.Migrate(t.Context(), d, schema.Options{})
		t.Log(name, err)
		wantFault(t, err, fault.Unavailable, "locked")
	}
	if err := held.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	migrate(t, d, gadgets[gadgetWithNulls](nil)(t))
	survived(t, d)
}

func TestAReadOnlyFileIsAFault(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	exec(t, d, "PRAGMA query_only = 1")
	_, err := shop(t).Migrate(t.Context(), d, schema.Options{})
	wantFault(t, err, fault.Unavailable, "read-only")
	if n := count(t, d, "SELECT count(*) FROM sqlite_master"); n != 0 {
		t.Errorf("%d tables or indexes were created", n)
	}
}

func TestAClosedDatabaseIsAnError(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := shop(t).Migrate(t.Context(), d, schema.Options{}); err == nil {
			t.Error("no error")
		}
	})
}

func TestCancel(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		s := gadgets[gadgetWithNulls](nil)(t)
		_, err := s.Migrate(ctx, d, schema.Options{Progress: func(schema.Change) { cancel() }})
		if err == nil {
			t.Fatal("the migration went on")
		}
		settled(t, d, gadgets[gadget](nil)(t))
		survived(t, d)
	})
}
