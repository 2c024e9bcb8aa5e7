// Package openapi describes routes as an OpenAPI 3.0 document. All of it follows
// from what routes declare and from the models of the shop's graph: there is
// nothing to keep in step by hand.
//
//	document.go   goes through the routes
//	body.go       schemas of what is sent
//	answer.go     schemas of what is answered
//	shape.go      the format itself
package openapi
