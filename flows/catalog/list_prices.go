package catalog

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// ListPrice is a price of a variant in a price list.
type ListPrice struct {
	VariantID    string            `json:"variant_id" body:"required"`
	CurrencyCode string            `json:"currency_code" body:"required"`
	Amount       money.Amount      `json:"amount" body:"required"`
	MinQuantity  *money.Amount     `json:"min_quantity" body:"null"`
	MaxQuantity  *money.Amount     `json:"max_quantity" body:"null"`
	Rules        map[string]string `json:"rules"`
}

// ListPriceChange is a change of a price in a price list.
type ListPriceChange struct {
	ID        string            `json:"id" body:"required"`
	VariantID string            `json:"variant_id" body:"required"` // what the price is then of
	Patch     module.Patch      `body:"columns=price"`
	Rules     map[string]string `json:"rules"` // nil keeps those of the price
}

// ListPriceChanges are changes of the prices in a price list.
type ListPriceChanges struct {
	Create []ListPrice
	Update []ListPriceChange
	Delete []string // ids of prices
}

// ChangeListPrices changes the prices in a price list, and returns the ids of those
// that it created, in their order.
func (c *Catalog) ChangeListPrices(ctx context.Context, list string, in *ListPriceChanges) (created []string, err error) {
	err = c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Pricing.PriceLists.Exist(ctx, list); err != nil {
			return err
		}
		changes := &pricing.Changes{Delete: in.Delete, Rules: map[string][]*pricing.PriceRule{}}
		if changes.Create, err = c.listPrices(ctx, &list, in.Create); err != nil {
			return err
		}
		if err := c.updateListPrices(ctx, list, in, changes); err != nil {
			return err
		}
		if err := c.changePrices(ctx, changes); err != nil {
			return err
		}
		for _, p := range changes.Create {
			created = append(created, p.ID)
		}
		return nil
	})
	return created, err
}

// listPrices returns the records of new prices in a list.
func (c *Catalog) listPrices(ctx context.Context, list *string, prices []ListPrice) ([]*pricing.Price, error) {
	sets, err := c.priceSets(ctx, unique(prices, func(p *ListPrice) string { return p.VariantID })...)
	if err != nil {
		return nil, err
	}
	out := make([]*pricing.Price, len(prices))
	for i := range prices {
		p := &prices[i]
		one := Price{CurrencyCode: p.CurrencyCode, Amount: p.Amount, MinQuantity: p.MinQuantity, MaxQuantity: p.MaxQuantity, Rules: p.Rules}
		out[i] = one.record(sets[p.VariantID])
		out[i].PriceListID = list
	}
	return out, nil
}

// updateListPrices adds the changed prices of a list to changes. Those that are
// changed or deleted must be in the list.
func (c *Catalog) updateListPrices(ctx context.Context, list string, in *ListPriceChanges, changes *pricing.Changes) error {
	there, err := c.pricesIn(ctx, list, in)
	if err != nil {
		return err
	}
	sets, err := c.priceSets(ctx, unique(in.Update, func(p *ListPriceChange) string { return p.VariantID })...)
	if err != nil {
		return err
	}
	for i := range in.Update {
		p := &in.Update[i]
		record := there[p.ID]
		if record == nil {
			return fault.New(fault.InvalidData, "price %q is changed twice, or changed and deleted", p.ID)
		}
		delete(there, p.ID)
		if err := c.shop.Pricing.Prices.Apply(p.Patch, record); err != nil {
			return err
		}
		record.PriceSetID = sets[p.VariantID]
		changes.Save = append(changes.Save, record)
		if p.Rules != nil {
			changes.Rules[p.ID] = rulesOf(p.Rules)
		}
	}
	return nil
}

// pricesIn returns the prices in a list that a change is about, by their ids. Those
// that will be deleted are nil.
func (c *Catalog) pricesIn(ctx context.Context, list string, in *ListPriceChanges) (map[string]*pricing.Price, error) {
	ids := append(unique(in.Update, func(p *ListPriceChange) string { return p.ID }), in.Delete...)
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := c.shop.Pricing.Prices.List(ctx, module.Where{"id": ids, "price_list_id": list}, module.Page{})
	if err != nil {
		return nil, err
	}
	out := byID(found)
	for _, id := range ids {
		if out[id] == nil {
			return nil, fault.New(fault.NotFound, "price list %q has no price with id %q", list, fault.Clip(id))
		}
	}
	for _, id := range in.Delete {
		delete(out, id)
	}
	return out, nil
}

// unique returns what elements have, each once.
func unique[T any](all []T, of func(*T) string) []string {
	out, seen := []string{}, map[string]bool{}
	for i := range all {
		if v := of(&all[i]); !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
