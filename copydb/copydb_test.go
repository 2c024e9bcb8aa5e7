package copydb_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/copydb"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/schema"
)

// kinds are the kinds of databases to copy from and to.
var kinds = []string{"sqlite", "postgres"}

// eachWay runs test for each direction, with a shop that is full and a fresh one.
func eachWay(t *testing.T, test func(t *testing.T, from, to *gorgon.App)) {
	t.Helper()
	for _, from := range kinds {
		for _, to := range kinds {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				test(t, source(t, from), target(t, to))
			})
		}
	}
}

// A shop is copied in each direction. The steps share the databases, which take
// long to make.
func TestCopy(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, from, to *gorgon.App) {
		made := fresh(t)
		t.Run("interrupted", func(t *testing.T) { interrupted(t, from, to, made) })
		t.Run("complete", func(t *testing.T) { complete(t, from, to, made) })
		t.Run("numbers", func(t *testing.T) { numbers(t, from, to) })
		t.Run("tables", func(t *testing.T) { tables(t, from, to) })
		t.Run("not empty", func(t *testing.T) { notEmpty(t, from, to, made) })
	})
}

var errStop = errors.New("stopped by the test")

// Wherever a copy ends early, the target is as it was, and takes the next copy.
func interrupted(t *testing.T, from, to *gorgon.App, made copydb.Holding) {
	before := dump(t, to)
	for _, at := range []string{"copying order", "copying person", "verifying"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		_, err := copydb.Run(ctx, from.Store, to.Store, copydb.Options{Fresh: made, Progress: func(what string, _, _ int64) {
			if what == at {
				cancel(errStop)
			}
		}})
		if !errors.Is(context.Cause(ctx), errStop) || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: the copy ends with %v", at, err)
		}
		same(t, before, dump(t, to))
	}
}

// Every row of every table is the same, and a token of the source is one of the
// copy. What is written to the source meanwhile is not copied.
func complete(t *testing.T, from, to *gorgon.App, made copydb.Holding) {
	token := gorgontest.Token(t, from)
	before, meanwhile := dump(t, from), &order.Order{CurrencyCode: "eur"}
	seen := map[string]bool{}
	report, err := copydb.Run(t.Context(), from.Store, to.Store, copydb.Options{Fresh: made, Progress: func(what string, _, _ int64) {
		if len(seen) == 0 {
			must(t, from.Order.Orders.Create(t.Context(), meanwhile))
		}
		seen[what] = true
	}})
	must(t, err)
	exec(t, from.DB(), `DELETE FROM "order" WHERE id = `+from.DB().Dialect().Placeholder(1), meanwhile.ID)
	same(t, before, dump(t, to))
	same(t, before, dump(t, from))
	var rows int64
	for _, table := range report.Tables {
		rows += table.Rows
		if int64(len(before[table.Table])) != table.Rows {
			t.Errorf("%d rows of %s are reported", table.Rows, table.Table)
		}
	}
	if rows != report.Rows || rows < 1000 || len(report.Tables) != len(before) || !report.Verify.OK || len(report.Skipped) != 0 {
		t.Errorf("%+v", report)
	}
	if !seen["copying order"] || !seen["verifying"] {
		t.Errorf("the progress was %v", seen)
	}
	for sent, want := range map[string]int{token: 200, token + "x": 401} {
		if got := gorgontest.Do(t, to, request(t, "/admin/users/me", sent)); got.Code != want {
			t.Errorf("%d %s, want %d", got.Code, got.Body, want)
		}
	}
}

// Numbers go on where they were: the number 21 belonged to an order that was
// removed, and is not given again.
func numbers(t *testing.T, _, to *gorgon.App) {
	next := &order.Order{CurrencyCode: "eur"}
	must(t, to.Order.Orders.Create(t.Context(), next))
	if next.DisplayID < 22 || next.DisplayID > 23 {
		t.Errorf("the next order of the copy is %d", next.DisplayID)
	}
}

// The tables of the target are those of a migration, and check foreign keys.
func tables(t *testing.T, _, to *gorgon.App) {
	p, err := to.Shop.Blueprint.Schema.Plan(t.Context(), to.DB())
	if err != nil || !p.Empty() {
		t.Errorf("the tables of the target were changed: %v, %v", p, err)
	}
	if _, err := to.DB().Exec(t.Context(), "UPDATE person SET mentor_id = 'nobody'"); err == nil {
		t.Error("the target no longer checks its foreign keys")
	}
}

