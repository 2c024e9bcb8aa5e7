package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/query"
)

// A list counts exactly up to a bound, and beyond it as the URL asks.
func TestAPICounts(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.app.Query = query.New(s.app.Query.Models(), s.app.DB(), query.Limits{MaxCount: 3})
		for i := range 7 {
			name, email := "Counted", fmt.Sprintf("buyer%d@example.com", i)
			keep(t, s.app, customer.Customers, &customer.Customer{Base: withID(fmt.Sprintf("cus_%d", i)), FirstName: &name, Email: &email, HasAccount: i%2 == 0})
		}
		for _, test := range []struct {
			path     string
			least    int64 // what the count is, or at least is if it is an estimate
			estimate bool
		}{
			{"has_account=false", 3, false},
			{"has_account=true&count=exact", 4, false},
			{"has_account=true", 3, true},
			{"has_account=true&count=estimated&limit=0", 3, true},
			{"has_account=true&offset=100", 3, true},
			{"count=exact", 7, false},
		} {
			got := s.want(t, http.StatusOK, "admin", "GET /admin/customers?first_name=Counted&"+test.path, "")
			n, _ := got["count"].(float64)
			if estimate, _ := got["count_is_estimate"].(bool); estimate != test.estimate || int64(n) < test.least || !estimate && int64(n) != test.least {
				t.Errorf("%s: count %v, estimate %v", test.path, got["count"], got["count_is_estimate"])
			}
		}
		none := s.want(t, http.StatusOK, "admin", "GET /admin/customers?count=none&limit=2", "")
		if _, counted := none["count"]; counted || len(none["customers"].([]any)) != 2 {
			t.Errorf("without a count: %v", none)
		}
		for path, want := range map[string]struct {
			rows    int
			partial bool
		}{
			"q=r6&limit=5":             {0, true}, // a word of two letters: the first three customers are tried
			"q=r6&count=exact":         {1, false},
			"q=r0&limit=1":             {1, false}, // a full page
			"q=r6&first_name=no":       {0, false},
			"q=r6&limit=5&count=none":  {0, true},
			"q=r6&limit=0&fields=id":   {0, false},
			"q=r6&order=-id&fields=id": {1, true},
		} {
			got := s.want(t, http.StatusOK, "admin", "GET /admin/customers?"+path, "")
			if partial, _ := got["search_is_partial"].(bool); partial != want.partial || len(got["customers"].([]any)) != want.rows {
				t.Errorf("%s: %v, partial %t", path, got["customers"], partial)
			}
		}
		s.want(t, http.StatusBadRequest, "admin", "GET /admin/customers?count=some", "")
		s.want(t, http.StatusBadRequest, "store", "GET /store/products?count=exact", "")
		s.want(t, http.StatusOK, "store", "GET /store/products?count=none", "")
	})
}

// The number of records that triggers keep is that of the live records, whatever
// happened to them.
func TestCountersFollowRecords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		ctx, orders := t.Context(), app.Order.Orders
		check := func(when string) {
			t.Helper()
			for _, draft := range []any{nil, true, false} {
				filters, where := query.Filters{}, ""
				if draft != nil {
					filters["is_draft_order"], where = draft, fmt.Sprintf(" AND CAST(is_draft_order AS integer) = %d", map[any]int{true: 1}[draft])
				}
				truth, _, err := db.One[int64](ctx, db.Use(ctx, app.DB()), `SELECT count(*) FROM "order" WHERE deleted_at IS NULL`+where)
				if err != nil {
					t.Fatal(err)
				}
				res, err := app.Query.Graph(ctx, query.Request{Entity: "order", Fields: []string{"id"}, Filters: filters, Limit: query.None, Count: true})
				if err != nil || *res.Metadata.Count != truth {
					t.Errorf("%s: draft %v: counted %v, want %d (%v)", when, draft, res, truth, err)
				}
			}
		}
		var ids []string
		for i := range 6 {
			o := &order.Order{CurrencyCode: "eur", IsDraftOrder: i%2 == 0}
			if err := orders.Create(ctx, o); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, o.ID)
		}
		check("after creating")
		steps := []func() error{
			func() error { return orders.SoftDelete(ctx, ids[0], ids[1]) },
			func() error { return orders.SoftDelete(ctx, ids[0]) },
			func() error {
				_, err := orders.Update(ctx, ids[2:4], module.Patch{"is_draft_order": false})
				return err
			},
			func() error { return orders.Restore(ctx, ids[0]) },
			func() error { return orders.Delete(ctx, ids[1], ids[2]) },
			func() error {
				_ = app.Do(ctx, func(ctx context.Context) error {
					_ = orders.Create(ctx, &order.Order{CurrencyCode: "eur"})
					return errors.New("rolled back")
				})
				return nil
			},
		}
		for i, step := range steps {
			if err := step(); err != nil {
				t.Fatal(err)
			}
			check(fmt.Sprintf("after step %d", i+1))
		}
	})
}
