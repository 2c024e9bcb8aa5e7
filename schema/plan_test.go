package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

func TestPlanAsText(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		data := schema.DataMigration{Name: "polish"}
		s := schema.New(tables(t, model.Define[gadgetWithoutSize]("gadget"), labels()), data)
		p, err := s.Plan(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if p.Version != schema.Version {
			t.Errorf("version %d, want %d", p.Version, schema.Version)
		}
		for _, want := range []string{
			"-- gadget: drop column size (destructive: gadget.size would be dropped)\n",
			"-- label: create the table\nCREATE TABLE ", "IDX_label_name_unique", "-- run data migration polish\n",
		} {
			if !strings.Contains(p.String(), want) {
				t.Errorf("the plan does not say %q:\n%s", want, p)
			}
		}
		blocked, err := gadgets[gadgetWithMust](nil)(t).Plan(t.Context(), d)
		if err != nil || !strings.Contains(blocked.String(), "-- cannot be done: gadget.must is new and required") {
			t.Errorf("error %v, plan\n%s", err, blocked)
		}
		nothing, err := gadgets[gadget](nil)(t).Plan(t.Context(), d)
		if err != nil || nothing.String() != "nothing to do\n" {
			t.Errorf("error %v, plan\n%s", err, nothing)
		}
	})
}

// manyTables returns models for about as many tables and indexes as Gorgon has.
func manyTables(b *testing.B) []*model.Model {
	var all []*model.Model
	for i := range 110 {
		m := model.Define[gadget](fmt.Sprintf("gadget_%d", i)).Index("name").Index("size").Unique("kind", "name")
		if i > 0 {
			m.Field("name").References = &model.Reference{Model: all[i-1], Column: "id", OnDelete: "CASCADE"}
		}
		all = append(all, m)
	}
	return tables(b, all...)
}

func benchmark(b *testing.B, run func(b *testing.B, open func(testing.TB) db.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, dbtest.SQLite) })
	b.Run("postgres", func(b *testing.B) { run(b, dbtest.Postgres) })
}

// BenchmarkFresh creates 110 tables and 330 indexes in an empty database.
func BenchmarkFresh(b *testing.B) {
	benchmark(b, func(b *testing.B, open func(testing.TB) db.DB) {
		s := schema.New(manyTables(b))
		for b.Loop() {
			b.StopTimer()
			d := open(b)
			b.StartTimer()
			migrate(b, d, s)
		}
	})
}

// BenchmarkPlan compares 110 tables with their models.
func BenchmarkPlan(b *testing.B) {
	benchmark(b, func(b *testing.B, open func(testing.TB) db.DB) {
		d, s := open(b), schema.New(manyTables(b))
		migrate(b, d, s)
		for b.Loop() {
			if p, err := s.Plan(b.Context(), d); err != nil || !p.Empty() {
				b.Fatalf("error %v, plan\n%s", err, p)
			}
		}
	})
}

// BenchmarkCheck measures what Check adds to every start of the program.
func BenchmarkCheck(b *testing.B) {
	benchmark(b, func(b *testing.B, open func(testing.TB) db.DB) {
		d, s := open(b), schema.New(manyTables(b))
		migrate(b, d, s)
		for b.Loop() {
			if err := s.Check(b.Context(), d); err != nil {
				b.Fatal(err)
			}
		}
	})
}
