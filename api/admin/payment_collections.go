package admin

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) paymentCollections() []api.Route {
	return r.resource(api.Resource{
		One: "payment_collection", Many: "payment_collections", Path: "/admin/payment-collections", Entity: "payment_collection", Limit: 20,
		Fields: api.Fields("id, currency_code, amount, status, authorized_amount, captured_amount, refunded_amount, payment_sessions.*, payments.*"),
	})
}
