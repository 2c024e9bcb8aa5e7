package flows

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// reprice makes these the prices of a variant: those with an id are changed,
// those without are new, the others go. Prices of price lists stay.
func (f *Flows) reprice(ctx context.Context, variant string, prices []Price) error {
	set, err := f.priceSet(ctx, variant)
	if err != nil {
		return err
	}
	there, err := f.Prices.Prices.List(ctx, module.Where{"price_set_id": set, "price_list_id": nil}, module.Page{})
	if err != nil {
		return err
	}
	var fresh []*pricing.Price
	kept := map[string]bool{}
	for i := range prices {
		p := &prices[i]
		if p.ID == "" {
			p.PriceSetID = set
			fresh = append(fresh, p.record())
			continue
		}
		at := slices.IndexFunc(there, func(old *pricing.Price) bool { return old.ID == p.ID })
		if at < 0 {
			return fault.New(fault.NotFound, "variant %q has no price with id %q", variant, p.ID)
		}
		kept[p.ID] = true
		if err := f.changePrice(ctx, there[at], p); err != nil {
			return err
		}
	}
	for _, old := range there {
		if !kept[old.ID] {
			if err := f.Prices.Prices.SoftDelete(ctx, old.ID); err != nil {
				return err
			}
		}
	}
	return f.Prices.Prices.Create(ctx, fresh...)
}

// changePrice takes what is given of a price, and keeps the rest.
func (f *Flows) changePrice(ctx context.Context, old *pricing.Price, p *Price) error {
	patch := module.Patch{"amount": p.Amount, "min_quantity": p.MinQuantity, "max_quantity": p.MaxQuantity}
	if p.CurrencyCode != "" {
		patch["currency_code"] = p.CurrencyCode
	}
	if _, err := f.Prices.Prices.Update(ctx, []string{old.ID}, patch); err != nil || p.Rules == nil {
		return err
	}
	rules, err := f.Prices.PriceRules.List(ctx, module.Where{"price_id": old.ID}, module.Page{})
	if err != nil {
		return err
	}
	var gone []string
	for _, r := range rules {
		gone = append(gone, r.ID)
	}
	if err := f.Prices.RemoveRules(ctx, gone...); err != nil {
		return err
	}
	fresh := p.record().PriceRules
	for _, r := range fresh {
		r.PriceID = old.ID
	}
	return f.Prices.PriceRules.Create(ctx, fresh...)
}

// priceSet is the id of a variant's price set, which is made when there is
// none.
func (f *Flows) priceSet(ctx context.Context, variant string) (string, error) {
	rows, err := f.Links.List(ctx, link.Pair{product.Variants: variant, pricing.PriceSets: ""})
	if err != nil {
		return "", err
	}
	if len(rows) > 0 {
		return rows[0].Keys["price_set_id"], nil
	}
	set := &pricing.PriceSet{}
	if err := f.Prices.PriceSets.Create(ctx, set); err != nil {
		return "", err
	}
	_, err = f.Links.Create(ctx, link.Pair{product.Variants: variant, pricing.PriceSets: set.ID})
	return set.ID, err
}
