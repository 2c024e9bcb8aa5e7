package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// offered is what a product costs in euros and dollars, from a number of pieces on and
// up to one; 0 means no bound.
type offered struct {
	sku            string // of the product
	euros, dollars string
	from, to       int64
}

// The products on sale, those that members get for less, and those that are cheaper by
// the half dozen.
var (
	onSale     = []offered{{"TBL", "149.00", "165", 0, 0}, {"APR", "49.00", "54", 0, 0}}
	forMembers = []offered{{"BRD", "39.00", "42", 0, 0}, {"POL", "62.50", "68", 0, 0}}
	byTheDozen = []offered{{"CDL", "19.50", "22", 6, 11}, {"CDL", "17.50", "20", 12, 0}, {"BWL", "22.00", "24", 6, 0}}
)

// makeLists creates a sale, a list for members, and prices for quantities, all from the
// last day of the orders on.
func (w *world) makeLists(ctx context.Context) error {
	sale := &pricing.PriceList{
		Title: "Summer sale", Description: "What makes room for the new season", Status: pricing.ListActive, Type: pricing.ListSale,
		StartsAt: &w.end, Prices: w.pricesOf(onSale),
	}
	members := &pricing.PriceList{
		Title: "Members", Description: "What members pay", Status: pricing.ListActive, Type: pricing.ListOverride,
		StartsAt: &w.end, Prices: w.pricesOf(forMembers),
		PriceListRules: []*pricing.PriceListRule{{Attribute: pricing.AttributeGroups, Value: model.ToJSON([]string{w.members.ID})}},
	}
	if err := w.Pricing.PriceLists.Create(ctx, sale, members); err != nil {
		return err
	}
	return w.Pricing.Prices.Create(ctx, w.pricesOf(byTheDozen)...)
}

// pricesOf returns the prices of all variants of products, in both currencies.
func (w *world) pricesOf(all []offered) []*pricing.Price {
	var out []*pricing.Price
	for _, o := range all {
		for _, g := range w.goods {
			if g.sku != o.sku {
				continue
			}
			for _, v := range g.Variants {
				for _, p := range []*pricing.Price{w.europe.costs(money.MustParse(o.euros)), w.america.costs(money.MustParse(o.dollars))} {
					p.PriceSetID, p.MinQuantity, p.MaxQuantity = w.sets[v.ID].ID, bound(o.from), bound(o.to)
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// bound returns a bound on a quantity; 0 means none.
func bound(n int64) *money.Amount {
	if n == 0 {
		return nil
	}
	return new(money.Int(n))
}
