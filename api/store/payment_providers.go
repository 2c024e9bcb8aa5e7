package store

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// paymentProviders are those that customers of a region can pay with.
func (r *routes) paymentProviders() []api.Route {
	visible := r.show("payment_provider", api.Fields("id, is_enabled"))
	visible.Scope = func(c *api.Call) (query.Filters, error) {
		region := c.Query("region_id")
		if region == "" {
			return nil, fault.New(fault.InvalidData, "Invalid request: Field 'region_id' is required")
		}
		return query.Filters{"is_enabled": true, "regions": query.Filters{"id": region}}, nil
	}
	providers := api.Resource{
		Many: "payment_providers", Path: "/store/payment-providers", Entity: "payment_provider", Access: api.Storefront, Limit: 20,
		Fields:  api.Fields("id, is_enabled"),
		Listing: api.Listing{Others: []api.Parameter{{Name: "region_id", Description: "the region of the customer; required", Type: body.Text}}},
		Visible: visible,
	}
	return []api.Route{providers.ListRoute(r.Shop)}
}
