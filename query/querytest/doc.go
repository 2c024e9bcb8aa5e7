// Package querytest tests package query against an independent evaluator.
//
// Evaluate defines what a request means, in the simplest way: rows are Go maps,
// an edge is followed by looking at every row of every hop, and a filter is
// tested on one record after another.
//
//	records, count, err := querytest.Evaluate(graph, data, query.Request{
//		Entity: "brand", Fields: []string{"name", "items.title"},
//	})
//
// It shares nothing with package query except the Request type, so both are wrong
// together only if the same mistake was made twice.
//
// Run compares a database with the evaluator: random schemas with every kind of
// field and edge, random rows with everything that is difficult (nulls, deleted
// rows, dangling ids, equal sort keys, text beyond ASCII), random requests, and
// invalid ones, which both must reject. Every shape is executed with two sets of
// values, since requests of one shape share a plan. Some requests pass through
// JSON, some are streamed, and pages are followed to the last one. A mismatch is
// minimized before it is printed, with the seed that reproduces it.
//
//	dbtest.Each(t, func(t *testing.T, d db.DB) {
//		querytest.Run(t, d, querytest.Size{Seed: 1, Worlds: 100, Requests: 72})
//	})
//
// NewFixture returns a small handmade world of five modules with links of every
// sort between them, for tests whose results a reader can work out.
package querytest
