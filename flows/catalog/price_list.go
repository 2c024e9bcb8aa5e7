package catalog

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/query"
)

// NewPriceList is a price list to be created. Its rules are values of which the
// buyer's context must have one, {"customer.groups.id": ["cusgroup_01…"]}.
type NewPriceList struct {
	pricing.PriceList
	Rules  map[string][]string `json:"rules"`
	Prices []ListPrice         `json:"prices"`
}

// PriceListChange is a change of a price list; nil leaves a part as it is.
type PriceListChange struct {
	Patch module.Patch        `body:"columns=price_list"`
	Rules map[string][]string `json:"rules"` // all of them
}

// CreatePriceList creates a price list with its rules and prices, and returns its
// id.
func (c *Catalog) CreatePriceList(ctx context.Context, in *NewPriceList) (string, error) {
	l := &in.PriceList
	l.PriceListRules = listRulesOf(in.Rules)
	err := c.shop.Do(ctx, func(ctx context.Context) (err error) {
		if l.Prices, err = c.listPrices(ctx, nil, in.Prices); err != nil {
			return err
		}
		if err := c.shop.Pricing.PriceLists.Create(ctx, l); err != nil {
			return err
		}
		return c.checkCurrencies(ctx, l.Prices)
	})
	return l.ID, err
}

// UpdatePriceList changes a price list.
func (c *Catalog) UpdatePriceList(ctx context.Context, id string, in *PriceListChange) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Pricing.PriceLists.Exist(ctx, id); err != nil {
			return err
		}
		if len(in.Patch) > 0 {
			if _, err := c.shop.Pricing.PriceLists.Update(ctx, []string{id}, in.Patch); err != nil {
				return err
			}
		}
		if in.Rules == nil {
			return nil
		}
		return c.shop.Pricing.SetListRules(ctx, id, listRulesOf(in.Rules)...)
	})
}

func listRulesOf(rules map[string][]string) []*pricing.PriceListRule {
	var out []*pricing.PriceListRule
	for _, attribute := range slices.Sorted(maps.Keys(rules)) {
		out = append(out, &pricing.PriceListRule{Attribute: attribute, Value: model.ToJSON(rules[attribute])})
	}
	return out
}

// RemoveProducts deletes the prices that a price list has for variants of products.
func (c *Catalog) RemoveProducts(ctx context.Context, list string, products ...string) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Pricing.PriceLists.Exist(ctx, list); err != nil {
			return err
		}
		if err := c.shop.Product.Products.Exist(ctx, products...); err != nil {
			return err
		}
		var gone []string
		r := query.Request{
			Entity: "price", Fields: []string{"id"},
			Filters: query.Filters{"price_list_id": list, "price_set.variant.product_id": products},
		}
		err := c.shop.Query.Each(ctx, r, func(record []byte) error {
			var p struct{ ID string }
			err := json.Unmarshal(record, &p)
			gone = append(gone, p.ID)
			return err
		})
		if err != nil {
			return err
		}
		return c.shop.Pricing.Prices.SoftDelete(ctx, gone...)
	})
}
