package catalog

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
)

// changeValues changes which values of an option a product has. A value that one
// of its variants has cannot be removed.
func (c *Catalog) changeValues(ctx context.Context, id string, in *OptionChange) error {
	held, err := c.shop.Product.ProductOptions.List(ctx, module.Where{"product_id": id, "product_option_id": in.OptionID}, module.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(held) == 0 {
		return fault.New(fault.InvalidData, "product %q does not have the option %q", fault.Clip(id), fault.Clip(in.OptionID))
	}
	if err := c.unchosen(ctx, id, in.Remove); err != nil {
		return err
	}
	add, err := c.newValues(ctx, in)
	if err != nil {
		return err
	}
	options := c.shop.Product.ProductOptions
	if err := options.Relate(ctx, held[0].ID, "values", add...); err != nil {
		return err
	}
	return options.Unrelate(ctx, held[0].ID, "values", in.Remove...)
}

// unchosen returns an error if a variant of the product has one of the values.
func (c *Catalog) unchosen(ctx context.Context, id string, values []string) error {
	if len(values) == 0 {
		return nil
	}
	used, err := c.shop.Query.Graph(ctx, query.Request{
		Entity: "variant", Fields: []string{"id"}, Filters: query.Filters{"product_id": id, "options.id": values}, Count: true,
	})
	if err == nil && *used.Metadata.Count > 0 {
		err = fault.New(fault.InvalidData, "%d variants of the product have one of the values to remove: change their options first", *used.Metadata.Count)
	}
	return err
}

// newValues returns the ids of the values that are added, and creates those that
// the option does not have.
func (c *Catalog) newValues(ctx context.Context, in *OptionChange) ([]string, error) {
	_, there, err := c.optionOf(ctx, in.OptionID, nil)
	if err != nil {
		return nil, err
	}
	byText, byID, rank := map[string]string{}, map[string]bool{}, int64(0)
	for _, v := range there {
		byText[v.Value], byID[v.ID] = v.ID, true
		if v.Rank != nil {
			rank = max(rank, *v.Rank+1)
		}
	}
	ids := make([]string, len(in.Add))
	for i, v := range in.Add {
		switch {
		case v.ID == "" && v.Value == "":
			return nil, fault.New(fault.InvalidData, "a value of an option is an id, or an object with a value")
		case v.ID != "" && !byID[v.ID]:
			return nil, fault.New(fault.InvalidData, "option %q has no value with the id %q", in.OptionID, fault.Clip(v.ID))
		case v.ID == "" && byText[v.Value] == "":
			at := rank
			fresh := &product.OptionValue{Value: v.Value, Rank: &at, OptionID: &in.OptionID}
			if err := c.shop.Product.OptionValues.Create(ctx, fresh); err != nil {
				return nil, err
			}
			byText[v.Value], rank = fresh.ID, rank+1
		}
		if ids[i] = v.ID; v.ID == "" {
			ids[i] = byText[v.Value]
		}
	}
	return ids, nil
}
