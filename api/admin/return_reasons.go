package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

const returnReasonFields = "id, value, label, parent_return_reason_id, description, created_at, updated_at, deleted_at"

func (r *routes) returnReasons() []api.Route {
	records := r.Order.ReturnReasons
	return r.resource(api.Resource{
		One: "return_reason", Many: "return_reasons", Path: "/admin/return-reasons", Entity: "return_reason", Limit: 20,
		Fields:  api.Fields(returnReasonFields + ", parent_return_reason.*, return_reason_children.*"),
		Create:  api.Creates(records, body.ColumnsOf(order.ReturnReasons, "value", "label", "description", "parent_return_reason_id", "metadata")),
		Update:  api.Updates(records, body.ColumnsOf(order.ReturnReasons, "value", "label", "description", "metadata")),
		Delete:  records.SoftDelete,
		Listing: api.Listing{Fields: api.Fields(returnReasonFields)},
	})
}
