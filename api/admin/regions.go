package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows"
)

func (r *routes) regions() []api.Route {
	body := api.Body{
		api.Must("name", api.Text), api.Must("currency_code", api.Text), api.May("countries", api.IDs), api.May("automatic_taxes", api.Flag),
		api.May("is_tax_inclusive", api.Flag), api.May("payment_providers", api.IDs), api.May("metadata", api.Map.OrNull()),
	}
	return r.resources(
		api.Resource{
			One: "region", Many: "regions", Path: "/admin/regions", Entity: "region", Limit: 50,
			Fields: api.Fields("id, name, currency_code, created_at, updated_at, deleted_at, automatic_taxes, metadata, countries.*"),
			Create: &api.Write{Body: body, Do: func(ctx context.Context, _ *api.Call, v api.Values) (string, error) {
				return r.Flows.CreateRegion(ctx, regionOf(v))
			}},
			Update: &api.Write{Body: body.Optional(), Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
				return c.Param("id"), r.Flows.UpdateRegion(ctx, c.Param("id"), regionOf(v))
			}},
			Delete: r.Flows.DeleteRegion,
		},
		api.Resource{
			One: "currency", Many: "currencies", Path: "/admin/currencies", Entity: "currency", ID: "code", Key: "code", Limit: 200,
			Fields: api.Fields("code, name, symbol, symbol_native, decimal_digits, rounding"),
		},
	)
}

func regionOf(v api.Values) flows.Region {
	in := flows.Region{Patch: v.Patch("name", "currency_code", "automatic_taxes", "metadata")}
	if v.Has("countries") {
		in.Countries = new(v.Texts("countries"))
	}
	if v.Has("payment_providers") {
		in.PaymentProviders = new(v.Texts("payment_providers"))
	}
	if inclusive, ok := v["is_tax_inclusive"].(bool); ok {
		in.TaxInclusive = &inclusive
	}
	return in
}
