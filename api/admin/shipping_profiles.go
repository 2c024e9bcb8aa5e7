package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

func (r *routes) shippingProfiles() []api.Route {
	records, columns := r.Fulfillment.ShippingProfiles, body.ColumnsOf(fulfillment.ShippingProfiles, "name", "type", "metadata")
	return r.resource(api.Resource{
		One: "shipping_profile", Many: "shipping_profiles", Path: "/admin/shipping-profiles", Entity: "shipping_profile", Limit: 20,
		Fields: api.Fields("id, name, type, metadata, created_at, updated_at"),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	})
}
