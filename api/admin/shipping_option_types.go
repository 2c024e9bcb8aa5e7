package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

func (r *routes) shippingOptionTypes() []api.Route {
	records, columns := r.Fulfillment.ShippingOptionTypes, body.ColumnsOf(fulfillment.ShippingOptionTypes, "label", "code", "description")
	return r.resource(api.Resource{
		One: "shipping_option_type", Many: "shipping_option_types", Path: "/admin/shipping-option-types", Entity: "shipping_option_type", Limit: 10,
		Fields: api.Fields("id, label, code, description, created_at, updated_at"),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	})
}
