// Package api serves a shop over HTTP: a table of routes, and the little
// machinery that all of them share.
//
// A Resource is one kind of record at one path, and makes the usual routes of
// it from what it declares:
//
//	customers := api.Resource{
//		One: "customer", Many: "customers", Path: "/admin/customers", Entity: "customer",
//		Fields: api.Fields("id, email, first_name, last_name"), Limit: 50,
//		Filters: api.Aliases{"groups": "groups.id"},
//		Create: api.Creates(service.Customers, "email", "first_name", "last_name"),
//		Delete: service.Customers.SoftDelete,
//	}
//	routes := customers.Routes()
//
// A Route is one method on one path: who may call it, its parameters, its body,
// what it does. Whatever is no plain list, record or write is a Route of its
// own. Shop is what routes read from; New makes an http.Handler of them, and
// Document describes the same routes as OpenAPI.
//
// # From the URL to the database
//
//	parameters.go   brackets and lists of the URL become a tree
//	fields.go       fields edits or replaces what the route answers by default
//	filters.go      everything else is a condition on the records
//	body.go         a JSON body is checked against its declaration
//	answer.go       the envelope is put around the bytes that the database made
//
// DocumentRoutes serves the document and, at /docs, a page that shows it:
// document.go goes through the routes, document_body.go and document_answer.go
// make schemas of what is sent and answered, reference.html is the page.
//
// A filter may go through any relation or link: payment_collections.status=completed.
//
// # Mistakes
//
// Every error is a body {"type", "message"} and the status of its type (package
// fault). What is not the caller's mistake is logged with the id of the
// request, which the answer carries in X-Request-Id, and is told to nobody.
package api
