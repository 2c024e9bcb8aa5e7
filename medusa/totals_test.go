package medusa_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
)

// recordedCart is a cart as a storefront got it.
type recordedCart struct {
	Cart struct {
		ID    string           `json:"id"`
		Items []map[string]any `json:"items"`
	} `json:"cart"`
}

// The totals of imported carts are those that the original's storefront answered, of
// carts, lines and taxes.
func TestTotalsOfCartsAreThoseRecorded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store(t, d)
		importShop(t, open(t, medusatest.Shop(t)), s)
		carts, compared := cart.New(s), 0
		for _, id := range []string{"r102", "r103"} {
			var recorded recordedCart
			var whole struct{ Cart map[string]any }
			must(json.Unmarshal(medusatest.Pages(t)[id].Body, &recorded))
			must(json.Unmarshal(medusatest.Pages(t)[id].Body, &whole))
			ours, err := carts.Carts.Retrieve(t.Context(), recorded.Cart.ID)
			must(err)
			compared += sameTotals(t, ours.ID, whole.Cart, ours.Cart)
			for _, theirs := range recorded.Cart.Items {
				item, _ := theirs["id"].(string)
				line, err := carts.LineItems.Retrieve(t.Context(), item)
				must(err)
				compared += sameTotals(t, item, theirs, line.Charge)
				taxes, err := carts.LineItemTaxLines.List(t.Context(), module.Where{"item_id": item}, module.Page{})
				must(err)
				list, _ := theirs["tax_lines"].([]any)
				if len(taxes) != 1 || len(list) != 1 {
					t.Fatalf("%s has %d taxes there, %d here", item, len(list), len(taxes))
				}
				tax, _ := list[0].(map[string]any)
				compared += sameTotals(t, taxes[0].ID, tax, taxes[0].Part)
			}
		}
		if compared < 60 {
			t.Errorf("only %d totals were compared", compared)
		}
	})
}

// sameTotals compares the totals of a recorded record with ours. It returns how many
// there are. The original's are doubles.
func sameTotals(t *testing.T, id string, theirs map[string]any, ours any) (n int) {
	t.Helper()
	var all map[string]float64
	must(json.Unmarshal(model.ToJSON(ours), &all))
	for name, got := range all {
		want, ok := theirs[name].(float64)
		if !ok {
			continue
		}
		n++
		if math.Abs(want-got) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("%s of %s is %v there, %v here", name, id, want, got)
		}
	}
	return n
}
