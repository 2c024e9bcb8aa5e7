package pricing

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// A tier is a price for some quantities. No two tiers of a set apply to the same
// quantity, currency, list and rules.

// isTier reports whether a price has bounds on the quantity.
func (p *Price) isTier() bool { return p.MinQuantity != nil || p.MaxQuantity != nil }

// tieredSets returns the ids of the sets that have tiers among prices.
func tieredSets(prices []*Price) []string {
	return module.IDs(prices, func(p *Price) string {
		if !p.isTier() {
			return ""
		}
		return p.PriceSetID
	})
}

// lockTiers locks the sets of tiers that are about to be written, since concurrent
// transactions do not see each other's. A later lock could deadlock with the foreign
// keys of the prices.
func (s *Service) lockTiers(ctx context.Context, prices []*Price) error {
	sets := tieredSets(prices)
	if len(sets) == 0 || isTogether(ctx) {
		return nil
	}
	_, err := s.PriceSets.Lock(ctx, sets...)
	return err
}

// checkTiers checks that no two tiers overlap in the sets of tiers among prices.
func (s *Service) checkTiers(ctx context.Context, prices []*Price) error {
	sets := tieredSets(prices)
	if len(sets) == 0 || isTogether(ctx) {
		return nil
	}
	d := s.store.DB.Dialect()
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, "SELECT a.price_set_id, a.currency_code, a.id, a.min_quantity, a.max_quantity, b.id, b.min_quantity, b.max_quantity"+
		overlapping(d)+" AND "+d.List("a.price_set_id", 1)+" ORDER BY a.id, b.id LIMIT 1", sets)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		return overlap(rows)
	}
	return rows.Err()
}

// overlap returns the error about two tiers.
func overlap(rows db.Rows) error {
	var set, currency string
	var a, b Price
	if err := rows.Scan(&set, &currency, &a.ID, &a.MinQuantity, &a.MaxQuantity, &b.ID, &b.MinQuantity, &b.MaxQuantity); err != nil {
		return err
	}
	return fault.New(fault.InvalidData, "price.min_quantity: of price set %q, the prices in %s %q, for %s, and %q, for %s, overlap; with the same rules, there can be one for each quantity",
		set, currency, a.ID, a.span(), b.ID, b.span())
}

// span describes the quantities of a tier.
func (p *Price) span() string {
	describe := func(before string, n *money.Amount, after string) string { return before + n.String() + after }
	switch {
	case p.MinQuantity == nil:
		return describe("up to ", p.MaxQuantity, "")
	case p.MaxQuantity == nil:
		return describe("", p.MinQuantity, " or more")
	}
	return describe("", p.MinQuantity, " to ") + p.MaxQuantity.String()
}

// overlapping returns the FROM and WHERE clauses of the pairs a and b of live tiers
// that overlap. The condition on lists keeps SQLite from finding prices by an index on
// their list, which most do not have.
func overlapping(d db.Dialect) string {
	price, rule := d.Quote(Prices.Table), d.Quote(PriceRules.Table)
	without := func(x, y string) string { // x has a rule that y has not
		return " AND NOT EXISTS (SELECT 1 FROM " + rule + " AS r WHERE r.price_id = " + x + ".id AND r.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM " + rule +
			" AS o WHERE o.price_id = " + y + ".id AND o.deleted_at IS NULL AND o.attribute = r.attribute AND o.operator = r.operator AND o.value = r.value))"
	}
	before := func(x, y string) string { // x begins before y ends
		return " AND (" + x + ".min_quantity IS NULL OR " + y + ".max_quantity IS NULL OR " + x + ".min_quantity <= " + y + ".max_quantity)"
	}
	return " FROM " + price + " AS a JOIN " + price + " AS b ON b.price_set_id = a.price_set_id AND b.currency_code = a.currency_code" +
		" AND COALESCE(b.price_list_id, '') = COALESCE(a.price_list_id, '') AND b.id > a.id AND b.deleted_at IS NULL" +
		" WHERE a.deleted_at IS NULL AND (a.min_quantity IS NOT NULL OR a.max_quantity IS NOT NULL) AND (b.min_quantity IS NOT NULL OR b.max_quantity IS NOT NULL)" +
		before("a", "b") + before("b", "a") + without("a", "b") + without("b", "a")
}
