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

// NewVariant is a variant to be made: its options by title, {"Size": "M"}, and
// its prices.
type NewVariant struct {
	product.Variant
	Options        map[string]string `json:"options"`
	Prices         []Price           `json:"prices"`
	InventoryItems []Ref             `json:"inventory_items"`
}

// Price is a price of a variant. Its rules are values that the buyer's context
// must have, {"region_id": "reg_01…"}.
type Price struct {
	pricing.Price
	Rules map[string]string `json:"rules"`
}

func (p *Price) record() *pricing.Price {
	for attribute, value := range p.Rules {
		p.PriceRules = append(p.PriceRules, &pricing.PriceRule{Attribute: attribute, Value: value, Operator: pricing.OperatorEqual})
	}
	return &p.Price
}

// CreateVariants makes variants of a product.
func (f *Flows) CreateVariants(ctx context.Context, productID string, in ...NewVariant) ([]string, error) {
	out := make([]string, len(in))
	err := f.do(ctx, func(ctx context.Context) error {
		if err := f.Products.Products.Exist(ctx, productID); err != nil {
			return err
		}
		choices, err := f.choicesOf(ctx, productID)
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
			if len(choices) > 0 && len(records[i].Options) == 0 {
				return fault.New(fault.InvalidData, "variant %q has no options; it needs one value of each of the product's", records[i].Title)
			}
		}
		if err := f.Products.Variants.Create(ctx, records...); err != nil {
			return err
		}
		for i, r := range records {
			out[i] = r.ID
		}
		return f.price(ctx, in)
	})
	return out, err
}

// choicesOf are the values that variants of a product can have.
func (f *Flows) choicesOf(ctx context.Context, productID string) (choices, error) {
	of, err := f.Products.ProductOptions.List(ctx, module.Where{"product_id": productID}, module.Page{})
	if err != nil {
		return nil, err
	}
	out := choices{}
	for _, po := range of {
		chosen, err := f.Products.ProductOptions.Related(ctx, po.ID, "values")
		if err != nil {
			return nil, err
		}
		option, values, err := f.optionOf(ctx, po.ProductOptionID, nil)
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

// price makes the prices of new variants, each variant's in a set of its own.
func (f *Flows) price(ctx context.Context, variants []NewVariant) error {
	sets := make([]*pricing.PriceSet, len(variants))
	for i := range variants {
		if len(variants[i].InventoryItems) > 0 {
			return fault.New(fault.NotAllowed, "variant %q has inventory_items; stock is not kept yet: leave them out", variants[i].Title)
		}
		sets[i] = &pricing.PriceSet{}
		for j := range variants[i].Prices {
			sets[i].Prices = append(sets[i].Prices, variants[i].Prices[j].record())
		}
	}
	if err := f.Prices.PriceSets.Create(ctx, sets...); err != nil {
		return err
	}
	pairs := make([]link.Pair, len(variants))
	for i := range variants {
		pairs[i] = link.Pair{product.Variants: variants[i].ID, pricing.PriceSets: sets[i].ID}
	}
	if len(pairs) == 0 {
		return nil
	}
	_, err := f.Links.Create(ctx, pairs...)
	return err
}

// VariantChange is a change of a variant; nil leaves a part as it is.
type VariantChange struct {
	ID      string
	Patch   module.Patch
	Options map[string]string // all of them, by title
	Prices  []Price           // all of them; one with an id is changed, one without is new, others go
	Priced  bool              // whether Prices are meant
}

// UpdateVariant changes a variant of a product.
func (f *Flows) UpdateVariant(ctx context.Context, productID string, in VariantChange) error {
	return f.do(ctx, func(ctx context.Context) error {
		n, err := f.Products.Variants.Count(ctx, module.Where{"id": in.ID, "product_id": productID})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "Variant with id: %s was not found", in.ID)
		}
		if len(in.Patch) > 0 {
			if _, err := f.Products.Variants.Update(ctx, []string{in.ID}, in.Patch); err != nil {
				return err
			}
		}
		if in.Options != nil {
			if err := f.chooseAgain(ctx, productID, in); err != nil {
				return err
			}
		}
		if in.Priced {
			return f.reprice(ctx, in.ID, in.Prices)
		}
		return nil
	})
}

// chooseAgain gives a variant other values of its product's options.
func (f *Flows) chooseAgain(ctx context.Context, productID string, in VariantChange) error {
	choices, err := f.choicesOf(ctx, productID)
	if err != nil {
		return err
	}
	chosen, err := choices.choose(in.ID, in.Options)
	if err != nil {
		return err
	}
	values := make([]string, len(chosen))
	for i, v := range chosen {
		values[i] = v.ID
	}
	if err := f.Products.Variants.SetRelated(ctx, in.ID, "options", values...); err != nil {
		return err
	}
	return f.Products.CheckChoices(ctx, in.ID)
}

// DeleteVariants soft-deletes variants with their prices and links.
func (f *Flows) DeleteVariants(ctx context.Context, ids ...string) error {
	return f.do(ctx, func(ctx context.Context) error { return remove(ctx, f, f.Products.Variants, ids...) })
}
