package shop_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// A shop whose list of currencies is older gains those that it lacks.
func TestAnUpgradeAddsCurrencies(t *testing.T) {
	t.Parallel()
	b, err := shop.Build(shop.Config{})
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := b.On(d)
		if _, err := s.Migrate(t.Context(), schema.Options{}); err != nil {
			t.Fatal(err)
		}
		for _, sql := range []string{"DELETE FROM currency WHERE code = 'zwl'", "DELETE FROM gorgon_migration WHERE name = 'gorgon: currencies of Medusa 2.21'"} {
			if _, err := d.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Migrate(t.Context(), schema.Options{}); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Currency.Currencies.Count(t.Context(), module.Where{"code": "zwl"}); n != 1 || err != nil {
			t.Errorf("%d currencies, %v", n, err)
		}
	})
}
