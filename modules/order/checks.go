package order

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// checks are what verify looks for.
var checks = []module.Check{
	{Model: Items, Column: "fulfilled_quantity", Wrong: "are more than the quantity", Rows: items("a.fulfilled_quantity > a.quantity")},
	{Model: Items, Column: "shipped_quantity", Wrong: "are more than is fulfilled", Rows: items("a.shipped_quantity > a.fulfilled_quantity")},
	{Model: Items, Column: "delivered_quantity", Wrong: "are more than is fulfilled", Rows: items("a.delivered_quantity > a.fulfilled_quantity")},
	{Model: Items, Column: "return_requested_quantity", Wrong: "are, with what was received and dismissed, more than is fulfilled", Rows: overReturned},
	{Model: Items, Column: "written_off_quantity", Wrong: "are more than the quantity", Rows: items("a.written_off_quantity > a.quantity")},
	{Model: Items, Column: "quantity", Wrong: "or a counter are negative", Rows: items(negative())},
	{Model: Items, Column: "version", Wrong: "are later than the version of the order", Rows: later(Items)},
	{Model: Shippings, Column: "version", Wrong: "are later than the version of the order", Rows: laterShippings},
	{Model: CreditLines, Column: "version", Wrong: "are later than the version of the order", Rows: later(CreditLines)},
	{Model: Summaries, Column: "version", Wrong: "are later than the version of the order", Rows: later(Summaries)},
	{Model: Transactions, Column: "version", Wrong: "are later than the version of the order", Rows: later(Transactions)},
	{Model: LineItemAdjustments, Column: "version", Wrong: "are of a version that the line is not in", Rows: astray(LineItemAdjustments, "item_id", Items)},
	{Model: ShippingMethodAdjustments, Column: "version", Wrong: "are of a version that the method is not in", Rows: astray(ShippingMethodAdjustments, "shipping_method_id", Shippings)},
	{Model: Orders, Column: "version", Wrong: "have no summary", Rows: unsummed},
	{Model: Items, Column: "version", Wrong: "are of a version without a summary", Rows: unsummedItems},
	{Model: Items, Column: "item_id", Wrong: "are twice in a version", Rows: twice(Items, "item_id")},
	{Model: Shippings, Column: "shipping_method_id", Wrong: "are twice in a version", Rows: twice(Shippings, "shipping_method_id")},
	{Model: Summaries, Column: "version", Wrong: "are of a version that has another", Rows: twice(Summaries, "version")},
	{Model: Orders, Column: "canceled_at", Wrong: "do not agree with the status", Rows: miscanceled(Orders, "'canceled', 'archived'")},
	{Model: Returns, Column: "canceled_at", Wrong: "do not agree with the status", Rows: miscanceled(Returns, "'canceled'")},
	{Model: Claims, Column: "return_id", Wrong: "are returns of something else", Rows: strangers(Claims, "claim_id")},
	{Model: Exchanges, Column: "return_id", Wrong: "are returns of something else", Rows: strangers(Exchanges, "exchange_id")},
	{Model: Shippings, Column: "return_id", Wrong: "are returns of another order", Rows: lent(Returns, "return_id")},
	{Model: Shippings, Column: "claim_id", Wrong: "are claims of another order", Rows: lent(Claims, "claim_id")},
	{Model: Shippings, Column: "exchange_id", Wrong: "are exchanges of another order", Rows: lent(Exchanges, "exchange_id")},
	{Model: Transactions, Column: "currency_code", Wrong: "are not that of the order", Rows: func(d db.Dialect) string { return ofOrder(d, Transactions) + " AND a.currency_code <> o.currency_code" }},
	{Model: Changes, Column: "status", Wrong: "are open beside another open change of the order", Rows: rivals},
	{Model: Summaries, Column: "version", Wrong: "were made by no confirmed change", Rows: unmade},
	{Model: Changes, Column: "version", Wrong: "are of a version that is missing, or that the one before it is", Rows: broken},
	{Model: Changes, Column: "version", Wrong: "are of a version that another change has made", Rows: remade},
	{Model: Changes, Column: "confirmed_at", Wrong: "do not agree with the status", Rows: mistimed("confirmed_at", "confirmed")},
	{Model: Changes, Column: "declined_at", Wrong: "do not agree with the status", Rows: mistimed("declined_at", "declined")},
	{Model: Changes, Column: "canceled_at", Wrong: "do not agree with the status", Rows: mistimed("canceled_at", "canceled")},
	{Model: ChangeActions, Column: "order_id", Wrong: "are not that of the change", Rows: misplaced},
	{Model: Returns, Column: "requested_at", Wrong: "are missing", Rows: undated("requested_at", "'requested', 'partially_received', 'received'")},
	{Model: Returns, Column: "received_at", Wrong: "are missing", Rows: undated("received_at", "'received'")},
	{Model: Returns, Column: "status", Wrong: "are requested, and something came back", Rows: received},
	{Model: Claims, Column: "return_id", Wrong: "are missing, and a return is of the claim", Rows: forgotten(Claims, "claim_id")},
	{Model: Exchanges, Column: "return_id", Wrong: "are missing, and a return is of the exchange", Rows: forgotten(Exchanges, "exchange_id")},
	{Model: ChangeActions, Column: "applied", Wrong: "are false, and the change is confirmed", Rows: unapplied},
	{Model: ReturnItems, Column: "received_quantity", Wrong: "are more than the quantity", Rows: overReceived},
}

