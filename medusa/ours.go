package medusa

// ours are columns that Medusa's tables do not have, by table and name, with the
// value for an imported row, in the SQL of the source; r is the row.
var ours = map[string]string{
	"inventory_level.backordered": "r.reserved_quantity > r.stocked_quantity OR r.reserved_quantity < 0 OR r.incoming_quantity < 0",
}
