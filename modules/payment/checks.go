package payment

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// checks are what verify looks for: collections whose amounts are not those of their
// sessions and payments. Backups and imports bring them as they are.
var checks = []module.Check{
	addsUp("authorized_amount", "are not what their sessions are authorized for", authorizedSessions, "amount"),
	addsUp("captured_amount", "are not what was captured of their payments", livePayments, "captured_amount"),
	addsUp("refunded_amount", "are not what was refunded of their payments", livePayments, "refunded_amount"),
}

// What the amounts of a collection a are the sums of.
const (
	authorizedSessions = "payment_session AS b WHERE b.payment_collection_id = a.id AND b.deleted_at IS NULL AND b.status IN ('authorized', 'captured')"
	livePayments       = "payment AS b WHERE b.payment_collection_id = a.id AND b.deleted_at IS NULL"
)

// addsUp checks that a column is the sum of a column of rows. No amount is the same as 0.
func addsUp(column, wrong, rows, of string) module.Check {
	sum := func(d db.Dialect) string { return "(SELECT COALESCE(" + d.Sum("b."+of) + ", '0') FROM " + rows + ")" }
	return module.Check{Model: Collections, Column: column, Wrong: wrong, Value: sum, Rows: func(d db.Dialect) string {
		return " FROM payment_collection AS a WHERE a.deleted_at IS NULL AND (a." + column + " <> " + sum(d) +
			" OR a." + column + " IS NULL AND EXISTS (SELECT 1 FROM " + rows + " AND b." + of + " <> '0'))"
	}}
}
