// Package query reads across modules: one request, one SQL statement, one
// snapshot.
//
// A Request names an entity, the fields wanted as dotted paths, and conditions,
// sorts and pages over any of them. Relations inside a module and links between
// modules are the same to it.
//
//	res, err := e.Graph(ctx, query.Request{
//		Entity:  "order",
//		Fields:  []string{"id", "customer.email", "items.*", "payment_collections.status"},
//		Filters: query.Filters{"payment_collections": query.Filters{"status": "completed"}},
//		Order:   []string{"-created_at"},
//		Limit:   20,
//	})
//
// res.Data is a JSON array, built by the database and not touched since. A
// typed query asks with a struct instead, and answers in it: see List.
//
// # Phases
//
// A query goes through five phases, a file each, which hand over plain data:
//
//	parse     strings and maps become trees                     parse.go, parse_filter.go
//	resolve   every name is looked up in the graph              resolve.go, resolve_filter.go, resolve_order.go
//	plan      tables get aliases, sorts become joins            plan.go; Explain prints it
//	compile   the plan becomes SQL of a dialect                 compile.go, compile_filter.go, dialect_*.go
//	run       values are bound, rows gathered                   run.go
//
// The first four depend only on a query's shape, which is everything but its
// values (shape.go). Plans are kept by shape, so a shape is compiled once.
//
// # What is answered
//
// A relation to one record is that record or null; a list is an array, maybe
// empty; neither depends on the data. Records come in the order asked for, then
// by primary key, at every level. Names that do not exist are errors that name
// the nearest ones: nothing is dropped in silence. Soft-deleted records and
// dismissed links are as if they were not there, unless WithDeleted asks for
// them.
//
// # Conditions
//
// Conditions have three truth values, as in SQL: a comparison with null is
// neither true nor false, and its $not is neither. A record is answered when
// its condition is true. Conditions under a list are about some one record of
// it; $every and $none are about all of them.
package query
