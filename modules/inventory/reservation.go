package inventory

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// ReservationItem is a quantity of an item at a location that is kept for someone,
// such as a line of an order.
type ReservationItem struct {
	model.Base
	LineItemID      *string      `json:"line_item_id" model:"index"`
	LocationID      string       `json:"location_id" model:"index"`
	Quantity        money.Amount `json:"quantity"`
	AllowBackorder  *bool        `json:"allow_backorder" model:"default=false"` // whether it may exceed what is stocked
	ExternalID      *string      `json:"external_id"`
	Description     *string      `json:"description" model:"searchable"`
	CreatedBy       *string      `json:"created_by"` // the id of a user
	InventoryItemID string       `json:"inventory_item_id"`

	InventoryItem *InventoryItem `json:"inventory_item,omitzero" model:"belongs"`

	created bool // whether this call creates the record
}

// ReservationItems is the model of ReservationItem: entity reservation_item, ids
// resitem_….
var ReservationItems = model.Define[ReservationItem]("reservation_item").
	WithPrefix("resitem").
	Named("reservation_item", "reservation_items", "reservation", "reservations")
