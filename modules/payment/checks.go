package payment

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// checks are what verify looks for. Amounts and statuses of collections are compared by
// settle.
var checks = []module.Check{
	{Model: Sessions, Column: "currency_code", Wrong: "are not that of the collection", Rows: foreign(Sessions)},
	{Model: Sessions, Column: "status", Wrong: "are authorized or captured, without a payment", Rows: unpaid},
	{Model: Sessions, Column: "status", Wrong: "are not authorized, with a payment that is not canceled", Rows: paidInVain, Value: func(db.Dialect) string { return "'authorized'" }},
	{Model: Payments, Column: "currency_code", Wrong: "are not that of the collection", Rows: foreign(Payments)},
	{Model: Payments, Column: "amount", Wrong: "are not that of the session", Rows: unequal},
	{Model: Payments, Column: "canceled_at", Wrong: "are set, and something was captured", Rows: live(Payments, "a.canceled_at IS NOT NULL AND a.captured_amount > '0'")},
}

// approved are the statuses of sessions that have a payment.
const approved = "('authorized', 'captured')"

// live returns the clauses of live rows of a model that meet a condition.
func live(m *model.Model, condition string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(m.Table) + " AS a WHERE a.deleted_at IS NULL AND " + condition
	}
}

// foreign returns the clauses of rows in another currency than their collection.
func foreign(m *model.Model) func(db.Dialect) string {
	return live(m, "EXISTS (SELECT 1 FROM payment_collection AS c WHERE c.id = a.payment_collection_id AND LOWER(c.currency_code) <> LOWER(a.currency_code))")
}

// unpaid returns the clauses of authorized sessions without a payment.
func unpaid(d db.Dialect) string {
	return live(Sessions, "a.status IN "+approved+" AND NOT EXISTS ("+ofSession+")")(d)
}

// paidInVain returns the clauses of sessions that are not authorized and have a payment.
// The status of one whose payment is canceled does not matter: Medusa leaves it.
func paidInVain(d db.Dialect) string {
	return live(Sessions, "a.status NOT IN "+approved+" AND EXISTS ("+ofSession+" AND p.canceled_at IS NULL)")(d)
}

// ofSession selects the payments of a session a.
const ofSession = "SELECT 1 FROM payment AS p WHERE p.payment_session_id = a.id AND p.deleted_at IS NULL"

// unequal returns the clauses of payments of another amount than their session.
func unequal(d db.Dialect) string {
	return live(Payments, "EXISTS (SELECT 1 FROM payment_session AS s WHERE s.id = a.payment_session_id AND s.amount <> a.amount)")(d)
}
