package store

import (
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
)

// object is a record whose columns stay raw.
type object map[string]json.RawMessage

func (o object) text(name string) string {
	var s string
	_ = json.Unmarshal(o[name], &s) // another kind of value is ""
	return s
}

// productPrices adds calculated_price to the variants of products.
func (r *routes) productPrices() *api.Computed {
	return &api.Computed{
		Paths: []string{"variants.calculated_price"}, Needs: []string{"variants.id"}, Unasked: saysWhere,
		Add: func(ctx context.Context, c *api.Call, records []byte) ([]byte, error) {
			var products []object
			if err := json.Unmarshal(records, &products); err != nil {
				return nil, err
			}
			lists := make([][]object, len(products))
			var all []object
			for i, p := range products {
				if err := json.Unmarshal(p["variants"], &lists[i]); err != nil {
					return nil, err
				}
				all = append(all, lists[i]...)
			}
			if err := r.price(ctx, c, all); err != nil {
				return nil, err
			}
			for i, p := range products {
				list, err := json.Marshal(lists[i])
				if err != nil {
					return nil, err
				}
				p["variants"] = list
			}
			return json.Marshal(products)
		},
	}
}

// variantPrices adds calculated_price to variants.
func (r *routes) variantPrices() *api.Computed {
	return &api.Computed{
		Paths: []string{"calculated_price"}, Needs: []string{"id"}, Unasked: saysWhere,
		Add: func(ctx context.Context, c *api.Call, records []byte) ([]byte, error) {
			var variants []object
			if err := json.Unmarshal(records, &variants); err != nil {
				return nil, err
			}
			if err := r.price(ctx, c, variants); err != nil {
				return nil, err
			}
			return json.Marshal(variants)
		},
	}
}

// price adds what variants cost the caller.
func (r *routes) price(ctx context.Context, c *api.Call, variants []object) error {
	where, err := r.priceContext(ctx, c)
	if err != nil {
		return err
	}
	ids := make([]string, len(variants))
	for i, v := range variants {
		ids[i] = v.text("id")
	}
	prices, err := r.VariantPrices(ctx, ids, where.Context)
	if err != nil {
		return err
	}
	if !where.taxed {
		return put(variants, prices)
	}
	taxed, err := r.withTaxes(ctx, c, prices)
	if err != nil {
		return err
	}
	return put(variants, taxed)
}

// put writes prices into their variants: null where there is none.
func put[P any](variants []object, prices map[string]P) (err error) {
	for _, v := range variants {
		v["calculated_price"] = json.RawMessage("null")
		if p, ok := prices[v.text("id")]; ok {
			if v["calculated_price"], err = json.Marshal(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// buyer is where, and for whom, prices are requested.
type buyer struct {
	pricing.Context
	taxed bool // the request names a country, and the region computes its taxes
}

// saysWhere reports whether a request says where the customer buys.
func saysWhere(c *api.Call) bool { return c.Query("region_id") != "" || c.Query("cart_id") != "" }

// priceContext returns where, and for whom, the caller requests prices: in a region,
// or where a cart is.
func (r *routes) priceContext(ctx context.Context, c *api.Call) (out buyer, err error) {
	switch {
	case c.Query("region_id") != "":
		out, err = r.inRegion(ctx, c.Query("region_id"))
	case c.Query("cart_id") != "":
		out, err = r.inCart(ctx, c.Query("cart_id"))
	default:
		err = fault.New(fault.InvalidData, "Missing required pricing context to calculate prices - region_id")
	}
	out.taxed = out.taxed && c.Query("country_code") != ""
	if err == nil && c.Caller.Is("customer") {
		out.CustomerGroupIDs, err = r.Customer.Customers.Related(ctx, c.Caller.ID, "groups")
	}
	return out, err
}

func (r *routes) inRegion(ctx context.Context, id string) (buyer, error) {
	found, err := r.Region.Regions.List(ctx, module.Where{"id": id}, module.Page{Limit: 1})
	if err != nil {
		return buyer{}, err
	}
	if len(found) == 0 {
		return buyer{}, fault.New(fault.InvalidData, "there is no region with id %q", fault.Clip(id))
	}
	return buyer{pricing.Context{CurrencyCode: found[0].CurrencyCode, RegionID: id}, *found[0].AutomaticTaxes}, nil
}

// inCart returns where a cart is. A cart whose region is gone has its currency.
func (r *routes) inCart(ctx context.Context, id string) (buyer, error) {
	found, err := r.Cart.Carts.List(ctx, module.Where{"id": id}, module.Page{Limit: 1})
	if err != nil {
		return buyer{}, err
	}
	if len(found) == 0 {
		return buyer{}, fault.New(fault.InvalidData, "there is no cart with id %q", fault.Clip(id))
	}
	out := buyer{Context: pricing.Context{CurrencyCode: found[0].CurrencyCode}}
	if found[0].RegionID == nil {
		return out, nil
	}
	out.RegionID = *found[0].RegionID
	regions, err := r.Region.Regions.List(ctx, module.Where{"id": out.RegionID}, module.Page{Limit: 1})
	out.taxed = len(regions) > 0 && *regions[0].AutomaticTaxes
	return out, err
}
