package copydb_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/copydb"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/shop"
)

// A person has a mentor and lives in a house, which is owned by a person: rows
// refer to rows that come later, whatever the order of the tables.
type (
	person struct {
		model.Base
		MentorID *string `json:"mentor_id"`
		HouseID  *string `json:"house_id"`

		Mentor *person `json:"mentor,omitzero" model:"belongs"`
		House  *house  `json:"house,omitzero" model:"belongs"`
	}
	house struct {
		model.Base
		OwnerID *string      `json:"owner_id"`
		Height  *float64     `json:"height"`
		Empty   *bool        `json:"empty"`
		Rooms   []string     `json:"rooms"`
		Price   money.Amount `json:"price"`

		Owner *person `json:"owner,omitzero" model:"belongs"`
	}
)

var (
	persons = model.Define[person]("person")
	houses  = model.Define[house]("house")
)

func assemble(c gorgon.Config) *gorgon.App {
	app := gorgon.New(c)
	app.Module("town", persons, houses)
	return app
}

// hard is JSON that a database could change on the way.
const hard = `{"a": {"b": [1, 2.50, -0.000001, 123456789012345678901234567890, null, true]}, "ü \" \\ 漢字 🙂": "a\n\tb", "": []}`

func base(id string) model.Base { return model.Base{Record: model.Record{ID: id}} }

// files are SQLite files that are made once: copying one is faster.
var files struct {
	sync.Mutex
	fresh, filled []byte
}

// sqlite opens a shop in a copy of the SQLite file that content holds. The file is
// made first, if need be.
func sqlite(t *testing.T, content *[]byte, fill func(t *testing.T, database string) *gorgon.App) *gorgon.App {
	t.Helper()
	files.Lock()
	defer files.Unlock()
	if len(*content) == 0 {
		database := gorgontest.SQLite(t)
		must(t, fill(t, database).Close())
		path, _ := shop.SQLitePath(database)
		var err error
		*content, err = os.ReadFile(path)
		must(t, err)
	}
	database := gorgontest.SQLite(t)
	path, _ := shop.SQLitePath(database)
	must(t, os.WriteFile(path, *content, 0o600))
	app := assemble(gorgon.Config{Database: database})
	must(t, app.Open(t.Context()))
	t.Cleanup(func() { _ = app.Close() })
	return app
}

func made(t *testing.T, database string) *gorgon.App {
	t.Helper()
	return gorgontest.Open(t, assemble, database)
}

// source and target return a full shop and a fresh one on a kind of database.
func source(t *testing.T, kind string) *gorgon.App {
	t.Helper()
	if kind == "sqlite" {
		return sqlite(t, &files.filled, fill)
	}
	return fill(t, dbtest.PostgresURL(t))
}

func target(t *testing.T, kind string) *gorgon.App {
	t.Helper()
	if kind == "sqlite" {
		return sqlite(t, &files.fresh, made)
	}
	return made(t, dbtest.PostgresURL(t))
}

// fill returns a demo shop with rows of all sorts. Its last order was removed,
// and its number with it.
func fill(t *testing.T, database string) *gorgon.App {
	t.Helper()
	app := made(t, database)
	ctx := t.Context()
	if _, err := demo.Seed(ctx, app.Shop, demo.Options{Seed: 1, Orders: 20}); err != nil {
		t.Fatal(err)
	}
	odd := &customer.Customer{Base: base("cus_odd"), Email: new("x@example.com"), FirstName: new(""), LastName: new("  O'Brien \"漢字\"\n🙂 ")}
	odd.Metadata = model.RawJSON(hard)
	odd.CreatedAt = time.Date(1999, 12, 31, 23, 59, 59, 999e6, time.UTC)
	must(t, app.Customer.Customers.Create(ctx, odd, &customer.Customer{Base: base("cus_gone"), Email: new("gone@example.com")}))
	must(t, app.Customer.Customers.SoftDelete(ctx, "cus_gone"))

	must(t, app.Do(ctx, func(c context.Context) error {
		p, h := module.For[person](app.Store, persons), module.For[house](app.Store, houses)
		if err := p.Create(c, &person{Base: base("p_b")}, &person{Base: base("p_z"), MentorID: new("p_b")}); err != nil {
			return err
		}
		price := money.MustParse("-12345678901234567890.123456789")
		return h.Create(c, &house{Base: base("h_1"), OwnerID: new("p_b"), Height: new(0.1), Empty: new(false), Rooms: []string{"a,b", `"`, ""}, Price: price},
			&house{Base: base("h_2"), Rooms: []string{}, Price: money.Int(0)})
	}))
	p := app.Store.DB.Dialect().Placeholder
	exec(t, app.DB(), "UPDATE person SET house_id = "+p(1)+", mentor_id = "+p(2)+" WHERE id = "+p(3), "h_1", "p_z", "p_b") // a cycle, and one of a table

	must(t, app.Order.Orders.Create(ctx, &order.Order{Base: base("order_last"), CurrencyCode: "eur"}))
	exec(t, app.DB(), `DELETE FROM "order" WHERE id = `+p(1), "order_last")
	return app
}

func exec(t *testing.T, d db.DB, sql string, args ...any) {
	t.Helper()
	if n, err := d.Exec(t.Context(), sql, args...); err != nil || n == 0 {
		t.Fatalf("%s: %d rows, %v", sql, n, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fresh is what a migration makes.
func fresh(t *testing.T) copydb.Holding {
	t.Helper()
	return held(t, target(t, "sqlite"))
}

func held(t *testing.T, app *gorgon.App) copydb.Holding {
	t.Helper()
	h, err := copydb.Hold(t.Context(), app.DB(), app.Shop.Blueprint.Graph)
	must(t, err)
	return h
}

func request(t *testing.T, path, token string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return r
}
