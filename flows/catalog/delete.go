package catalog

import (
	"context"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// DeleteProducts deletes products with their variants, and the inventory items that
// only these consist of. If one of the items is reserved, the error is not_allowed.
func (c *Catalog) DeleteProducts(ctx context.Context, ids ...string) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		variants, err := c.shop.Product.Variants.List(ctx, module.Where{"product_id": ids}, module.Page{})
		if err != nil {
			return err
		}
		return c.withItems(ctx, module.IDs(variants, func(v *product.Variant) string { return v.ID }), func() error {
			return c.shop.Product.Products.SoftDelete(ctx, ids...)
		})
	})
}

// DeleteVariants is like DeleteProducts, for variants.
func (c *Catalog) DeleteVariants(ctx context.Context, ids ...string) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		return c.withItems(ctx, ids, func() error { return c.shop.Product.Variants.SoftDelete(ctx, ids...) })
	})
}

// withItems deletes variants, and then the inventory items that no other variant
// consists of.
func (c *Catalog) withItems(ctx context.Context, variants []string, remove func() error) error {
	var pairs []link.Pair
	for _, id := range variants {
		pairs = append(pairs, link.Pair{product.Variants: id, inventory.InventoryItems: ""})
	}
	parts, err := c.shop.Links.List(ctx, pairs...)
	if err != nil {
		return err
	}
	if err := remove(); err != nil || len(parts) == 0 {
		return err
	}
	pairs = pairs[:0]
	for _, p := range parts {
		pairs = append(pairs, link.Pair{product.Variants: "", inventory.InventoryItems: p.Keys["inventory_item_id"]})
	}
	left, err := c.shop.Links.List(ctx, pairs...) // those of deleted variants are dismissed
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, p := range left {
		used[p.Keys["inventory_item_id"]] = true
	}
	var unused []string
	for _, p := range parts {
		if item := p.Keys["inventory_item_id"]; !used[item] {
			used[item], unused = true, append(unused, item)
		}
	}
	return c.shop.Inventory.InventoryItems.SoftDelete(ctx, unused...)
}
