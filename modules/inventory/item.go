package inventory

import "github.com/gorgon-commerce/gorgon/model"

// InventoryItem is a thing that is kept in stock.
type InventoryItem struct {
	model.Base
	SKU              *string `json:"sku" model:"searchable"`
	OriginCountry    *string `json:"origin_country"`
	HSCode           *string `json:"hs_code" model:"searchable"`
	MIDCode          *string `json:"mid_code" model:"searchable"`
	Material         *string `json:"material"`
	UnitOfMeasure    *string `json:"unit_of_measure"` // of quantities; nil means pieces
	Weight           *int64  `json:"weight"`
	Length           *int64  `json:"length"`
	Height           *int64  `json:"height"`
	Width            *int64  `json:"width"`
	RequiresShipping *bool   `json:"requires_shipping" model:"notnull,default=true"`
	Description      *string `json:"description" model:"searchable"`
	Title            *string `json:"title" model:"searchable"`
	Thumbnail        *string `json:"thumbnail"`

	LocationLevels   []*InventoryLevel  `json:"location_levels,omitzero" model:"many=inventory_item_id"`
	ReservationItems []*ReservationItem `json:"reservation_items,omitzero" model:"many=inventory_item_id"`
}

// InventoryItems is the model of InventoryItem: entity inventory_item, ids iitem_….
// Queries also know the sums of its levels, stocked_quantity and reserved_quantity.
var InventoryItems = model.Define[InventoryItem]("inventory_item").
	WithPrefix("iitem").
	Unique("sku").
	Cascades("location_levels", "reservation_items").
	Derive("reserved_quantity", model.Derivation{Column: "reserved_quantity", Over: "location_levels"}).
	Derive("stocked_quantity", model.Derivation{Column: "stocked_quantity", Over: "location_levels"})
