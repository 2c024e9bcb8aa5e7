// Package verify checks the integrity of a shop's data.
//
//	report, err := verify.Run(ctx, store, verify.Options{})
//	if err != nil {
//		return err
//	}
//	for _, p := range report.Problems {
//		fmt.Println(p) // order.customer_id: 2 rows refer to a missing customer, such as order_01…
//	}
//
// The checks are derived from the model graph and the modules, so the shop's own modules and
// links are checked like the built-in ones. Each check is one statement:
//
//	dangling     a read-only link's column names a record that does not exist
//	orphan       the same for a relation inside a module that has no foreign key
//	missing end  a row of a stored link has an end that does not exist
//	cardinality  a record is linked to more records than its link allows
//	stale        a stored value is not what follows from other records, such as a total
//	rule         a row breaks a rule of its module, which has a check for it
//
// Only live rows are checked, and a link to a soft-deleted record is not a
// problem: the record exists. The database's own constraints prevent most
// problems, but they are checked all the same, since data also comes from
// backups, imports and other programs.
//
// Run changes nothing, unless Options.Repair is set: then it writes stale values,
// and columns that a rule computes (module.Check.Value).
package verify
