package order_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// TestManyChangeOneOrder has 64 goroutines change one order at once. Every change that
// was accepted is in its history and its counters, and no counter is past its bound.
func TestManyChangeOneOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		w := place(t, d, taxed(20, 0))
		var mu sync.Mutex
		accepted := map[string]int{}
		var all sync.WaitGroup
		for n := range 64 {
			all.Go(func() {
				r := rand.New(rand.NewPCG(uint64(n), 3))
				for _, step := range []struct {
					name string
					do   func(ctx context.Context) error
				}{
					{"fulfill", func(ctx context.Context) error { return in(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 1))) }},
					{"ship", func(ctx context.Context) error { return in(w.Ship(ctx, w.id, "ful_1", "", w.part(0, 1))) }},
					{"pay", func(ctx context.Context) error {
						return w.Record(ctx, w.id, order.Entry{Amount: money.Int(1), Reference: "capture", ReferenceID: fmt.Sprint(n)})
					}},
				}[r.IntN(3):] {
					err := step.do(t.Context())
					if err != nil && fault.TypeOf(err).Status() >= 500 {
						t.Errorf("%s: %v", step.name, err)
					}
					if err == nil {
						mu.Lock()
						accepted[step.name]++
						mu.Unlock()
					}
				}
			})
		}
		all.Wait()
		now, err := w.Snapshot(t.Context(), w.id)
		w.ok(err)
		invariants(t, now)
		i := now.Items[0]
		if got, want := i.FulfilledQuantity.String(), fmt.Sprint(accepted["fulfill"]); got != want || accepted["fulfill"] != 20 {
			t.Errorf("%s are fulfilled, %s were accepted, want 20", got, want)
		}
		if got, want := i.ShippedQuantity.String(), fmt.Sprint(accepted["ship"]); got != want {
			t.Errorf("%s are shipped, %s were accepted", got, want)
		}
		if len(now.Payments) != accepted["pay"] {
			t.Errorf("%d payments are recorded, %d were accepted", len(now.Payments), accepted["pay"])
		}
		changes, err := w.Changes.Count(t.Context(), module.Where{"order_id": w.id})
		w.ok(err)
		if made := accepted["fulfill"] + accepted["ship"]; int(changes) != made || now.Order.Version != int64(made)+1 {
			t.Errorf("%d changes made version %d, %d were accepted", changes, now.Order.Version, made)
		}
		w.proved()
	})
}

// TestManyOpenOneChange has 64 goroutines begin a change of one order: one of them does.
func TestManyOpenOneChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		w := place(t, d, taxed(1, 0))
		var opened, refused sync.Map
		var all sync.WaitGroup
		for n := range 64 {
			all.Go(func() {
				_, err := w.BeginEdit(t.Context(), order.NewChange{OrderID: w.id})
				switch {
				case err == nil:
					opened.Store(n, true)
				case fault.TypeOf(err) == fault.InvalidData:
					refused.Store(n, true)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if o, r := length(&opened), length(&refused); o != 1 || r != 63 {
			t.Errorf("%d began a change and %d were refused", o, r)
		}
	})
}

func length(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}
