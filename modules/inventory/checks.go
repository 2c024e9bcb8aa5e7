package inventory

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// checks are what verify looks for.
var checks = []module.Check{
	{Model: InventoryLevels, Column: "reserved_quantity", Wrong: "do not add up to the reservations", Rows: unreserved, Value: allReserved},
	{Model: InventoryLevels, Column: "stocked_quantity", Wrong: "are less than what is reserved without a backorder", Rows: oversold},
	{Model: InventoryLevels, Column: "stocked_quantity", Wrong: "are negative", Rows: negative},
	{Model: ReservationItems, Column: "location_id", Wrong: "are where their item has no level", Rows: nowhere},
}

// reserved is the quantity of the reservations of a level a, with a condition on them.
func reserved(d db.Dialect, condition string) string {
	return "COALESCE((SELECT " + d.Sum("r.quantity") + " FROM reservation_item AS r WHERE r.inventory_item_id = a.inventory_item_id AND r.location_id = a.location_id" +
		" AND r.deleted_at IS NULL" + condition + "), '0')"
}

// allReserved returns the quantity of all reservations of a level a.
func allReserved(d db.Dialect) string { return d.Add(reserved(d, ""), "'0'") }

// unreserved returns the clauses of levels that do not follow their reservations.
func unreserved(d db.Dialect) string {
	return " FROM inventory_level AS a WHERE a.deleted_at IS NULL AND a.reserved_quantity <> " + allReserved(d)
}

// oversold returns the clauses of levels of which more is reserved than stocked, by
// reservations that do not allow it.
func oversold(d db.Dialect) string {
	return " FROM inventory_level AS a WHERE a.deleted_at IS NULL AND a.stocked_quantity < " + d.Add(reserved(d, " AND NOT COALESCE(r.allow_backorder, false)"), "'0'")
}

// negative returns the clauses of levels with less than nothing in stock.
func negative(db.Dialect) string {
	return " FROM inventory_level AS a WHERE a.deleted_at IS NULL AND a.stocked_quantity < '0'"
}

// nowhere returns the clauses of reservations without a level.
func nowhere(db.Dialect) string {
	return " FROM reservation_item AS a WHERE a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM inventory_level AS l" +
		" WHERE l.inventory_item_id = a.inventory_item_id AND l.location_id = a.location_id AND l.deleted_at IS NULL)"
}