// counters are the columns of an item that say what became of it.
var counters = []string{
	"fulfilled_quantity", "shipped_quantity", "delivered_quantity",
	"return_requested_quantity", "return_received_quantity", "return_dismissed_quantity", "written_off_quantity",
}

// ofOrder returns the clauses of the rows of a model and their orders o, both of which
// are live.
func ofOrder(d db.Dialect, m *model.Model) string {
	return " FROM " + d.Quote(m.Table) + " AS a JOIN " + d.Quote(Orders.Table) + " AS o ON o.id = a.order_id WHERE a.deleted_at IS NULL AND o.deleted_at IS NULL"
}

// items returns the clauses of the items in force that meet a condition.
func items(condition string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return ofOrder(d, Items) + " AND a.version = o.version AND (" + condition + ")"
	}
}

// negative returns the condition that some quantity of an item is negative.
func negative() string {
	all := []string{"a.quantity < '0'"}
	for _, c := range counters {
		all = append(all, "a."+c+" < '0'")
	}
	return strings.Join(all, " OR ")
}

// overReturned returns the clauses of items of which more came back, or is to, than was
// fulfilled.
func overReturned(d db.Dialect) string {
	back := d.Add(d.Add("a.return_requested_quantity", "a.return_received_quantity"), "a.return_dismissed_quantity")
	return items("a.fulfilled_quantity < " + back)(d)
}

// later returns the clauses of rows of a version that the order has not reached.
func later(m *model.Model) func(db.Dialect) string {
	return func(d db.Dialect) string { return ofOrder(d, m) + " AND a.version > o.version" }
}

// open is the condition that a change is open.
const open = "deleted_at IS NULL AND c.status IN ('pending', 'requested')"

// laterShippings is later of shippings. Medusa places those of an open change in the
// version that it will make.
func laterShippings(d db.Dialect) string {
	return later(Shippings)(d) + " AND NOT (a.version = o.version + 1 AND EXISTS (SELECT 1 FROM order_change AS c WHERE c.order_id = o.id AND c." + open + "))"
}

// astray returns the clauses of discounts of a version in which no row of a model places
// what they are on. What is in no version at all was drafted.
func astray(m *model.Model, on string, placed *model.Model) func(db.Dialect) string {
	return func(d db.Dialect) string {
		in := "EXISTS (SELECT 1 FROM " + d.Quote(placed.Table) + " AS p WHERE p." + on + " = a." + on + " AND p.deleted_at IS NULL"
		return " FROM " + d.Quote(m.Table) + " AS a WHERE a.deleted_at IS NULL AND " + in + ") AND NOT " + in + " AND p.version = a.version)"
	}
}

// unsummed returns the clauses of orders whose version has no summary.
func unsummed(d db.Dialect) string {
	return " FROM " + d.Quote(Orders.Table) + " AS a WHERE a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM order_summary AS s" +
		" WHERE s.order_id = a.id AND s.version = a.version AND s.deleted_at IS NULL)"
}

// unsummedItems returns the clauses of items of a version that has no summary.
func unsummedItems(d db.Dialect) string {
	return ofOrder(d, Items) + " AND a.version < o.version AND NOT EXISTS (SELECT 1 FROM order_summary AS s" +
		" WHERE s.order_id = a.order_id AND s.version = a.version AND s.deleted_at IS NULL)"
}

// twice returns the clauses of rows that a version has twice, but for the first.
func twice(m *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return ofOrder(d, m) + " AND EXISTS (SELECT 1 FROM " + d.Quote(m.Table) + " AS b WHERE b.order_id = a.order_id AND b.version = a.version" +
			" AND b." + column + " = a." + column + " AND b.deleted_at IS NULL AND b.id < a.id)"
	}
}

// miscanceled returns the clauses of records with a canceled_at whose status is not among
// ended, and of those that are canceled without one.
func miscanceled(m *model.Model, ended string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(m.Table) + " AS a WHERE a.deleted_at IS NULL AND (a.canceled_at IS NOT NULL AND a.status NOT IN (" + ended + ")" +
			" OR a.canceled_at IS NULL AND a.status = 'canceled')"
	}
}

// strangers returns the clauses of claims or exchanges whose return is of something else.
func strangers(m *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(m.Table) + " AS a JOIN " + d.Quote(Returns.Table) + " AS r ON r.id = a.return_id WHERE a.deleted_at IS NULL" +
			" AND (r.order_id <> a.order_id OR r." + column + " IS NULL OR r." + column + " <> a.id)"
	}
}

