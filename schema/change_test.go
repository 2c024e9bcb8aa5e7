package schema_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/schema"
)

// gadget is the table that the tests change. part refers to it with a cascade, so
// a lost gadget would lose its parts.
type gadget struct {
	model.Base
	Name string  `json:"name"`
	Size int64   `json:"size"`
	Kind *string `json:"kind" model:"enum=a|b"`
}

type part struct {
	model.Base
	GadgetID string `json:"gadget_id"`
}

// gadgets returns a function that returns the schema with the struct T for gadget.
// change, which may be nil, changes its model.
func gadgets[T any](change func(m *model.Model)) func(t testing.TB) *schema.Schema {
	return func(t testing.TB) *schema.Schema {
		m := model.Define[T]("gadget")
		if change != nil {
			change(m)
		}
		parts := model.Define[part]("part").Index("gadget_id")
		parts.Field("gadget_id").References = &model.Reference{Model: m, Column: "id", OnDelete: "CASCADE"}
		return schema.New(tables(t, m, parts))
	}
}

// firstGadgets creates the tables as they are before a change, with rows.
func firstGadgets(t testing.TB, d db.DB) {
	t.Helper()
	migrate(t, d, gadgets[gadget](nil)(t))
	for _, values := range []string{"'g1', '10', 7, 'a'", "'g2', '9', 7, NULL"} {
		exec(t, d, "INSERT INTO gadget (id, name, size, kind"+stamps+") VALUES ("+values+stamped+")")
	}
	exec(t, d, "INSERT INTO part (id, gadget_id"+stamps+") VALUES ('p1', 'g1'"+stamped+")")
}

// survived fails unless all rows still exist and references are still enforced.
func survived(t testing.TB, d db.DB) {
	t.Helper()
	if n := count(t, d, "SELECT count(*) FROM part p JOIN gadget g ON g.id = p.gadget_id WHERE g.id = 'g1'"); n != 1 {
		t.Errorf("%d parts of g1 are left, want 1", n)
	}
	if n := count(t, d, "SELECT count(*) FROM gadget"); n != 2 {
		t.Errorf("%d gadgets are left, want 2", n)
	}
	if _, err := d.Exec(t.Context(), "UPDATE part SET gadget_id = 'nobody'"); err == nil {
		t.Error("references are no longer enforced")
	}
}

type gadgetWithColumns struct {
	gadget
	Note   *string       `json:"note"`
	Weight money.Amount  `json:"weight" model:"default=1.5"`
	Extra  model.RawJSON `json:"extra"`
	Color  string        `json:"color" model:"default=red,index"`
}

type gadgetWithReference struct {
	gadget
	PartID *string `json:"part_id"`
}

type gadgetWithNulls struct {
	model.Base
	Name *string `json:"name"`
	Size int64   `json:"size" model:"default=1"`
	Kind *string `json:"kind" model:"enum=a|b|c"`
}

type gadgetWithNumbers struct {
	model.Base
	Name string  `json:"name"`
	Size int64   `json:"size" model:"serial"`
	Kind *string `json:"kind" model:"enum=a|b"`
}

func TestChangesThatLoseNothing(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		to      func(t testing.TB) *schema.Schema
		summary string // part of the plan, on both databases
		same    string // a database on which there is nothing to change
	}{
		{name: "add columns", to: gadgets[gadgetWithColumns](nil), summary: "add column weight"},
		{name: "add an index", to: gadgets[gadget](func(m *model.Model) { m.Index("size", "name") }), summary: "add index IDX_gadget_size_name"},
		{name: "add a unique index", to: gadgets[gadget](func(m *model.Model) { m.Unique("name") }), summary: "add index IDX_gadget_name_unique"},
		{name: "add a check", to: gadgets[gadget](func(m *model.Model) { m.Check("size_positive", "size > 0") }), summary: "add check size_positive"},
		{name: "add a reference", summary: "add foreign key gadget_part_id_foreign", to: gadgets[gadgetWithReference](func(m *model.Model) {
			m.Field("part_id").References = &model.Reference{Model: m, Column: "id", OnDelete: "SET NULL"}
		})},
		{name: "allow null, a default, one more value", to: gadgets[gadgetWithNulls](nil), summary: "allow column name to be null"},
		{name: "number a column", to: gadgets[gadgetWithNumbers](nil), summary: "change the numbering of column size", same: "sqlite"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				firstGadgets(t, d)
				p, err := c.to(t).Plan(t.Context(), d)
				if err != nil {
					t.Fatal(err)
				}
				if text := p.String(); c.same != d.Dialect().Name() && !strings.Contains(text, c.summary) || strings.Contains(text, "destructive") {
					t.Fatalf("the plan is\n%s", text)
				}
				migrate(t, d, c.to(t))
				settled(t, d, c.to(t))
				survived(t, d)
				// And back, dropping the new columns.
				migrate(t, d, gadgets[gadget](nil)(t), schema.Options{AllowDestructive: true})
				settled(t, d, gadgets[gadget](nil)(t))
				survived(t, d)
			})
		})
	}
}

func TestNewRulesHoldAfterAChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		migrate(t, d, gadgets[gadgetWithNulls](func(m *model.Model) { m.Check("size_positive", "size > 0") })(t))
		exec(t, d, "INSERT INTO gadget (id, kind"+stamps+") VALUES ('g3', 'c'"+stamped+")")
		if n := count(t, d, "SELECT size FROM gadget WHERE id = 'g3'"); n != 1 {
			t.Errorf("the default of size is %d, want 1", n)
		}
		for _, set := range []string{"size = 0", "kind = 'd'"} {
			if _, err := d.Exec(t.Context(), "UPDATE gadget SET "+set); err == nil {
				t.Errorf("%s was allowed", set)
			}
		}
		// A check with the same name and a different expression is a change.
		migrate(t, d, gadgets[gadgetWithNulls](func(m *model.Model) { m.Check("size_positive", "size >= 0") })(t))
		exec(t, d, "UPDATE gadget SET size = 0")
	})
}

func TestNumbersContinueAfterTheHighest(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	firstGadgets(t, d)
	migrate(t, d, gadgets[gadgetWithNumbers](nil)(t))
	exec(t, d, "INSERT INTO gadget (id, name"+stamps+") VALUES ('g3', 'x'"+stamped+")")
	if n := count(t, d, "SELECT size FROM gadget WHERE id = 'g3'"); n != 8 {
		t.Errorf("the number after 7 is %d", n)
	}
}

type gadgetWithoutSize struct {
	model.Base
	Name string  `json:"name"`
	Kind *string `json:"kind" model:"enum=a|b"`
}

type gadgetOfNumbers struct {
	model.Base
	Name int64   `json:"name" model:"default=5"`
	Size string  `json:"size" model:"default=small"`
	Kind *string `json:"kind" model:"enum=a|b"`
}

type gadgetOfDecimals struct {
	model.Base
	Name money.Amount `json:"name"`
	Size money.Amount `json:"size"`
	Kind *string      `json:"kind" model:"enum=a|b"`
}

type gadgetWithKind struct {
	model.Base
	Name string `json:"name"`
	Size int64  `json:"size"`
	Kind string `json:"kind" model:"enum=a|b,default=b"`
}

func TestChangesThatLoseSomething(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		to   func(t testing.TB) *schema.Schema
		lost string // part of the error
		look string // counts the gadgets that were converted correctly
	}{
		{"drop a column", gadgets[gadgetWithoutSize](nil), "gadget.size would be dropped", "SELECT count(*) FROM gadget WHERE name IN ('10', '9')"},
		{"text to number", gadgets[gadgetOfNumbers](nil), "gadget.name would change from text to", "SELECT count(*) FROM gadget WHERE name > 8 AND name < 11"},
		{"number to text", gadgets[gadgetOfNumbers](nil), "gadget.size would change from", "SELECT count(*) FROM gadget WHERE size = '7'"},
		{"text to decimal", gadgets[gadgetOfDecimals](nil), "gadget.name would change from text to", "SELECT count(*) FROM gadget WHERE name > '8'"},
		{"require a column", gadgets[gadgetWithKind](nil), "gadget.kind could no longer be null", "SELECT count(*) FROM gadget WHERE kind IN ('a', 'b')"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				firstGadgets(t, d)
				_, err := c.to(t).Migrate(t.Context(), d, schema.Options{})
				if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), c.lost) || !strings.Contains(err.Error(), "--allow-destructive") {
					t.Fatalf("refused with %v", err)
				}
				settled(t, d, gadgets[gadget](nil)(t))
				applied := migrate(t, d, c.to(t), schema.Options{AllowDestructive: true})
				if len(applied) != 1 || !applied[0].Destructive || applied[0].Table != "gadget" {
					t.Errorf("applied %v", applied)
				}
				settled(t, d, c.to(t))
				survived(t, d)
				if n := count(t, d, c.look); n != 2 {
					t.Errorf("%d of 2 gadgets were converted correctly", n)
				}
			})
		})
	}
}

