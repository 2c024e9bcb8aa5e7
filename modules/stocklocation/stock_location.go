package stocklocation

import "github.com/gorgon-commerce/gorgon/model"

// StockLocation is a place where stock is kept.
type StockLocation struct {
	model.Base
	Name      string  `json:"name" model:"searchable"`
	AddressID *string `json:"address_id"`

	Address *Address `json:"address,omitzero" model:"belongs,cascade"`
}

// StockLocations is the model of StockLocation: entity stock_location, ids sloc_….
var StockLocations = model.Define[StockLocation]("stock_location").
	WithPrefix("sloc").
	Unique("address_id")

// Address is the address of one location.
type Address struct {
	model.Base
	Address1    string  `json:"address_1" model:"searchable"`
	Address2    *string `json:"address_2" model:"searchable"`
	Company     *string `json:"company"`
	City        *string `json:"city" model:"searchable"`
	CountryCode string  `json:"country_code" model:"searchable"` // lower case, ISO 3166-1 alpha-2
	Phone       *string `json:"phone"`
	Province    *string `json:"province" model:"searchable"`
	PostalCode  *string `json:"postal_code" model:"searchable"`

	StockLocation *StockLocation `json:"stock_locations,omitzero" model:"one=address_id"`
}

// Addresses is the model of Address: entity stock_location_address, ids laddr_….
var Addresses = model.Define[Address]("stock_location_address").
	WithPrefix("laddr").
	Cascades("stock_locations")