// lent returns the clauses of shippings that were added for a record of another order.
func lent(m *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(Shippings.Table) + " AS a JOIN " + d.Quote(m.Table) + " AS r ON r.id = a." + column + " WHERE a.deleted_at IS NULL AND r.order_id <> a.order_id"
	}
}

// rivals returns the clauses of open changes of orders that have an earlier one.
func rivals(db.Dialect) string {
	return " FROM order_change AS a WHERE a.deleted_at IS NULL AND a.status IN ('pending', 'requested') AND EXISTS (SELECT 1 FROM order_change AS c" +
		" WHERE c.order_id = a.order_id AND c.id < a.id AND c." + open + ")"
}

// unmade returns the clauses of summaries of versions that no confirmed change has made,
// of orders that have changes, also deleted ones. Orders without any were imported as they
// were.
func unmade(d db.Dialect) string {
	change := "EXISTS (SELECT 1 FROM order_change AS c WHERE c.order_id = o.id AND "
	return ofOrder(d, Summaries) + " AND a.version > 1 AND a.version <= o.version AND " + change + "COALESCE(c.change_type, '') <> 'update_order')" +
		" AND NOT " + change + "c.version = a.version AND " + hasMade("c") + ")"
}

// hasMade returns the condition that a change has made a version.
func hasMade(change string) string {
	return strings.ReplaceAll("c.deleted_at IS NULL AND c.status = 'confirmed' AND COALESCE(c.change_type, '') <> 'update_order'"+
		" AND EXISTS (SELECT 1 FROM order_change_action AS x WHERE x.order_change_id = c.id AND x.deleted_at IS NULL)", "c.", change+".")
}

// broken returns the clauses of changes of whose version, or of the one before, there is
// no summary.
func broken(d db.Dialect) string {
	summary := "EXISTS (SELECT 1 FROM order_summary AS s WHERE s.order_id = o.id AND s.deleted_at IS NULL AND s.version = a.version"
	return ofOrder(d, Changes) + " AND a.version > 1 AND a.version <= o.version AND " + hasMade("a") + " AND NOT (" + summary + ") AND " + summary + " - 1))"
}

// remade returns the clauses of changes whose version an earlier change has made.
func remade(d db.Dialect) string {
	return ofOrder(d, Changes) + " AND " + hasMade("a") + " AND EXISTS (SELECT 1 FROM order_change AS c WHERE c.order_id = a.order_id AND c.version = a.version AND c.id < a.id AND " + hasMade("c") + ")"
}

// mistimed returns the clauses of changes of which the time of a status is missing, and of
// those that have it in another.
func mistimed(column, status string) func(db.Dialect) string {
	return func(db.Dialect) string {
		return " FROM order_change AS a WHERE a.deleted_at IS NULL AND (a." + column + " IS NULL) = (a.status = '" + status + "')"
	}
}

// misplaced returns the clauses of actions of another order than their change.
func misplaced(db.Dialect) string {
	return " FROM order_change_action AS a JOIN order_change AS c ON c.id = a.order_change_id WHERE a.deleted_at IS NULL AND a.order_id <> c.order_id"
}

// undated returns the clauses of returns with one of the statuses whose time is missing.
func undated(column, statuses string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(Returns.Table) + " AS a WHERE a.deleted_at IS NULL AND a." + column + " IS NULL AND a.status IN (" + statuses + ")"
	}
}

// received returns the clauses of requested returns of which something was received.
func received(d db.Dialect) string {
	return " FROM " + d.Quote(Returns.Table) + " AS a WHERE a.deleted_at IS NULL AND a.status = 'requested' AND EXISTS (SELECT 1 FROM return_item AS i" +
		" WHERE i.return_id = a.id AND i.deleted_at IS NULL AND i.received_quantity > '0')"
}

// forgotten returns the clauses of claims or exchanges without a return that a return is of.
func forgotten(m *model.Model, column string) func(db.Dialect) string {
	return func(d db.Dialect) string {
		return " FROM " + d.Quote(m.Table) + " AS a WHERE a.deleted_at IS NULL AND a.return_id IS NULL AND EXISTS (SELECT 1 FROM " + d.Quote(Returns.Table) + " AS r" +
			" WHERE r." + column + " = a.id AND r.deleted_at IS NULL)"
	}
}

// unapplied returns the clauses of actions of confirmed changes that say that they were
// not applied.
func unapplied(db.Dialect) string {
	return " FROM order_change_action AS a JOIN order_change AS c ON c.id = a.order_change_id WHERE a.deleted_at IS NULL AND c.deleted_at IS NULL AND c.status = 'confirmed' AND a.applied = false"
}

// overReceived returns the clauses of items of returns of which more was received than
// requested.
func overReceived(db.Dialect) string {
	return " FROM return_item AS a WHERE a.deleted_at IS NULL AND a.received_quantity > a.quantity"
}
