package catalog

import (
	"context"
	"math"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// A Part is an inventory item that a variant consists of, and how many of it.
type Part struct {
	InventoryItemID  string       `json:"inventory_item_id" body:"required"`
	RequiredQuantity money.Amount `json:"required_quantity" body:"required"`
}

// PartOf is a part of a variant.
type PartOf struct {
	Part
	VariantID string `json:"variant_id" body:"required"`
}

// PartKey names a part of a variant.
type PartKey struct {
	InventoryItemID string `json:"inventory_item_id" body:"required"`
	VariantID       string `json:"variant_id" body:"required"`
}

func (k PartKey) pair() link.Pair {
	return link.Pair{product.Variants: k.VariantID, inventory.InventoryItems: k.InventoryItemID}
}

func (p *PartOf) key() PartKey { return PartKey{p.InventoryItemID, p.VariantID} }

// AddParts links variants with inventory items, or changes how many are required of
// those that are linked already.
func (c *Catalog) AddParts(ctx context.Context, parts ...PartOf) error {
	entries := make([]link.Entry, len(parts))
	for i := range parts {
		p := &parts[i]
		if p.RequiredQuantity.Sign() <= 0 {
			return fault.New(fault.InvalidData, "required_quantity of inventory item %q cannot be %s; it must be more than 0", p.InventoryItemID, p.RequiredQuantity)
		}
		entries[i] = link.Entry{Pair: p.key().pair(), Data: link.Data{"required_quantity": p.RequiredQuantity}}
	}
	if len(entries) == 0 {
		return nil
	}
	_, err := c.shop.Links.CreateWith(ctx, entries...)
	return err
}

// ChangeParts changes how many of inventory items variants require. If a variant does
// not consist of an item, the error is not_found.
func (c *Catalog) ChangeParts(ctx context.Context, parts ...PartOf) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		for i := range parts {
			if err := c.hasPart(ctx, parts[i].key()); err != nil {
				return err
			}
		}
		return c.AddParts(ctx, parts...)
	})
}

// RemoveParts unlinks variants and inventory items. If a variant does not consist of
// an item, the error is not_found.
func (c *Catalog) RemoveParts(ctx context.Context, keys ...PartKey) error {
	if len(keys) == 0 {
		return nil
	}
	return c.shop.Do(ctx, func(ctx context.Context) error {
		pairs := make([]link.Pair, len(keys))
		for i, k := range keys {
			if err := c.hasPart(ctx, k); err != nil {
				return err
			}
			pairs[i] = k.pair()
		}
		_, err := c.shop.Links.Dismiss(ctx, pairs...)
		return err
	})
}

func (c *Catalog) hasPart(ctx context.Context, k PartKey) error {
	if k.VariantID != "" && k.InventoryItemID != "" { // an empty id would stand for any
		if rows, err := c.shop.Links.List(ctx, k.pair()); err != nil || len(rows) > 0 {
			return err
		}
	}
	return fault.New(fault.NotFound, "variant %q does not consist of inventory item %q", fault.Clip(k.VariantID), fault.Clip(k.InventoryItemID))
}

// stock links new variants with the items that they consist of. One whose stock is
// managed, and that names no items, gets an item of its own.
func (c *Catalog) stock(ctx context.Context, variants []NewVariant) error {
	var parts []PartOf
	var items []*inventory.InventoryItem
	var of []string // the variants of items
	for i := range variants {
		v := &variants[i]
		for _, p := range v.InventoryItems {
			parts = append(parts, PartOf{Part: p, VariantID: v.ID})
		}
		if len(v.InventoryItems) == 0 && v.ManageInventory != nil && *v.ManageInventory {
			items, of = append(items, itemOf(&v.Variant)), append(of, v.ID)
		}
	}
	if err := c.shop.Inventory.InventoryItems.Create(ctx, items...); err != nil {
		return err
	}
	for i, item := range items {
		parts = append(parts, PartOf{Part: Part{item.ID, money.Int(1)}, VariantID: of[i]})
	}
	return c.AddParts(ctx, parts...)
}

// itemOf returns an inventory item that is described as a variant is.
func itemOf(v *product.Variant) *inventory.InventoryItem {
	return &inventory.InventoryItem{
		SKU: v.SKU, Title: &v.Title, Description: &v.Title, Thumbnail: v.Thumbnail, OriginCountry: v.OriginCountry, HSCode: v.HSCode, MIDCode: v.MIDCode,
		Material: v.Material, Weight: whole(v.Weight), Length: whole(v.Length), Height: whole(v.Height), Width: whole(v.Width),
	}
}

// whole returns a measure as inventory items have it, rounded.
func whole(measure *float64) *int64 {
	if measure == nil {
		return nil
	}
	return new(int64(math.Round(*measure)))
}
