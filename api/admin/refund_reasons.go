package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/payment"
)

func (r *routes) refundReasons() []api.Route {
	records, columns := r.Payment.RefundReasons, body.ColumnsOf(payment.RefundReasons, "label", "code", "description")
	return r.resource(api.Resource{
		One: "refund_reason", Many: "refund_reasons", Path: "/admin/refund-reasons", Entity: "refund_reason", Limit: 15,
		Fields: api.Fields("id, label, code, description, created_at, updated_at, deleted_at"),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	})
}
