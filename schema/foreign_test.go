package schema_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

func TestUnknownTablesAreLeftAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		exec(t, d, "CREATE TABLE theirs (id integer PRIMARY KEY, odd varchar(10))")
		exec(t, d, "INSERT INTO theirs (id) VALUES (1)")
		migrate(t, d, shop(t))
		settled(t, d, shop(t))
		migrate(t, d, gadgets[gadget](nil)(t), schema.Options{AllowDestructive: true})
		migrate(t, d, gadgets[gadgetWithNulls](nil)(t), schema.Options{AllowDestructive: true})
		if n := count(t, d, "SELECT count(*) FROM theirs"); n != 1 {
			t.Errorf("the unknown table has %d rows, want 1", n)
		}
		if n := count(t, d, "SELECT count(*) FROM item"); n != 0 {
			t.Errorf("item has %d rows", n)
		}
	})
}

func TestATableCreatedByOthersIsMigrated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		exec(t, d, "CREATE TABLE label (code text NOT NULL PRIMARY KEY, other text UNIQUE, name text NOT NULL UNIQUE)")
		migrate(t, d, shop(t), schema.Options{AllowDestructive: true})
		settled(t, d, shop(t))
		if d.Dialect().Name() == "sqlite" {
			return // text sorts by bytes anyway
		}
		const byBytes = "SELECT count(*) FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation WHERE a.attrelid = 'label'::regclass AND c.collname = 'C'"
		if n := count(t, d, byBytes); n != 2 {
			t.Errorf("%d columns of label sort by bytes, want 2", n)
		}
	})
}

func TestAColumnAddedByOthersIsReportedAndKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		exec(t, d, "ALTER TABLE gadget ADD COLUMN mine text")
		if err := gadgets[gadget](nil)(t).Check(t.Context(), d); err != nil {
			t.Errorf("check: %v", err)
		}
		_, err := gadgets[gadget](nil)(t).Migrate(t.Context(), d, schema.Options{})
		if err == nil || !strings.Contains(err.Error(), "gadget.mine would be dropped") {
			t.Errorf("refused with %v", err)
		}
		count(t, d, "SELECT count(mine) FROM gadget")
	})
}

func TestIndexesOfOthersSurviveChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		exec(t, d, "CREATE INDEX mine ON gadget (name) WHERE size > 3")
		exec(t, d, "CREATE INDEX theirs ON gadget (size, kind)")
		settled(t, d, gadgets[gadget](nil)(t))
		migrate(t, d, gadgets[gadgetWithoutSize](nil)(t), schema.Options{AllowDestructive: true})
		settled(t, d, gadgets[gadgetWithoutSize](nil)(t))
	})
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		exec(t, d, "CREATE INDEX mine ON gadget (name) WHERE size > 3")
		migrate(t, d, gadgets[gadgetWithNulls](nil)(t))
		settled(t, d, gadgets[gadgetWithNulls](nil)(t))
		exec(t, d, "DROP INDEX mine")
	})
}

func TestIndexesThatNoModelHasAreDropped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, gadgets[gadget](func(m *model.Model) { m.Index("name") })(t))
		applied := migrate(t, d, gadgets[gadget](nil)(t))
		if len(applied) != 1 || applied[0].Summary != "drop index IDX_gadget_name_id" || applied[0].Destructive {
			t.Errorf("applied %v", applied)
		}
		if _, err := d.Exec(t.Context(), `DROP INDEX "IDX_gadget_name_id"`); err == nil {
			t.Error("the index is still there")
		}
	})
}

func TestTriggersSurviveARebuild(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	firstGadgets(t, d)
	exec(t, d, "CREATE TRIGGER twice AFTER UPDATE OF name ON gadget BEGIN UPDATE gadget SET size = 8 WHERE id = NEW.id; END")
	applied := migrate(t, d, gadgets[gadgetWithNulls](nil)(t))
	if !strings.Contains(applied[0].SQL, "new_gadget") {
		t.Fatalf("the table was not rebuilt:\n%s", applied[0])
	}
	exec(t, d, "UPDATE gadget SET name = 'x' WHERE id = 'g1'")
	if n := count(t, d, "SELECT size FROM gadget WHERE id = 'g1'"); n != 8 {
		t.Errorf("the trigger did not run: size is %d", n)
	}
}

// Tables of another system may have the names of Gorgon's tables, with types that
// Gorgon does not use.
func TestTypesOfOthersAreConverted(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"serial", "bigserial", "bigint GENERATED ALWAYS AS IDENTITY (START 5)", "varchar(5)", "numeric(5, 2)"} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			d := dbtest.Postgres(t)
			exec(t, d, "CREATE TYPE kind AS ENUM ('a', 'b')")
			exec(t, d, `CREATE TABLE gadget (id varchar(20) PRIMARY KEY, name varchar DEFAULT 'x', size `+number+` NOT NULL, kind kind DEFAULT 'a', metadata json,
				created_at timestamp NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz)`)
			exec(t, d, "INSERT INTO gadget (id, size) OVERRIDING SYSTEM VALUE VALUES ('g1', 7)")
			s := gadgets[gadgetWithNumbers](nil)(t)
			migrate(t, d, s, schema.Options{AllowDestructive: true})
			settled(t, d, s)
			exec(t, d, "INSERT INTO gadget (id, name"+stamps+") VALUES ('g2', 'x'"+stamped+")")
			if n := count(t, d, "SELECT count(*) FROM gadget WHERE name = 'x' AND size > 0 AND (kind = 'a' OR id = 'g2')"); n != 2 {
				t.Errorf("%d of 2 gadgets are correct", n)
			}
		})
	}
}

func TestCommentsAreKept(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	firstGadgets(t, d)
	exec(t, d, "COMMENT ON TABLE gadget IS 'things'")
	exec(t, d, "COMMENT ON COLUMN gadget.name IS 'what it is called'")
	settled(t, d, gadgets[gadget](nil)(t))
}