type gadgetWithMust struct {
	gadget
	Must string `json:"must"`
}

func TestKeysAndReferencesChange(t *testing.T) {
	t.Parallel()
	// with returns a schema of labels with the key and, if onDelete is set, a
	// reference to itself.
	with := func(t *testing.T, key, onDelete string) *schema.Schema {
		m := labels()
		m.Key = []string{key}
		m.AddField(&model.Field{Name: "next", Null: true})
		if onDelete != "" {
			m.Field("next").References = &model.Reference{Model: m, Column: key, OnDelete: onDelete}
		}
		return schema.New(tables(t, m))
	}
	steps := []struct{ key, onDelete, summary string }{
		{"code", "SET NULL", "add foreign key label_next_foreign"},
		{"code", "CASCADE", "change foreign key label_next_foreign"},
		{"code", "", "drop foreign key label_next_foreign"},
		{"name", "", "change the primary key"},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, with(t, "code", ""))
		exec(t, d, "INSERT INTO label (code, name) VALUES ('l1', 'Label')")
		for _, step := range steps {
			to := with(t, step.key, step.onDelete)
			applied := migrate(t, d, to, schema.Options{AllowDestructive: true})
			if len(applied) != 1 || applied[0].Summary != step.summary {
				t.Errorf("applied %v, want %s", applied, step.summary)
			}
			settled(t, d, to)
		}
		if n := count(t, d, "SELECT count(*) FROM label WHERE code = 'l1'"); n != 1 {
			t.Errorf("%d labels are left, want 1", n)
		}
	})
}

func TestADefaultOfTheOldTypeIsDropped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, gadgets[gadgetOfNumbers](nil)(t))
		exec(t, d, "INSERT INTO gadget (id, size"+stamps+") VALUES ('g1', '7'"+stamped+")")
		migrate(t, d, gadgets[gadgetWithNulls](nil)(t), schema.Options{AllowDestructive: true})
		settled(t, d, gadgets[gadgetWithNulls](nil)(t))
		exec(t, d, "INSERT INTO gadget (id"+stamps+") VALUES ('g2'"+stamped+")")
		if n := count(t, d, "SELECT count(*) FROM gadget WHERE id = 'g1' AND name = '5' AND size = 7 OR id = 'g2' AND name IS NULL AND size = 1"); n != 2 {
			t.Errorf("%d of 2 gadgets are correct", n)
		}
	})
}

func TestRowsThatDoNotFitStopTheMigration(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		to   func(t testing.TB) *schema.Schema
		says string
	}{
		{"a required column without a default", gadgets[gadgetWithMust](nil), "gadget.must is new and required"},
		{"a unique index", gadgets[gadget](func(m *model.Model) { m.Unique("size") }), "some have the same values in size"},
		{"a check", gadgets[gadget](func(m *model.Model) { m.Check("size_small", "size < 5") }), `some break the check "size_small"`},
		{"a reference", gadgets[gadget](func(m *model.Model) {
			m.Field("name").References = &model.Reference{Model: m, Column: "id", OnDelete: "CASCADE"}
		}), "some refer to records that do not exist"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				firstGadgets(t, d)
				_, err := c.to(t).Migrate(t.Context(), d, schema.Options{AllowDestructive: true})
				if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("stopped with %v", err)
				}
				settled(t, d, gadgets[gadget](nil)(t))
				survived(t, d)
			})
		})
	}
}

func TestARequiredColumnFitsAnEmptyTable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, gadgets[gadget](nil)(t))
		migrate(t, d, gadgets[gadgetWithMust](nil)(t))
		settled(t, d, gadgets[gadgetWithMust](nil)(t))
	})
}
