// Package verify looks whether a shop's data holds together.
//
//	report, err := verify.Run(ctx, store, verify.Options{})
//	for _, p := range report.Problems {
//		fmt.Println(p) // order.customer_id: 2 rows refer to a missing customer, such as order_01…
//	}
//
// What to look at follows from the graph of models and links, so the shop's
// own modules and links are looked at like the built-in ones. There is one
// check for each of these, and one statement for each check:
//
//	dangling     a read-only link's column names a record that does not exist
//	orphan       the same for a relation inside a module that has no foreign key
//	missing end  a row of a stored link has an end that does not exist
//	cardinality  a record is linked to more others than its link allows
//
// Only live rows are looked at. A record that is soft-deleted exists: a link to
// it is no problem. Most of this the database sees to by itself; it is checked
// all the same, since data also comes by other ways: a backup, an import,
// another program.
//
// Nothing is changed.
package verify
