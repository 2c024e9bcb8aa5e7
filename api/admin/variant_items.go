package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// partChange is the body of a change of how many of an inventory item a variant needs.
type partChange struct {
	RequiredQuantity money.Amount `json:"required_quantity" body:"required"`
}

// partBatch is the body of a batch of links between variants and inventory items.
type partBatch struct {
	Create []catalog.PartOf  `json:"create"`
	Update []catalog.PartOf  `json:"update"`
	Delete []catalog.PartKey `json:"delete"`
}

var (
	newParts    = body.For[catalog.Part]()
	partChanges = body.For[partChange]()
	partBatches = body.For[partBatch]()
)

// variantItems are the inventory items that variants consist of.
func (r *routes) variantItems() []api.Route {
	variants := api.Resource{
		One: "variant", Path: "/admin/products/{id}/variants", Entity: "variant", Access: api.Admin, Fields: api.Fields(variantFields),
		Finish: shapePrices(""), Below: shapedPrices(""), Lookup: api.Lookup{Param: "variant_id"},
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) { return query.Filters{"product_id": c.Param("id")}, nil }},
		Owner: api.Ownership{Check: func(ctx context.Context, c *api.Call) error {
			return r.Product.HasVariant(ctx, c.Param("id"), c.Param("variant_id"))
		}},
	}
	add := api.Writes(newParts, func(ctx context.Context, c *api.Call, in *catalog.Part) (string, error) {
		return c.Param("variant_id"), r.catalog.AddParts(ctx, catalog.PartOf{Part: *in, VariantID: c.Param("variant_id")})
	})
	change := api.Writes(partChanges, func(ctx context.Context, c *api.Call, in *partChange) (string, error) {
		part := catalog.Part{InventoryItemID: c.Param("inventory_item_id"), RequiredQuantity: in.RequiredQuantity}
		return c.Param("variant_id"), r.catalog.ChangeParts(ctx, catalog.PartOf{Part: part, VariantID: c.Param("variant_id")})
	})
	remove := variants.DeleteBelow(r.Shop, "/inventory-items/{inventory_item_id}", "variant-inventory-item-link", "Take an inventory item from a variant",
		func(ctx context.Context, c *api.Call) (string, error) {
			id := c.Param("inventory_item_id")
			return id, r.catalog.RemoveParts(ctx, catalog.PartKey{InventoryItemID: id, VariantID: c.Param("variant_id")})
		})
	return []api.Route{
		variants.Action(r.Shop, "/inventory-items", "Give a variant an inventory item", add),
		variants.Action(r.Shop, "/inventory-items/{inventory_item_id}", "Change how many of an inventory item a variant needs", change),
		remove, r.partBatch(),
	}
}

// partLinks are links between variants and inventory items, in the document.
var partLinks = body.List(body.Nested(body.Object{
	body.Required("product", body.Nested(body.Object{body.Required("variant_id", body.Text)})),
	body.Required("inventory", body.Nested(body.Object{body.Required("inventory_item_id", body.Text)})),
}))

// partLink is a link between a variant and an inventory item in a response.
type partLink struct {
	Product   variantKey `json:"product"`
	Inventory itemKey    `json:"inventory"`
}

type variantKey struct {
	VariantID string `json:"variant_id"`
}

type itemKey struct {
	InventoryItemID string `json:"inventory_item_id"`
}

func linkOf(variant, item string) partLink { return partLink{variantKey{variant}, itemKey{item}} }

// partBatch links variants of a product with inventory items, changes the links, and
// dismisses them.
func (r *routes) partBatch() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/products/{id}/variants/inventory-items/batch", Access: api.Admin,
		Summary: "Change the inventory items of variants", Body: partBatches.Object(),
		Answer: api.Answer{Body: body.Object{body.Required("created", partLinks), body.Required("updated", partLinks), body.Required("deleted", partLinks)}},
		Do: func(c *api.Call) error {
			in, err := api.Decode(c, partBatches)
			if err != nil {
				return err
			}
			if err := r.Do(c.Context(), func(ctx context.Context) error { return r.doParts(ctx, c.Param("id"), in) }); err != nil {
				return err
			}
			gone := make([]partLink, len(in.Delete))
			for i, k := range in.Delete {
				gone[i] = linkOf(k.VariantID, k.InventoryItemID)
			}
			return c.JSON(struct {
				Created []partLink `json:"created"`
				Updated []partLink `json:"updated"`
				Deleted []partLink `json:"deleted"`
			}{linksOf(in.Create), linksOf(in.Update), gone})
		},
	}
}

func linksOf(parts []catalog.PartOf) []partLink {
	out := make([]partLink, len(parts))
	for i, p := range parts {
		out[i] = linkOf(p.VariantID, p.InventoryItemID)
	}
	return out
}

func (r *routes) doParts(ctx context.Context, product string, in *partBatch) error {
	var variants []string
	for _, p := range append(in.Create, in.Update...) {
		variants = append(variants, p.VariantID)
	}
	for _, k := range in.Delete {
		variants = append(variants, k.VariantID)
	}
	for _, id := range variants {
		if err := r.Product.HasVariant(ctx, product, id); err != nil {
			return err
		}
	}
	if err := r.catalog.AddParts(ctx, in.Create...); err != nil {
		return err
	}
	if err := r.catalog.ChangeParts(ctx, in.Update...); err != nil {
		return err
	}
	return r.catalog.RemoveParts(ctx, in.Delete...)
}