func notEmpty(t *testing.T, from, to *gorgon.App, made copydb.Holding) {
	before := dump(t, to)
	_, err := copydb.Run(t.Context(), from.Store, to.Store, copydb.Options{Fresh: made})
	if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), "order_item (") || !strings.Contains(err.Error(), " more tables; copy into a new database") {
		t.Errorf("%v", err)
	}
	same(t, before, dump(t, to))
}

func TestHolding(t *testing.T) {
	t.Parallel()
	fresh := copydb.Holding{"currency": {Rows: 123}, "store": {Rows: 1, Changed: 1}}
	for _, test := range []struct {
		held copydb.Holding
		says string
	}{
		{copydb.Holding{}, ""},
		{fresh, ""},
		{copydb.Holding{"currency": {Rows: 100}}, ""},
		{copydb.Holding{"currency": {Rows: 123, Changed: 1}}, "it holds currency (1 row changed); copy"},
		{copydb.Holding{"currency": {Rows: 124}, "order": {Rows: 2000}, "a": {Rows: 1}}, "it holds order (2000 rows), currency (124 rows), a (1 row); copy"},
		{copydb.Holding{"a": {Rows: 1}, "b": {Rows: 1}, "c": {Rows: 1}, "d": {Rows: 1}, "e": {Rows: 1}, "f": {Rows: 1}, "g": {Rows: 1}}, "e (1 row), 2 more tables; copy"},
	} {
		err := test.held.Beyond(fresh)
		if test.says == "" && err != nil || test.says != "" && (fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), test.says)) {
			t.Errorf("%v: %v, want %q", test.held, err, test.says)
		}
	}
}

// A row that the target cannot take ends the copy, and the message says which.
func TestRowsThatCannotBeCopied(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			to := target(t, kind)
			for sql, says := range map[string]string{
				`UPDATE house SET price = 'much' WHERE id = 'h_1'`:                           "the row of house with the key h_1 cannot be copied: much is not an amount",
				`UPDATE customer SET metadata = '{' WHERE id = 'cus_odd'`:                    "the row of customer with the key cus_odd cannot be copied: { is not JSON",
				`UPDATE customer SET last_name = 'a' || char(0) || 'b' WHERE id = 'cus_odd'`: "the rows of customer cannot be copied",
			} {
				from := source(t, "sqlite")
				exec(t, from.DB(), sql)
				_, err := copydb.Run(t.Context(), from.Store, to.Store, copydb.Options{Fresh: fresh(t)})
				if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), says) || !strings.HasSuffix(err.Error(), "nothing was copied") {
					t.Errorf("%v, want %q", err, says)
				}
				if err := held(t, to).Beyond(fresh(t)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// What is wrong in the source is wrong in the copy, and reported. Tables of others
// are left out, and named.
func TestCopyOfAShopWithProblems(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			from, to := source(t, kind), target(t, "sqlite")
			must(t, from.Order.Orders.Create(t.Context(), &order.Order{CurrencyCode: "eur", CustomerID: new("cus_9")}))
			_, err := from.DB().Exec(t.Context(), `CREATE TABLE "of others" AS SELECT id FROM customer WHERE id IN ('cus_odd', 'cus_gone')`)
			must(t, err)
			report, err := copydb.Run(t.Context(), from.Store, to.Store, copydb.Options{Fresh: fresh(t)})
			must(t, err)
			if report.Verify.OK || len(report.Verify.Problems) != 1 || report.Verify.Problems[0].Column != "customer_id" {
				t.Errorf("%+v", report.Verify)
			}
			if diff := cmp.Diff([]copydb.Table{{Table: "of others", Rows: 2}}, report.Skipped); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A database without tables holds nothing.
func TestHoldOfAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	app := target(t, "sqlite")
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		h, err := copydb.Hold(t.Context(), d, app.Shop.Blueprint.Graph)
		if err != nil || len(h) != 0 {
			t.Errorf("%v, %v", h, err)
		}
		_, err = app.Shop.Blueprint.Schema.Migrate(t.Context(), d, schema.Options{})
		must(t, err)
		if h, err = copydb.Hold(t.Context(), d, app.Shop.Blueprint.Graph); err != nil || h["currency"].Rows == 0 || h.Beyond(fresh(t)) != nil {
			t.Errorf("%v, %v", h, err)
		}
	})
}
