// Package medusatest provides a Medusa database for tests: the sample shop in
// e2e/testdata/medusa, loaded into PostgreSQL, and recorded results of Medusa.
//
//	url := medusatest.Shop(t)                 // a new database for this test
//	all := medusatest.Answers(t)              // recorded calls of query.graph
//	pages := medusatest.Pages(t)              // recorded calls of the HTTP API
package medusatest
