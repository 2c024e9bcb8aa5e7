// Package admin is the routes of the shop's own staff, below /admin: a table of
// resources, one file a group.
//
// Default fields, names of filters, page sizes and messages are those that
// clients of this API expect. What stands here about a resource is all there
// is: package api makes the routes of it.
package admin
