package shipping

import (
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// What rules count as item_total is what is stored: with taxes, after discounts,
// without shipping.
func TestItemTotalIsThatOfTheCart(t *testing.T) {
	t.Parallel()
	b, err := shop.Build(shop.Config{Database: "sqlite:" + filepath.Join(t.TempDir(), "shop.db")})
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Connect(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatal(err)
	}
	id := kept(t, s.Cart.Carts, module.Patch{"currency_code": "eur"}).ID
	line := kept(t, s.Cart.LineItems, module.Patch{"cart_id": id, "title": "Mug", "quantity": 2, "unit_price": 50}).ID
	kept(t, s.Cart.LineItemTaxLines, module.Patch{"item_id": line, "code": "std", "rate": 10})
	kept(t, s.Cart.LineItemAdjustments, module.Patch{"item_id": line, "amount": 10})
	kept(t, s.Cart.ShippingMethods, module.Patch{"cart_id": id, "name": "Post", "amount": 5})
	got, err := New(s).cart(t.Context(), "cart", id)
	if err != nil {
		t.Fatal(err)
	}
	for what, list := range map[string][]string{"rules of options": got.facts(Purpose{})["item_total"], "rules of prices": got.prices().Attributes["item_total"]} {
		if len(list) != 1 || list[0] != "99" {
			t.Errorf("%s have an item_total of %v, want 99", what, list)
		}
	}
}

// kept creates a record with the fields of a patch.
func kept[T any](t *testing.T, records module.Records[T], p module.Patch) *T {
	t.Helper()
	record, err := records.Make(p)
	if err == nil {
		err = records.Create(t.Context(), record)
	}
	if err != nil {
		t.Fatal(err)
	}
	return record
}
