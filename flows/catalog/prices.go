package catalog

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// Price is a price of a variant. Its rules are values that the buyer's context
// must have, {"region_id": "reg_01…"}.
type Price struct {
	ID           string            `json:"id"`
	CurrencyCode string            `json:"currency_code" body:"required"`
	Amount       money.Amount      `json:"amount" body:"required"`
	MinQuantity  *money.Amount     `json:"min_quantity" body:"null"`
	MaxQuantity  *money.Amount     `json:"max_quantity" body:"null"`
	Rules        map[string]string `json:"rules"`
}

// PriceChange is a price that a variant keeps, with its id, or a new one
// without.
type PriceChange struct {
	ID           string            `json:"id"`
	CurrencyCode string            `json:"currency_code"` // "" keeps that of the price
	Amount       money.Amount      `json:"amount" body:"required"`
	MinQuantity  *money.Amount     `json:"min_quantity" body:"null"`
	MaxQuantity  *money.Amount     `json:"max_quantity" body:"null"`
	Rules        map[string]string `json:"rules"` // nil keeps those of the price
}

// record is the price as module pricing keeps it, in a set.
func (p *Price) record(set string) *pricing.Price {
	return &pricing.Price{
		CurrencyCode: p.CurrencyCode, Amount: p.Amount, MinQuantity: p.MinQuantity, MaxQuantity: p.MaxQuantity, PriceSetID: set,
		PriceRules: rulesOf(p.Rules),
	}
}

func rulesOf(rules map[string]string) []*pricing.PriceRule {
	var out []*pricing.PriceRule
	for _, attribute := range slices.Sorted(maps.Keys(rules)) {
		out = append(out, &pricing.PriceRule{Attribute: attribute, Value: rules[attribute], Operator: pricing.OperatorEqual})
	}
	return out
}

// reprice sets the prices of a variant: those with an id are changed, those
// without are created, the others are deleted. Prices of price lists stay.
func (c *Catalog) reprice(ctx context.Context, variant string, prices []PriceChange) error {
	set, err := c.priceSet(ctx, variant)
	if err != nil {
		return err
	}
	there, err := c.shop.Pricing.Prices.List(ctx, module.Where{"price_set_id": set, "price_list_id": nil}, module.Page{})
	if err != nil {
		return err
	}
	var fresh []*pricing.Price
	kept := map[string]bool{}
	for i := range prices {
		p := &prices[i]
		if p.ID == "" {
			one := Price(*p)
			fresh = append(fresh, one.record(set))
			continue
		}
		at := slices.IndexFunc(there, func(old *pricing.Price) bool { return old.ID == p.ID })
		if at < 0 {
			return fault.New(fault.NotFound, "variant %q has no price with id %q", variant, p.ID)
		}
		kept[p.ID] = true
		if err := c.changePrice(ctx, there[at], p); err != nil {
			return err
		}
	}
	for _, old := range there {
		if !kept[old.ID] {
			if err := c.shop.Pricing.Prices.SoftDelete(ctx, old.ID); err != nil {
				return err
			}
		}
	}
	return c.shop.Pricing.Prices.Create(ctx, fresh...)
}

// changePrice sets what is given of a price, and keeps the rest.
func (c *Catalog) changePrice(ctx context.Context, old *pricing.Price, p *PriceChange) error {
	patch := module.Patch{"amount": p.Amount, "min_quantity": p.MinQuantity, "max_quantity": p.MaxQuantity}
	if p.CurrencyCode != "" {
		patch["currency_code"] = p.CurrencyCode
	}
	if _, err := c.shop.Pricing.Prices.Update(ctx, []string{old.ID}, patch); err != nil || p.Rules == nil {
		return err
	}
	rules, err := c.shop.Pricing.PriceRules.List(ctx, module.Where{"price_id": old.ID}, module.Page{})
	if err != nil {
		return err
	}
	var gone []string
	for _, r := range rules {
		gone = append(gone, r.ID)
	}
	if err := c.shop.Pricing.RemoveRules(ctx, gone...); err != nil {
		return err
	}
	fresh := rulesOf(p.Rules)
	for _, r := range fresh {
		r.PriceID = old.ID
	}
	return c.shop.Pricing.PriceRules.Create(ctx, fresh...)
}

// priceSet returns the id of a variant's price set, which is created if it is
// missing.
func (c *Catalog) priceSet(ctx context.Context, variant string) (string, error) {
	rows, err := c.shop.Links.List(ctx, link.Pair{product.Variants: variant, pricing.PriceSets: ""})
	if err != nil {
		return "", err
	}
	if len(rows) > 0 {
		return rows[0].Keys["price_set_id"], nil
	}
	set := &pricing.PriceSet{}
	if err := c.shop.Pricing.PriceSets.Create(ctx, set); err != nil {
		return "", err
	}
	_, err = c.shop.Links.Create(ctx, link.Pair{product.Variants: variant, pricing.PriceSets: set.ID})
	return set.ID, err
}
