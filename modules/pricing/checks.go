package pricing

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// checks are what verify looks for.
var checks = []module.Check{
	{Model: Prices, Column: "rules_count", Wrong: "do not count their rules", Rows: miscounted(Prices, PriceRules, "price_id"), Value: count(PriceRules, "price_id")},
	{Model: PriceLists, Column: "rules_count", Wrong: "do not count their rules", Rows: miscounted(PriceLists, PriceListRules, "price_list_id"), Value: count(PriceListRules, "price_list_id")},
	{Model: Prices, Column: "price_list_id", Wrong: "are in a list that is deleted", Rows: abandoned(PriceLists, "price_list_id")},
	{Model: Prices, Column: "price_set_id", Wrong: "are in a set that is deleted", Rows: abandoned(PriceSets, "price_set_id")},
	{Model: Prices, Column: "min_quantity", Wrong: "overlap with another tier", Rows: overlapping},
}

// miscounted returns the clauses of live records whose rules_count is not the number of
// their live rules.
func miscounted(of, rules *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(of.Table) + " AS a WHERE a.deleted_at IS NULL AND COALESCE(a.rules_count, 0) <> " + count(rules, column)(d)
	}
}

// count returns how many live rules a record a has.
func count(rules *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return "(SELECT count(*) FROM " + d.Quote(rules.Table) + " AS r WHERE r." + d.Quote(column) + " = a.id AND r.deleted_at IS NULL)"
	}
}

// abandoned returns the clauses of live prices in deleted records, which a column names.
func abandoned(of *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(Prices.Table) + " AS a JOIN " + d.Quote(of.Table) + " AS o ON o.id = a." + d.Quote(column) +
			" AND o.deleted_at IS NOT NULL WHERE a.deleted_at IS NULL"
	}
}
