package catalog

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
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
	old := byID(there)
	changes := &pricing.Changes{Rules: map[string][]*pricing.PriceRule{}}
	for i := range prices {
		p := &prices[i]
		if p.ID == "" {
			one := Price(*p)
			changes.Create = append(changes.Create, one.record(set))
			continue
		}
		record, ok := old[p.ID]
		if !ok {
			return fault.New(fault.NotFound, "variant %q has no price with id %q", variant, p.ID)
		}
		delete(old, p.ID)
		p.apply(record)
		changes.Save = append(changes.Save, record)
		if p.Rules != nil {
			changes.Rules[p.ID] = rulesOf(p.Rules)
		}
	}
	changes.Delete = slices.Sorted(maps.Keys(old))
	return c.changePrices(ctx, changes)
}

// apply sets what is given of a price, and keeps the rest.
func (p *PriceChange) apply(to *pricing.Price) {
	to.Amount, to.MinQuantity, to.MaxQuantity = p.Amount, p.MinQuantity, p.MaxQuantity
	if p.CurrencyCode != "" {
		to.CurrencyCode = p.CurrencyCode
	}
}

func byID(prices []*pricing.Price) map[string]*pricing.Price {
	out := make(map[string]*pricing.Price, len(prices))
	for _, p := range prices {
		out[p.ID] = p
	}
	return out
}

// changePrices makes changes of prices, whose currencies the shop must know.
func (c *Catalog) changePrices(ctx context.Context, changes *pricing.Changes) error {
	if err := c.shop.Pricing.Change(ctx, changes); err != nil {
		return err
	}
	return c.checkCurrencies(ctx, slices.Concat(changes.Save, changes.Create))
}

// checkCurrencies checks that the shop knows the currencies of prices, which are
// written.
func (c *Catalog) checkCurrencies(ctx context.Context, prices []*pricing.Price) error {
	codes := module.IDs(prices, func(p *pricing.Price) string { return p.CurrencyCode })
	return c.shop.Currency.Check(ctx, "price.currency_code", codes...)
}

// priceSet returns the id of a variant's price set, which is created if it is
// missing.
func (c *Catalog) priceSet(ctx context.Context, variant string) (string, error) {
	sets, err := c.priceSets(ctx, variant)
	return sets[variant], err
}

// priceSets returns the ids of the price sets of variants, by the ids of the
// variants. Those that are missing are created.
func (c *Catalog) priceSets(ctx context.Context, variants ...string) (map[string]string, error) {
	out, err := c.setsOf(ctx, variants)
	if err != nil {
		return nil, err
	}
	var fresh []*pricing.PriceSet
	var without []string
	for _, id := range variants {
		if set, ok := out[id]; !ok {
			return nil, fault.New(fault.InvalidData, "variant_id: there is no variant with id %q", fault.Clip(id))
		} else if set == "" {
			fresh, without = append(fresh, &pricing.PriceSet{}), append(without, id)
		}
	}
	if err := c.shop.Pricing.PriceSets.Create(ctx, fresh...); err != nil || len(fresh) == 0 {
		return out, err
	}
	pairs := make([]link.Pair, len(fresh))
	for i, id := range without {
		out[id] = fresh[i].ID
		pairs[i] = link.Pair{product.Variants: id, pricing.PriceSets: fresh[i].ID}
	}
	_, err = c.shop.Links.Create(ctx, pairs...)
	return out, err
}

// setsOf returns the ids of the price sets of the variants that exist: "" for one
// without a set.
func (c *Catalog) setsOf(ctx context.Context, variants []string) (map[string]string, error) {
	out := make(map[string]string, len(variants))
	if len(variants) == 0 {
		return out, nil
	}
	r := query.Request{Entity: "variant", Fields: []string{"id", "price_set.id"}, Filters: query.Filters{"id": variants}}
	err := c.shop.Query.Each(ctx, r, func(record []byte) error {
		var v struct {
			ID       string `json:"id"`
			PriceSet *struct {
				ID string `json:"id"`
			} `json:"price_set"`
		}
		if err := json.Unmarshal(record, &v); err != nil {
			return err
		}
		out[v.ID] = ""
		if v.PriceSet != nil {
			out[v.ID] = v.PriceSet.ID
		}
		return nil
	})
	return out, err
}
