// Package stock has the operations on what is kept in stock that need more than
// module inventory: that the locations of levels and reservations exist.
//
//	id, err := stock.New(s).Reserve(ctx, &inventory.ReservationItem{InventoryItemID: item, LocationID: lyon, Quantity: money.Int(2)})
package stock
