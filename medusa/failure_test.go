package medusa_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/module"
)

// fails checks that an import fails with a fault of a type whose message has the words.
func fails(t testing.TB, source db.DB, s *module.Store, typ fault.Type, words ...string) {
	t.Helper()
	r, err := medusa.Import(t.Context(), source, s, medusa.Options{})
	if r != nil || fault.TypeOf(err) != typ {
		t.Fatalf("the import returns %v, %s (%v); want %s", r, fault.TypeOf(err), err, typ)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the message %q does not have %q", err, w)
		}
	}
}

// A source that is not a database of the release is refused.
func TestWrongSources(t *testing.T) {
	t.Parallel()
	s := store(t, dbtest.SQLite(t))
	nothing := open(t, dbtest.PostgresDatabase(t, ""))
	fails(t, nothing, s, fault.InvalidData, "not a Medusa database", "order")
	store(t, nothing)
	fails(t, nothing, s, fault.InvalidData, "database of Gorgon")
	fails(t, dbtest.SQLite(t), s, fault.InvalidData, "PostgreSQL")
	for _, c := range []struct {
		sql   string
		words []string
	}{
		{`ALTER TABLE "order" DROP COLUMN locale`, []string{"2.21", "order.locale", "db:migrate"}},
		{"DROP TABLE order_summary", []string{"2.21", "order_summary"}},
		{"ALTER TABLE customer ALTER COLUMN has_account DROP DEFAULT, ALTER COLUMN has_account TYPE text", []string{"2.21", "customer.has_account (text)"}},
		{"DROP TABLE mikro_orm_migrations", []string{"not a Medusa database"}},
	} {
		source := open(t, medusatest.Shop(t))
		if strings.Contains(c.sql, "has_account") {
			exec(t, source, `DROP INDEX "IDX_customer_email_has_account_unique"`)
		}
		exec(t, source, c.sql)
		fails(t, source, s, fault.InvalidData, c.words...)
	}
	empty(t, s)
}

func TestTargetMustBeMigrated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		g, err := buildGraph()
		if err != nil {
			t.Fatal(err)
		}
		source := open(t, medusatest.Shop(t))
		fails(t, source, module.NewStore(d, g), fault.UnexpectedState, "gorgon migrate")
		s := store(t, d)
		exec(t, d, "ALTER TABLE capture RENAME COLUMN amount TO amounts")
		fails(t, source, s, fault.UnexpectedState, "capture", "gorgon migrate")
	})
}

// Rows that cannot be imported end the import, and nothing is written.
func TestBadRowsStopTheImport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, sql string
		typ       fault.Type
		words     []string
	}{
		{"enum", `ALTER TABLE promotion DROP CONSTRAINT promotion_status_check;
			UPDATE promotion SET status = 'paused' WHERE code = 'DRAFT50'`, fault.InvalidData, []string{"promotion (id promo_", "status", `"paused"`}},
		{"null", `UPDATE "order" SET display_id = NULL WHERE display_id = 7`, fault.InvalidData, []string{"order (id order_", "display_id is null"}},
		{"amount", `UPDATE capture SET amount = 'NaN' WHERE id = (SELECT min(id) FROM capture)`, fault.InvalidData, []string{"capture (id capt_", "amount", "NaN"}},
		{"time", `UPDATE cart SET created_at = 'infinity' WHERE id = (SELECT min(id) FROM cart)`, fault.UnexpectedState, []string{"its table cart"}},
		{"foreign key", `ALTER TABLE order_transaction DROP CONSTRAINT order_transaction_order_id_foreign;
			UPDATE order_transaction SET order_id = 'order_0' WHERE id = (SELECT min(id) FROM order_transaction)`, fault.InvalidData, []string{"order_transaction", "does not exist"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				source, s := open(t, medusatest.Shop(t)), store(t, d)
				exec(t, source, strings.Split(c.sql, ";")...)
				fails(t, source, s, c.typ, append(c.words, "othing was written")...)
				empty(t, s)
			})
		})
	}
}

// A record here that conflicts with one of the source is kept, and the error names it.
func TestRecordsInTheWay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		exec(t, d, "INSERT INTO product (id, title, handle, created_at, updated_at) VALUES ('prod_ours', 'Ours', 'enamel-mug', '2020-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z')")
		before := checksum(t, s)
		fails(t, source, s, fault.DuplicateError, "product", "handle", "othing was written")
		sameTables(t, before, checksum(t, s))
	})
}

// If the connection to the source is lost, nothing is written.
func TestSourceGoesAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		url := medusatest.Shop(t)
		source, admin, s := open(t, url), open(t, url), store(t, d)
		_, err := medusa.Import(t.Context(), source, s, medusa.Options{Progress: func(table string, done, total int64) {
			if table == "order" && done == total {
				exec(t, admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
			}
		}})
		if fault.TypeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "othing was written") {
			t.Errorf("the import ends with %v", err)
		}
		empty(t, s)
	})
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := medusa.Import(ctx, source, s, medusa.Options{Progress: func(table string, done, total int64) {
			if table == "cart" {
				cancel()
			}
		}})
		if err == nil {
			t.Error("a canceled import goes on")
		}
		empty(t, s)
		importShop(t, source, s) // another import can follow
	})
}

// An import in the caller's transaction is rolled back with it.
func TestInTheCallersTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if _, err := medusa.Import(ctx, source, s, medusa.Options{}); err != nil {
				return err
			}
			return fault.New(fault.NotAllowed, "no")
		})
		if fault.TypeOf(err) != fault.NotAllowed {
			t.Fatal(err)
		}
		empty(t, s)
	})
}
