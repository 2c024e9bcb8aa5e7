package order_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/totals"
)

// TestWorkedExample does what the table at the end of docs/orders.md says.
func TestWorkedExample(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/orders.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "|---|---|---|---|---|---|\n")
	rows := strings.Split(strings.TrimSpace(table), "\n")
	if len(rows) != 7 {
		t.Fatalf("the table has %d rows", len(rows))
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		w := place(t, d, taxed(2, 0))
		ctx := t.Context()
		e := &order.Exchange{}
		steps := map[string]func(){
			"place":   func() {},
			"pay":     func() { w.pay("231") },
			"fulfill": func() { w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 2))) },
			"exchange": func() {
				var c *order.Change
				e, c = w.exchanges(1)
				w.do(w.AddItems(ctx, c.ID, more(1, "12")))
				w.do(w.ConfirmExchange(ctx, e.ID, ""))
			},
			"receive": func() { w.receives(*w.exchanged(e.ID).ReturnID, 1) },
			"refund":  func() { w.pay("-96.8") },
			"revert":  func() { w.ok(w.RevertVersion(ctx, w.id)) },
		}
		for _, row := range rows {
			cells := strings.Split(row, "|")
			name := strings.TrimSpace(cells[1])
			steps[name]()
			got, want := w.line(name), strings.Join(cells[1:6], "|")
			if got != want {
				t.Errorf("got %s, the page says %s", got, want)
			}
		}
		w.proved()
	})
}

// line returns the order as the table of the page has it.
func (w *world) line(step string) string {
	w.Helper()
	o, err := w.Orders.Retrieve(w.Context(), w.id)
	w.ok(err)
	all, err := w.Summaries.List(w.Context(), module.Where{"order_id": w.id, "version": o.Version}, module.Page{})
	w.ok(err)
	var s totals.Summary
	w.ok(json.Unmarshal(all[0].Totals, &s))
	return fmt.Sprintf(" %s | %d | %s | %s | %s ", step, o.Version, o.Total, s.TransactionTotal, s.PendingDifference)
}
