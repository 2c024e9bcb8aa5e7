// Package medusatest gives tests a Medusa database: the sample shop that lies
// beside the repository, loaded into PostgreSQL.
//
//	url := medusatest.Shop(t)                 // a database of this test's own
//	all := medusatest.Answers(t)              // what the system answered about it
//	pages := medusatest.Pages(t)              // the same by HTTP
//
// Without the sample shop a test is skipped, loudly: a clone of the repository
// alone has none.
package medusatest
