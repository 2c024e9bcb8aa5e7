package admin

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

func (r *routes) fulfillmentProviders() []api.Route {
	providers := api.Resource{
		One: "fulfillment_provider", Many: "fulfillment_providers", Path: "/admin/fulfillment-providers", Entity: "fulfillment_provider", Access: api.Admin, Limit: 50,
		Fields:  api.Fields("id, is_enabled"),
		Filters: api.Aliases{"stock_location_id": "locations.id"},
	}
	return []api.Route{providers.ListRoute(r.Shop), {
		Method: http.MethodGet, Path: "/admin/fulfillment-providers/{id}/options", Access: api.Admin, Summary: "List the ways in which a provider ships",
		Answer: api.Answer{Body: body.Object{
			body.Required("fulfillment_options", body.List(body.Nested(body.Object{body.Required("id", body.Text), body.Required("is_return", body.Flag)}))),
			body.Required("count", body.Integer), body.Required("offset", body.Integer), body.Required("limit", body.Integer),
		}},
		Do: r.listServices,
	}}
}

func (r *routes) listServices(c *api.Call) error {
	ctx, id := c.Context(), c.Param("id")
	if err := r.Fulfillment.Providers.Exist(ctx, id); err != nil {
		return err
	}
	p, err := r.Fulfillment.Provider(id)
	if err != nil {
		return err
	}
	all, err := p.Services(ctx)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Options []fulfillment.ProviderService `json:"fulfillment_options"`
		Count   int                           `json:"count"`
		Offset  int                           `json:"offset"`
		Limit   int                           `json:"limit"`
	}{all, len(all), 0, len(all)})
}
