package schema_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/schema"
)

// order has a table and columns whose names are reserved words.
type order struct {
	model.Base
	Limit  int64   `json:"limit" model:"default=-1"`
	Return *string `json:"return" model:"index"`
	Items  []*item `json:"items" model:"many=order_id"`
}

// item has a field of every kind, with and without null and default.
type item struct {
	model.Base
	Title    string        `json:"title" model:"searchable,default=it's new"`
	Note     *string       `json:"note"`
	Count    int64         `json:"count" model:"default=3"`
	Ratio    float64       `json:"ratio" model:"default=0.50"`
	Share    *float64      `json:"share"`
	Price    money.Amount  `json:"price" model:"default=10.50,index"`
	Discount *money.Amount `json:"discount"`
	Active   bool          `json:"active" model:"default=true"`
	Hidden   *bool         `json:"hidden"`
	SoldAt   *time.Time    `json:"sold_at"`
	Tags     []string      `json:"tags" model:"default=[]"`
	Config   model.RawJSON `json:"config" model:"notnull,default={\"b\":1}"`
	Status   string        `json:"status" model:"enum=new|it's done,default=new"`
	Rank     *int64        `json:"rank" model:"enum=1|2"`
	Number   int64         `json:"number" model:"serial"`
	OrderID  string        `json:"order_id"`
	ParentID *string       `json:"parent_id"`
	Order    *order        `json:"order" model:"belongs"`
	Parent   *item         `json:"parent" model:"belongs"`
	Labels   []*label      `json:"labels" model:"through=item_label.item_id.label_id"`
}

// label has no soft deletion, so its indexes cover all rows.
type label struct {
	Code string `json:"code" model:"pk"`
	Name string `json:"name" model:"unique"`
}

func orders() *model.Model { return model.Define[order]("order") }

func items() *model.Model {
	return model.Define[item]("item").
		Unique("order_id", "title").
		UniqueWhere("active = true", "order_id").
		UniqueWhere("hidden = true AND note IS NOT NULL", "order_id").
		Check("item_count_positive", "count > 0 AND count < 100").
		Check("item_share", "(share >= 0) OR (note = 'a)b')")
}

func labels() *model.Model { return model.Define[label]("label") }

// tables returns the models of a graph, with pivots.
func tables(t testing.TB, models ...*model.Model) []*model.Model {
	t.Helper()
	g, err := model.NewGraph(models...)
	if err != nil {
		t.Fatal(err)
	}
	return g.Models()
}

// shop returns the schema that most tests use.
func shop(t testing.TB, data ...schema.DataMigration) *schema.Schema {
	t.Helper()
	return schema.New(tables(t, orders(), items(), labels()), data...)
}

// migrate migrates the database and fails on an error.
func migrate(t testing.TB, d db.DB, s *schema.Schema, o ...schema.Options) []schema.Change {
	t.Helper()
	applied, err := s.Migrate(t.Context(), d, append(o, schema.Options{})[0])
	if err != nil {
		t.Fatalf("migrate: %v", err)
	}
	return applied
}

// settled fails unless a new plan, which reads the tables, has nothing to do.
func settled(t testing.TB, d db.DB, s *schema.Schema) {
	t.Helper()
	p, err := s.Plan(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Empty() {
		t.Fatalf("there are still changes to make:\n%s", p)
	}
	if err := s.Check(t.Context(), d); err != nil {
		t.Fatalf("check: %v", err)
	}
}

func exec(t testing.TB, d db.DB, sql string, args ...any) {
	t.Helper()
	if _, err := d.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func count(t testing.TB, c db.Conn, sql string) int64 {
	t.Helper()
	n, _, err := db.One[int64](context.Background(), c, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}
