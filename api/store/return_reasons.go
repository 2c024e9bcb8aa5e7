package store

import "github.com/gorgon-commerce/gorgon/api"

const reasonColumns = "id, value, label, parent_return_reason_id, description, created_at, updated_at, deleted_at"

var allowedReasons = api.Fields(reasonColumns + ", parent_return_reason, return_reason_children")

// returnReasons are what a customer chooses from when something goes back.
func (r *routes) returnReasons() []api.Route {
	return r.resource(api.Resource{
		One: "return_reason", Many: "return_reasons", Path: "/store/return-reasons", Entity: "return_reason", Limit: 20,
		Fields:  api.Fields(reasonColumns + ", parent_return_reason.*, return_reason_children.*"),
		Visible: r.show("return_reason", allowedReasons),
	})
}
