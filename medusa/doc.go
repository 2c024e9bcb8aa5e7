// Package medusa imports a shop from Medusa 2.21: it reads the shop's PostgreSQL
// database and writes the rows into the store's database, SQLite or PostgreSQL.
//
//	source, err := postgres.Open(ctx, url)
//	report, err := medusa.Import(ctx, source, store, medusa.Options{})
//	for _, t := range report.Tables {
//		fmt.Println(t.Table, t.Read, t.Written)
//	}
//
// # Tables
//
// Our tables have the names and columns of Medusa's, so rows are imported column by
// column. The exact value of a decimal is read from its raw_… column, which we do not
// have. Timestamps are truncated to milliseconds. Soft-deleted rows are imported, and
// so are the hashes of passwords, so that customers and users log in as before.
//
// Tables are imported in the order of their foreign keys, and the rows of a tree
// parents first. Rows are streamed in batches, so memory does not grow with the shop.
// The source is read in one snapshot: a shop that is in use is imported as it was when
// the import began.
//
// # Repeated imports
//
// The import is one transaction and safe to repeat. Existing rows are found by their
// keys. New rows of the source are added, and rows that were changed there after the
// last change here (updated_at) are changed here: the newer side wins, row by row. A
// row that was created here with a key that the source has as well, and has not been
// changed since (a country, a provider), is replaced by that of the source. Rows of
// pivot tables have no timestamps and are only added. Rows that were permanently
// deleted in the source are not deleted here.
//
// # What cannot be imported
//
// Tables that we do not have are listed with their row counts (Report.Skipped), and so
// are columns (TableReport.Notes). Our link tables have constraints that Medusa's do
// not have: both records exist, and an order has one cart. A link row whose record does
// not exist is left out. Of rows that contradict each other, the oldest is imported and
// the others are imported as dismissed. Each such row is listed with the reason
// (Report.Notes). A live link row of a deleted record is imported as dismissed as well:
// deleting a record dismisses its links here. Anything else that cannot be imported is
// an error that says which row of which table, and nothing is written.
package medusa
