package shop

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// VariantPrices returns what variants cost in a context, by the id of the variant.
// Those without a price are left out.
func (s *Shop) VariantPrices(ctx context.Context, variants []string, in pricing.Context) (map[string]pricing.Calculated, error) {
	if len(variants) == 0 {
		return nil, nil
	}
	sets, variantOf := []string{}, map[string]string{} // by price set
	r := query.Request{Entity: "variant", Fields: []string{"id", "price_set.id"}, Filters: query.Filters{"id": variants, "price_set.id": query.Filters{"$ne": nil}}}
	err := s.Query.Each(ctx, r, func(record []byte) error {
		var v struct {
			ID       string `json:"id"`
			PriceSet struct {
				ID string `json:"id"`
			} `json:"price_set"`
		}
		err := json.Unmarshal(record, &v)
		sets, variantOf[v.PriceSet.ID] = append(sets, v.PriceSet.ID), v.ID
		return err
	})
	if err != nil {
		return nil, err
	}
	prices, err := s.Pricing.Calculate(ctx, sets, in)
	if err != nil {
		return nil, err
	}
	out := make(map[string]pricing.Calculated, len(prices))
	for set, p := range prices {
		out[variantOf[set]] = p
	}
	return out, nil
}

// computed are the fields that queries compute.
func (s *Shop) computed() []query.Computed {
	return []query.Computed{
		{Model: product.Variants, Name: "inventory_quantity", Of: "id", Compute: s.stock, Anywhere: true},
		{Model: product.Variants, Name: "calculated_price", Of: "id", Compute: s.calculate(s.VariantPrices)},
		{Model: pricing.PriceSets, Name: "calculated_price", Of: "id", Compute: s.calculate(
			func(ctx context.Context, ids []string, in pricing.Context) (map[string]pricing.Calculated, error) {
				return s.Pricing.Calculate(ctx, ids, in)
			})},
	}
}

// calculate returns the function that computes prices in the context that a
// request gives.
func (s *Shop) calculate(prices func(context.Context, []string, pricing.Context) (map[string]pricing.Calculated, error)) func(context.Context, []string) (map[string]model.RawJSON, error) {
	return func(ctx context.Context, ids []string) (map[string]model.RawJSON, error) {
		in, err := s.priceContext(ctx, query.ContextOf(ctx))
		if err != nil {
			return nil, err
		}
		found, err := prices(ctx, ids, in)
		if err != nil {
			return nil, err
		}
		out := make(map[string]model.RawJSON, len(found))
		for id, p := range found {
			if out[id], err = json.Marshal(p); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
}

// priceContext reads the context of prices: region_id, currency_code, quantity,
// customer.groups.id, and whatever else rules compare. The currency is that of
// the region unless it is given.
func (s *Shop) priceContext(ctx context.Context, text json.RawMessage) (in pricing.Context, err error) {
	values, err := attributes(text)
	if err != nil {
		return in, err
	}
	take := func(name string) (out []string) {
		out = values[name]
		delete(values, name)
		return out
	}
	delete(values, "__type") // the mark of Medusa's QueryContext
	for _, code := range take("currency_code") {
		in.CurrencyCode = code
	}
	for _, id := range take("region_id") {
		in.RegionID = id
	}
	for _, n := range take("quantity") {
		if in.Quantity, err = money.Parse(n); err != nil {
			return in, fault.New(fault.InvalidData, "quantity %q is not a number", fault.Clip(n))
		}
	}
	in.CustomerGroupIDs = append(take("customer.groups.id"), take("customer_group_id")...)
	in.Attributes = values
	switch {
	case in.CurrencyCode != "":
		return in, nil
	case in.RegionID == "":
		return in, fault.New(fault.InvalidData, `the context says neither region_id nor currency_code: want "context": {"variants": {"calculated_price": {"region_id": "reg_…"}}}, by the path to the field`)
	}
	in.CurrencyCode, err = s.currencyOf(ctx, in.RegionID)
	return in, err
}

func (s *Shop) currencyOf(ctx context.Context, region string) (string, error) {
	found, err := s.Region.Regions.List(ctx, module.Where{"id": region}, module.Page{Limit: 1})
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", fault.New(fault.InvalidData, "there is no region with id %q", fault.Clip(region))
	}
	return found[0].CurrencyCode, nil
}

// attributes returns the values of an object by their dotted paths.
func attributes(text json.RawMessage) (map[string][]string, error) {
	out := map[string][]string{}
	if len(text) == 0 {
		return out, nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	collect(out, "", tree)
	return out, nil
}

func collect(into map[string][]string, path string, v any) {
	switch v := v.(type) {
	case nil:
	case map[string]any:
		for name, below := range v {
			if path != "" {
				name = path + "." + name
			}
			collect(into, name, below)
		}
	case []any:
		for _, e := range v {
			collect(into, path, e)
		}
	default:
		into[path] = append(into[path], fmt.Sprint(v))
	}
}
