// Package inventory holds what is in stock: which things, how many of them at which
// location, and how many of these are reserved.
//
//	InventoryItem{SKU: "tent-2"}
//	├── InventoryLevel{LocationID: "sloc_1", StockedQuantity: 10, ReservedQuantity: 3, IncomingQuantity: 50}
//	└── ReservationItem{LocationID: "sloc_1", Quantity: 3, LineItemID: "ordli_1"}
//
// An InventoryItem is a thing on a shelf. Variants of products are linked to the
// items that they consist of. An InventoryLevel is the number of pieces at a
// location; available are those that are stocked and not reserved.
//
// # Reservations
//
// ReservedQuantity of a level is the sum of its reservations. It follows them: who
// creates, changes, deletes or restores a ReservationItem, in whatever way, changes
// the level in the same transaction, or gets an error and changes nothing:
//
//	err := s.Inventory.ReservationItems.Create(ctx,
//		&inventory.ReservationItem{InventoryItemID: tent, LocationID: lyon, Quantity: money.Int(2)},
//		&inventory.ReservationItem{InventoryItemID: pegs, LocationID: lyon, Quantity: money.Int(24)})
//
// The levels of a call change in one conditional statement, which locks them in the
// order of their ids. So no two callers can reserve the same piece, and a constraint
// of the table holds whatever the code does: no more is reserved than stocked, unless
// a reservation allows backorders.
package inventory
