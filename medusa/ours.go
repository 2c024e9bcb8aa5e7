package medusa

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// own are columns of ours in tables of Medusa. The import leaves them to their
// defaults, and columns that follow from other records to module.Module.Settle.
var own = map[string]bool{
	"store.rounding": true, "order.rounding": true, "cart.rounding": true, "order_shipping.amount": true, "fulfillment.provider_call": true, "fulfillment.provider_key": true,
}

// following are columns of ours in tables of Medusa that follow from others: their
// value for a row r, in the SQL of the source.
var following = map[string]string{
	"inventory_level.backordered": "r.reserved_quantity > r.stocked_quantity OR r.reserved_quantity < 0 OR r.incoming_quantity < 0",
}

// fieldsOf returns the fields of a model that an import writes.
func fieldsOf(m *model.Model) []*model.Field {
	return slices.DeleteFunc(slices.Clone(m.Fields), func(f *model.Field) bool { return f.Follows || own[m.Table+"."+f.Name] })
}
