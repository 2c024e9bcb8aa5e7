// Package export writes the records of a query, however many there are, as NDJSON or
// CSV. Memory does not grow with their number.
//
//	n, err := export.Write(ctx, engine, query.Request{Entity: "order", Fields: []string{"id", "customer.email"}}, export.CSV, w, nil)
package export
