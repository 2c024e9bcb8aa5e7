// Package querytest proves package query right.
//
// Evaluate is the definition of what a query means, in the simplest words
// there are: rows are Go maps, an edge is followed by looking at every row of
// every hop, a filter is asked of one record after the other.
//
//	records, count, err := querytest.Evaluate(graph, data, query.Request{
//		Entity: "brand", Fields: []string{"name", "items.title"},
//	})
//
// It shares nothing with package query but the words of a request, so both are
// wrong together only if the same mistake was made twice.
//
// Run compares a database with it: random schemas of every kind of field and
// edge, random rows with all that is awkward (nulls, deleted rows, dangling
// ids, equal sort keys, text beyond ASCII), random requests, and requests with
// a mistake in them, which both must refuse. Every shape is asked twice with
// other values, since requests of one shape share a plan; some come as JSON,
// some are streamed, and pages are read to their end. What differs is made as
// small as it can be before it is printed, with the seed that makes it again.
//
//	dbtest.Each(t, func(t *testing.T, d db.DB) {
//		querytest.Run(t, d, querytest.Size{Seed: 1, Worlds: 100, Requests: 72})
//	})
//
// NewFixture is a small world made by hand, of five modules with links of
// every sort between them, for tests whose answers a reader can work out.
package querytest
