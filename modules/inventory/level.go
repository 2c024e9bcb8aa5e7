package inventory

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// InventoryLevel is how many pieces of an item there are at a location.
type InventoryLevel struct {
	model.Base
	LocationID       string       `json:"location_id" model:"index"`
	StockedQuantity  money.Amount `json:"stocked_quantity" model:"default=0"`
	ReservedQuantity money.Amount `json:"reserved_quantity" model:"default=0"` // maintained by the service
	IncomingQuantity money.Amount `json:"incoming_quantity" model:"default=0"`
	Backordered      bool         `json:"backordered" model:"default=false,secret"` // whether a reservation allowed more to be reserved than is stocked
	InventoryItemID  string       `json:"inventory_item_id"`

	InventoryItem *InventoryItem `json:"inventory_item,omitzero" model:"belongs"`
}

// InventoryLevels is the model of InventoryLevel: entity inventory_level, ids
// ilev_…. Queries also know available_quantity: what is stocked and not reserved.
var InventoryLevels = model.Define[InventoryLevel]("inventory_level").
	WithPrefix("ilev").
	Unique("inventory_item_id", "location_id").
	Check("inventory_level_check", "backordered OR reserved_quantity <= stocked_quantity AND CAST(reserved_quantity AS numeric) >= 0 AND CAST(incoming_quantity AS numeric) >= 0").
	Derive("available_quantity", model.Derivation{Column: "stocked_quantity", Minus: "reserved_quantity"})
