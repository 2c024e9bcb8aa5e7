package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/query"
)

// removal is the body of the route that takes products out of a price list.
type removal struct {
	Remove []string `json:"remove"`
}

var (
	listColumns = body.ColumnsOf(pricing.PriceLists, "title", "description", "starts_at", "ends_at", "status", "type", "metadata")

	newPriceLists    = body.For[catalog.NewPriceList](listColumns)
	priceListChanges = body.For[catalog.PriceListChange](listColumns)
	listPriceBatches = body.For[batch[catalog.ListPrice, catalog.ListPriceChange]](
		body.ColumnsOf(pricing.Prices, "currency_code", "amount", "min_quantity", "max_quantity"))
	removals = body.For[removal]()
)

func (r *routes) priceLists() []api.Route {
	lists := api.Resource{
		One: "price_list", Many: "price_lists", Path: "/admin/price-lists", Entity: "price_list", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, type, description, title, status, starts_at, ends_at, created_at, updated_at, deleted_at, metadata,
			price_list_rules{value, attribute}`),
		Create: api.Writes(newPriceLists, func(ctx context.Context, _ *api.Call, in *catalog.NewPriceList) (string, error) {
			return r.catalog.CreatePriceList(ctx, in)
		}),
		Update: api.Writes(priceListChanges, func(ctx context.Context, c *api.Call, in *catalog.PriceListChange) (string, error) {
			return c.Param("id"), r.catalog.UpdatePriceList(ctx, c.Param("id"), in)
		}),
		Delete: r.Pricing.PriceLists.SoftDelete,
		Finish: shapeLists, Below: shapedLists,
	}
	products := lists.Action(r.Shop, "/products", "Take products out of a price list", api.Writes(removals,
		func(ctx context.Context, c *api.Call, in *removal) (string, error) {
			return c.Param("id"), r.catalog.RemoveProducts(ctx, c.Param("id"), in.Remove...)
		}))
	return append(lists.Routes(r.Shop), r.listPrices(), r.listPriceBatch(), products)
}

// pricesInList are the prices in a price list.
var pricesInList = api.Resource{
	One: "price", Many: "prices", Path: "/admin/price-lists/{id}/prices", Entity: "price", Access: api.Admin, Limit: 50,
	Fields: api.Fields(`id, currency_code, amount, min_quantity, max_quantity, created_at, deleted_at, updated_at,
		price_set{variant{id}}, price_rules{value, attribute}`),
	Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
		return query.Filters{"price_list_id": c.Param("id")}, nil
	}},
	Finish: shapeListPrices, Below: api.Below{"": shapedListPrice},
}

// listPrices lists the prices in a price list.
func (r *routes) listPrices() api.Route {
	route := pricesInList.ListRoute(r.Shop)
	list := route.Do
	route.Do = func(c *api.Call) error {
		if err := r.Pricing.PriceLists.Exist(c.Context(), c.Param("id")); err != nil {
			return err
		}
		return list(c)
	}
	return route
}

// listPriceBatch creates, changes and deletes prices in a price list.
func (r *routes) listPriceBatch() api.Route {
	return batchRoute(r, pricesInList.Path+"/batch", "Change the prices in a price list", listPriceBatches, pricesInList,
		batchWork[catalog.ListPrice, catalog.ListPriceChange]{
			whole: func(ctx context.Context, c *api.Call, in *batch[catalog.ListPrice, catalog.ListPriceChange]) (created, updated []string, err error) {
				for i := range in.Update {
					updated = append(updated, in.Update[i].ID)
				}
				changes := catalog.ListPriceChanges(*in)
				created, err = r.catalog.ChangeListPrices(ctx, c.Param("id"), &changes)
				return created, updated, err
			},
		})
}
