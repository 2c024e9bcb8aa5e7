package schema_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

func TestSecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		var reported []string
		applied := migrate(t, d, shop(t), schema.Options{Progress: func(c schema.Change) { reported = append(reported, c.Table) }})
		if len(applied) != 4 || len(reported) != 4 {
			t.Fatalf("applied %v, reported %v; want four tables", applied, reported)
		}
		settled(t, d, shop(t))
		if again := migrate(t, d, shop(t)); len(again) != 0 {
			t.Fatalf("the second run applied %v", again)
		}
		if n := count(t, d, "SELECT count(*) FROM gorgon_schema"); n != 1 {
			t.Errorf("%d migrations are recorded, want 1", n)
		}
	})
}

func TestPlanOfAnEmptyDatabaseChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for range 2 {
			p, err := shop(t).Plan(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			if p.Empty() || p.Version != 0 || len(p.Changes) != 4 {
				t.Fatalf("version %d, plan\n%s", p.Version, p)
			}
		}
	})
}

const stamps = ", created_at, updated_at"

const stamped = ", '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05.000Z'"

// addItem inserts an item of order o1 with additional columns and values.
func addItem(t *testing.T, d db.DB, id, columns, values string) error {
	t.Helper()
	number := map[string]string{"sqlite": ", number"}[d.Dialect().Name()]
	value := map[string]string{"sqlite": ", 1"}[d.Dialect().Name()]
	_, err := d.Exec(t.Context(), "INSERT INTO item (id, order_id"+number+columns+stamps+") VALUES ('"+id+"', 'o1'"+value+values+stamped+")")
	return err
}

func addOrder(t *testing.T, d db.DB, id string) {
	t.Helper()
	exec(t, d, `INSERT INTO "order" (id`+stamps+`) VALUES ('`+id+`'`+stamped+`)`)
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		addOrder(t, d, "o1")
		if err := addItem(t, d, "i1", "", ""); err != nil {
			t.Fatal(err)
		}
		var title, status string
		var n, limit int64
		var ratio, price float64
		var active bool
		var tags []string
		var config model.RawJSON
		rows, err := d.Query(t.Context(), `SELECT i.title, i.status, i.count, i.ratio, CAST(i.price AS float), i.active, i.tags, i.config, o."limit"
			FROM item i JOIN "order" o ON o.id = i.order_id`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		if !rows.Next() {
			t.Fatal("no row")
		}
		if err := rows.Scan(&title, &status, &n, &ratio, &price, &active, &tags, &config, &limit); err != nil {
			t.Fatal(err)
		}
		if title != "it's new" || status != "new" || n != 3 || ratio != 0.5 || price != 10.5 || !active || len(tags) != 0 || limit != -1 {
			t.Errorf("defaults are %q %q %d %g %g %t %q %d", title, status, n, ratio, price, active, tags, limit)
		}
		if got := string(config); got != `{"b":1}` && got != `{"b": 1}` {
			t.Errorf("config is %s", got)
		}
	})
}

func TestRowsThatViolateARuleAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		addOrder(t, d, "o1")
		if err := addItem(t, d, "i1", ", title, active", ", 'a', true"); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ name, columns, values string }{
			{"enum", ", active, status", ", false, 'other'"},
			{"enum of numbers", ", active, rank", ", false, 3"},
			{"check", ", active, count", ", false, 0"},
			{"check in parts", ", active, share, note", ", false, -1, 'b'"},
			{"reference", ", active, parent_id", ", false, 'nobody'"},
			{"unique pair", ", active, title", ", false, 'a'"},
			{"unique where", ", title, active", ", 'b', true"},
		} {
			if err := addItem(t, d, "i2", c.columns, c.values); err == nil {
				t.Errorf("%s: the row was inserted", c.name)
			}
		}
		for _, c := range []struct{ name, columns, values string }{
			{"enum with a quote", ", active, title, status", ", false, 'c', 'it''s done'"},
			{"self reference", ", active, title, parent_id", ", false, 'd', 'i1'"},
			{"check by its other part", ", active, title, share, note", ", false, 'e', -1, 'a)b'"},
			{"deleted rows break no unique index", ", title, active, deleted_at", ", 'a', true, '2026-01-02T03:04:05.000Z'"},
		} {
			if err := addItem(t, d, c.name, c.columns, c.values); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestReferencesActOnDelete(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		addOrder(t, d, "o1")
		exec(t, d, "INSERT INTO label (code, name) VALUES ('l1', 'Label')")
		for _, i := range [][2]string{{"i1", ""}, {"i2", "i1"}} {
			if err := addItem(t, d, i[0], ", title, active, parent_id", ", '"+i[0]+"', false, nullif('"+i[1]+"', '')"); err != nil {
				t.Fatal(err)
			}
		}
		exec(t, d, "INSERT INTO item_label (item_id, label_id) VALUES ('i1', 'l1')")
		exec(t, d, "DELETE FROM item WHERE id = 'i1'")
		if n := count(t, d, "SELECT count(*) FROM item_label"); n != 0 {
			t.Errorf("%d rows of the pivot remain without their item", n)
		}
		if n := count(t, d, "SELECT count(*) FROM item WHERE id = 'i2' AND parent_id IS NULL"); n != 1 {
			t.Error("the child's parent_id was not set to null")
		}
		exec(t, d, `DELETE FROM "order"`)
		if n := count(t, d, "SELECT count(*) FROM item"); n != 0 {
			t.Errorf("%d items remain without their order", n)
		}
	})
}

func TestDecimalsSortByValueAndTextByBytes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		addOrder(t, d, "o1")
		for id, price := range map[string]string{"b": "9", "a": "10", "Z": "9.5"} {
			if err := addItem(t, d, id, ", title, active, price", ", '"+id+"', false, '"+price+"'"); err != nil {
				t.Fatal(err)
			}
		}
		byPrice, err := db.Collect[string](t.Context(), d, "SELECT id FROM item ORDER BY price")
		if err != nil {
			t.Fatal(err)
		}
		byTitle, err := db.Collect[string](t.Context(), d, "SELECT id FROM item ORDER BY title")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(byPrice, []string{"b", "Z", "a"}) || !slices.Equal(byTitle, []string{"Z", "a", "b"}) {
			t.Errorf("by price %v, by title %v", byPrice, byTitle)
		}
	})
}

func TestSerialColumnsAreNumbered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		var got []int64
		err := db.Do(t.Context(), d, func(ctx context.Context) (err error) {
			got, err = d.Dialect().Numbers(ctx, db.Use(ctx, d), "item", "number", 3)
			return err
		})
		if err != nil || !slices.Equal(got, []int64{1, 2, 3}) {
			t.Errorf("numbers %v, error %v", got, err)
		}
		settled(t, d, shop(t))
	})
}

func TestTimesKeepMilliseconds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		at := time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.UTC)
		p := d.Dialect().Placeholder
		exec(t, d, `INSERT INTO "order" (id, created_at, updated_at) VALUES ('o1', `+p(1)+`, `+p(2)+`)`, at, at)
		got, _, err := db.One[time.Time](t.Context(), d, `SELECT created_at FROM "order"`)
		if err != nil || !got.Equal(at) {
			t.Errorf("%v came back as %v, error %v", at, got, err)
		}
	})
}

// hen and egg refer to each other.
type hen struct {
	model.Base
	EggID *string `json:"egg_id"`
	Egg   *egg    `json:"egg" model:"belongs"`
}

type egg struct {
	model.Base
	HenID string `json:"hen_id"`
	Hen   *hen   `json:"hen" model:"belongs"`
}

func TestTablesThatReferToEachOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := schema.New(tables(t, model.Define[hen]("hen"), model.Define[egg]("egg")))
		migrate(t, d, s)
		settled(t, d, s)
		exec(t, d, "INSERT INTO hen (id"+stamps+") VALUES ('h1'"+stamped+")")
		exec(t, d, "INSERT INTO egg (id, hen_id"+stamps+") VALUES ('e1', 'h1'"+stamped+")")
		if _, err := d.Exec(t.Context(), "UPDATE hen SET egg_id = 'e2'"); err == nil {
			t.Error("a reference to a missing egg was allowed")
		}
	})
}

func TestNoModels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, schema.New(nil))
		settled(t, d, schema.New(nil))
	})
}
