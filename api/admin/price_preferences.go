package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
)

var (
	preferenceColumns = body.ColumnsOf(pricing.PricePreferences, "attribute", "value", "is_tax_inclusive").
				With(body.Required("value", body.Text))
	newPreferences    = body.For[pricing.PricePreference](preferenceColumns)
	preferenceChanges = body.For[module.Patch](preferenceColumns)
)

func (r *routes) pricePreferences() []api.Route {
	return r.resource(api.Resource{
		One: "price_preference", Many: "price_preferences", Path: "/admin/price-preferences", Entity: "price_preference", Limit: 300,
		Fields: api.Fields("id, attribute, value, is_tax_inclusive, created_at, deleted_at, updated_at"),
		Create: api.Writes(newPreferences, func(ctx context.Context, _ *api.Call, in *pricing.PricePreference) (string, error) {
			return r.markets.CreatePreference(ctx, in)
		}),
		Update: api.Writes(preferenceChanges, func(ctx context.Context, c *api.Call, in *module.Patch) (string, error) {
			return c.Param("id"), r.markets.UpdatePreference(ctx, c.Param("id"), *in)
		}),
		Delete: r.Pricing.PricePreferences.SoftDelete,
	})
}
