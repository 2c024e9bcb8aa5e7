package e2e_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/verify"
)

// What an import may bring, and no write of ours makes: rules that are not counted,
// prices in what is deleted, tiers that overlap.
func TestVerifyChecksPrices(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		_, set := withPrices(t, app)
		const at = "'2026-01-02 00:00:00+00'"
		for _, sql := range []string{
			"UPDATE price SET rules_count = 2 WHERE amount = '20'",
			"UPDATE price_list SET rules_count = 1",
			"UPDATE price_list SET deleted_at = " + at,
			"INSERT INTO price (id, price_set_id, currency_code, amount, min_quantity, max_quantity, rules_count, created_at, updated_at) VALUES " +
				fmt.Sprintf("('low', '%s', 'eur', '1', '2', '10', 0, %[2]s, %[2]s), ('high', '%[1]s', 'eur', '1', '9', NULL, NULL, %[2]s, %[2]s)", set, at),
			"INSERT INTO price_set (id, created_at, updated_at, deleted_at) VALUES ('gone', " + at + ", " + at + ", " + at + ")",
			"INSERT INTO price (id, price_set_id, currency_code, amount, created_at, updated_at) VALUES ('left', 'gone', 'eur', '1', " + at + ", " + at + ")",
		} {
			if _, err := app.DB().Exec(t.Context(), sql); err != nil {
				t.Fatalf("%s: %v", sql, err)
			}
		}
		report, err := verify.Run(t.Context(), app.Store, verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]int64{}
		for _, p := range report.Problems {
			if p.Check == verify.Rule {
				found[p.Table+"."+p.Column] = p.Count
			}
		}
		want := "map[price.min_quantity:1 price.price_list_id:1 price.price_set_id:1 price.rules_count:1]"
		if fmt.Sprint(found) != want {
			t.Errorf("verify finds %v, want %s: %v", found, want, report.Problems)
		}
	})
}
