// Package medusatest gives tests a Medusa database: the sample shop of
// e2e/testdata/medusa, loaded into PostgreSQL.
//
//	url := medusatest.Shop(t)                 // a database of this test's own
//	all := medusatest.Answers(t)              // what the system answered about it
//	pages := medusatest.Pages(t)              // the same by HTTP
package medusatest
