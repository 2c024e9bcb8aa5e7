package payment

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// checks are what verify looks for: collections whose amounts are not those of their
// sessions and payments. Imports bring them as they are, so they are not repaired.
var checks = []module.Check{
	{Model: Collections, Column: "authorized_amount", Wrong: "are not what their sessions are authorized for", Rows: notSum("authorized_amount", authorizedSessions, "amount")},
	{Model: Collections, Column: "captured_amount", Wrong: "are not what was captured of their payments", Rows: notSum("captured_amount", livePayments, "captured_amount")},
	{Model: Collections, Column: "refunded_amount", Wrong: "are not what was refunded of their payments", Rows: notSum("refunded_amount", livePayments, "refunded_amount")},
}

// What the amounts of a collection a are the sums of.
const (
	authorizedSessions = "payment_session AS b WHERE b.payment_collection_id = a.id AND b.deleted_at IS NULL AND b.status IN ('authorized', 'captured')"
	livePayments       = "payment AS b WHERE b.payment_collection_id = a.id AND b.deleted_at IS NULL"
)

// notSum returns the clauses of collections of which a column is not the sum of a
// column of rows. No amount is the same as 0.
func notSum(column, rows, of string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		sum := "(SELECT COALESCE(" + d.Sum("b."+of) + ", '0') FROM " + rows + ")"
		return " FROM payment_collection AS a WHERE a.deleted_at IS NULL AND (a." + column + " <> " + sum +
			" OR a." + column + " IS NULL AND EXISTS (SELECT 1 FROM " + rows + " AND b." + of + " <> '0'))"
	}
}
