package catalog

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// NewVariant is a variant to be created: its options by title, {"Size": "M"},
// and its prices.
type NewVariant struct {
	product.Variant
	_              struct{}          `body:"ignored=additional_data"`
	Options        map[string]string `json:"options"`
	Prices         []Price           `json:"prices" body:"required"`
	InventoryItems []Part            `json:"inventory_items"` // nil is one of its own, if its stock is managed
}

// VariantChange is a change of a variant; nil leaves a part as it is.
type VariantChange struct {
	_              struct{}          `body:"ignored=additional_data"`
	ID             string            `json:"id"` // where the change is one of several
	Patch          module.Patch      `body:"columns=product_variant"`
	Options        map[string]string `json:"options"`         // all of them, by title
	Prices         *[]PriceChange    `json:"prices"`          // all of them
	InventoryItems []Part            `json:"inventory_items"` // of one that is created
}

// newVariant turns a change of a variant that has no id into a variant to be
// created.
func (c *Catalog) newVariant(in *VariantChange) (NewVariant, error) {
	record, err := c.shop.Product.Variants.Make(in.Patch)
	if err != nil {
		return NewVariant{}, err
	}
	out := NewVariant{Variant: *record, Options: in.Options, InventoryItems: in.InventoryItems}
	if in.Prices != nil {
		for _, p := range *in.Prices {
			out.Prices = append(out.Prices, Price(p))
		}
	}
	return out, nil
}

// CreateVariants creates variants of a product, and returns their ids.
func (c *Catalog) CreateVariants(ctx context.Context, productID string, in ...NewVariant) ([]string, error) {
	out := make([]string, len(in))
	err := c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Product.Products.Exist(ctx, productID); err != nil {
			return err
		}
		choices, err := c.choicesOf(ctx, productID)
		if err != nil {
			return err
		}
		records := make([]*product.Variant, len(in))
		for i := range in {
			records[i] = &in[i].Variant
			records[i].ProductID = &productID
			if records[i].Options, err = choices.choose(records[i].Title, in[i].Options); err != nil {
				return err
			}
		}
		if err := c.shop.Product.Variants.Create(ctx, records...); err != nil {
			return err
		}
		for i, r := range records {
			out[i] = r.ID
		}
		if err := c.price(ctx, in); err != nil {
			return err
		}
		return c.stock(ctx, in)
	})
	return out, err
}

// choicesOf returns the values that variants of a product can have.
func (c *Catalog) choicesOf(ctx context.Context, productID string) (choices, error) {
	of, err := c.shop.Product.ProductOptions.List(ctx, module.Where{"product_id": productID}, module.Page{})
	if err != nil {
		return nil, err
	}
	out := choices{}
	for _, po := range of {
		chosen, err := c.shop.Product.ProductOptions.Related(ctx, po.ID, "values")
		if err != nil {
			return nil, err
		}
		option, values, err := c.optionOf(ctx, po.ProductOptionID, nil)
		if err != nil {
			return nil, err
		}
		if len(chosen) > 0 {
			values = slices.DeleteFunc(values, func(v *product.OptionValue) bool { return !slices.Contains(chosen, v.ID) })
		}
		out.add(option.Title, values)
	}
	return out, nil
}

// price creates the prices of new variants, each variant's in a set of its own.
func (c *Catalog) price(ctx context.Context, variants []NewVariant) error {
	sets, all := make([]*pricing.PriceSet, len(variants)), []*pricing.Price{}
	for i := range variants {
		sets[i] = &pricing.PriceSet{}
		for j := range variants[i].Prices {
			sets[i].Prices = append(sets[i].Prices, variants[i].Prices[j].record(""))
		}
	}
	if err := c.shop.Pricing.PriceSets.Create(ctx, sets...); err != nil {
		return err
	}
	for _, set := range sets {
		all = append(all, set.Prices...)
	}
	if err := c.checkCurrencies(ctx, all); err != nil {
		return err
	}
	pairs := make([]link.Pair, len(variants))
	for i := range variants {
		pairs[i] = link.Pair{product.Variants: variants[i].ID, pricing.PriceSets: sets[i].ID}
	}
	if len(pairs) == 0 {
		return nil
	}
	_, err := c.shop.Links.Create(ctx, pairs...)
	return err
}

// UpdateVariant changes a variant of a product.
func (c *Catalog) UpdateVariant(ctx context.Context, productID, id string, in *VariantChange) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		n, err := c.shop.Product.Variants.Count(ctx, module.Where{"id": id, "product_id": productID})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "Variant with id: %s was not found", id)
		}
		if len(in.Patch) > 0 {
			if _, err := c.shop.Product.Variants.Update(ctx, []string{id}, in.Patch); err != nil {
				return err
			}
		}
		if in.Options != nil {
			if err := c.chooseAgain(ctx, productID, id, in.Options); err != nil {
				return err
			}
		}
		if in.Prices == nil {
			return nil
		}
		return c.reprice(ctx, id, *in.Prices)
	})
}

// chooseAgain gives a variant other values of its product's options.
func (c *Catalog) chooseAgain(ctx context.Context, productID, id string, wanted map[string]string) error {
	choices, err := c.choicesOf(ctx, productID)
	if err != nil {
		return err
	}
	chosen, err := choices.choose(id, wanted)
	if err != nil {
		return err
	}
	values := make([]string, len(chosen))
	for i, v := range chosen {
		values[i] = v.ID
	}
	if err := c.shop.Product.Variants.SetRelated(ctx, id, "options", values...); err != nil {
		return err
	}
	return c.shop.Product.CheckChoices(ctx, id)
}
