// Package medusa takes over a shop from Medusa 2.21: it reads the shop's
// PostgreSQL database and writes the rows into ours, on SQLite or PostgreSQL.
//
//	source, err := postgres.Open(ctx, url)
//	report, err := medusa.Import(ctx, source, store, medusa.Options{})
//	for _, t := range report.Tables {
//		fmt.Println(t.Table, t.Read, t.Written)
//	}
//
// # Table by table
//
// Our tables have the names and columns of Medusa's, so a row is taken over
// column by column. What is computed there is not: the raw_… companions hold
// the exact decimals, which become the values of our columns. Timestamps are
// cut to milliseconds. Soft-deleted rows come along, and so do the hashes of
// passwords: customers and users log in as before.
//
// Tables come in the order of their foreign keys, and rows of a tree parents
// first. They are streamed in batches, so that memory does not grow with the
// shop. The source is read in one snapshot; a shop that goes on selling
// meanwhile is taken over as it was when the import began.
//
// # All or nothing, and again
//
// Everything is written in one transaction of ours. A second import finds the
// rows that are there by their keys and changes nothing. When the source has
// gone on meanwhile, rows that are new there are added, and rows that were
// changed there after the last change here (updated_at) are changed here: the
// newer side wins, row by row. A row that came into being here on its own,
// under a key that the source has too, and was not touched since (a country of
// the world, a provider) gives way to the source's. Rows of pivot tables have
// no time; they are only added. What was removed there for good stays here.
//
// # What does not fit
//
// Nothing is lost in silence. Tables of modules that we do not have are counted
// and named (Report.Skipped), as are columns (TableReport.Notes). Our link
// tables promise more than Medusa's: both ends exist, and an order has one
// cart. A row that points nowhere is left out; of rows that contradict each
// other the oldest stays and the others come along dismissed. Each such row is
// named with the reason (Report.Notes). A live link of a deleted record comes
// along dismissed, as deleting a record dismisses its links here. Whatever else
// cannot be taken over is an error that says which row of which table, and
// nothing is written.
package medusa
