package catalog

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// NewCategory is a category to be created; without a rank, it goes last among its
// siblings.
type NewCategory struct {
	product.Category
	_    struct{} `body:"ignored=additional_data"`
	Rank *int64   `json:"rank"`
}

// CreateCategory creates a category and returns its id.
func (c *Catalog) CreateCategory(ctx context.Context, in *NewCategory) (string, error) {
	err := c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Product.Categories.Create(ctx, &in.Category); err != nil || in.Rank == nil {
			return err
		}
		return c.UpdateCategory(ctx, in.ID, module.Patch{"rank": *in.Rank})
	})
	return in.ID, err
}

// UpdateCategory changes a category. One that gets another parent goes last there
// unless the patch has a rank.
func (c *Catalog) UpdateCategory(ctx context.Context, id string, p module.Patch) error {
	if len(p) == 0 {
		return nil
	}
	return c.shop.Do(ctx, func(ctx context.Context) error {
		rank, ranked := p["rank"]
		if _, moved := p["parent_category_id"]; moved && ranked {
			first := module.Patch{}
			for name, value := range p {
				if name != "rank" {
					first[name] = value
				}
			}
			if _, err := c.shop.Product.Categories.Update(ctx, []string{id}, first); err != nil {
				return err
			}
			p = module.Patch{"rank": rank}
		}
		_, err := c.shop.Product.Categories.Update(ctx, []string{id}, p)
		return err
	})
}

// DeleteCategory deletes a category without children softly. Of one with children
// the error is not_allowed.
func (c *Catalog) DeleteCategory(ctx context.Context, ids ...string) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		found, err := c.shop.Product.Categories.Lock(ctx, ids...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if found[id] == nil {
				return fault.New(fault.NotFound, "Product category with id: %s was not found", fault.Clip(id))
			}
		}
		n, err := c.shop.Product.Categories.Count(ctx, module.Where{"parent_category_id": ids})
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.NotAllowed, "the product category %q has %d categories below it; delete or move them first", ids[0], n)
		}
		return c.shop.Product.Categories.SoftDelete(ctx, ids...)
	})
}
