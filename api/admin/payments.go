package admin

import "github.com/gorgon-commerce/gorgon/api"

// payments, and who provides them.
func (r *routes) payments() []api.Route {
	providers := r.resource(api.Resource{
		One: "payment_provider", Many: "payment_providers", Path: "/admin/payments/payment-providers", Entity: "payment_provider", Limit: 20,
		Fields: api.Fields("id, is_enabled"),
	})
	return append(providers, r.resource(api.Resource{
		One: "payment", Many: "payments", Path: "/admin/payments", Entity: "payment", Limit: 20,
		Fields: api.Fields(`id, currency_code, amount, captured_at, payment_collection_id, payment_session_id,
			captures{id, amount}, refunds{id, amount, note, payment_id, refund_reason{label, code}}`),
	})...)
}
