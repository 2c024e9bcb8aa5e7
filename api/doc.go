// Package api serves a shop over HTTP: a table of routes, and the machinery
// that all of them share.
//
// # Resources and routes
//
// A Resource is one kind of record at one path. Its routes (list, read, create,
// change, delete) follow from what it declares:
//
//	customers := api.Resource{
//		One: "customer", Many: "customers", Path: "/admin/customers", Entity: "customer", Access: api.Admin, Limit: 50,
//		Fields:  api.Fields("id, email, first_name, last_name"),
//		Filters: api.Aliases{"group_id": "groups.id"},
//		Create:  api.Creates(s.Customer.Customers, body.ColumnsOf(customer.Customers, "email", "first_name", "last_name")),
//		Delete:  s.Customer.Customers.SoftDelete,
//	}
//	routes := customers.Routes(s)
//
// A Route is one method on one path: who may call it, its parameters, its body,
// and what it does. What is not a plain list, record or write is a Route of its
// own:
//
//	api.Route{Method: http.MethodGet, Path: "/admin/report", Access: api.Admin, Do: func(c *api.Call) error {
//		return c.Stream("text/csv", func(w io.Writer) error { … })
//	}}
//
// New returns an http.Handler of routes. Package openapi describes the same
// routes as an OpenAPI document.
//
// # Calls
//
// A Call is one request on its way through a route. Param, Query, Page and
// Decode read it. JSON, One, List, Data, Stream and Redirect respond to it;
// SetHeader and Status set headers and the status. A body is declared by a
// struct: see package body.
//
// # From the URL to the database
//
//	parameters.go   brackets and lists of the URL become a tree
//	page.go         limit, offset, order
//	fields.go       fields edits or replaces what the route returns by default
//	filters.go      everything else is a condition on the records
//	answer.go       the envelope is put around the bytes that the database made
//
// A filter may go through any relation or link:
// payment_collections.status=completed.
//
// # Errors
//
// The body of every error is {"type", "message"}, with the status of its type
// (package fault). What is not the caller's mistake is logged with the id of
// the request, which the response carries in X-Request-Id, and its text is not
// shown to callers.
package api
