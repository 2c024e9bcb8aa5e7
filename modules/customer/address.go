package customer

import "github.com/gorgon-commerce/gorgon/model"

// Address is an address in a customer's address book. One address may be the
// default for shipping and one for billing.
type Address struct {
	model.Base
	AddressName       *string `json:"address_name" model:"searchable"`
	IsDefaultShipping bool    `json:"is_default_shipping" model:"default=false"`
	IsDefaultBilling  bool    `json:"is_default_billing" model:"default=false"`
	Company           *string `json:"company" model:"searchable,index"`
	FirstName         *string `json:"first_name" model:"searchable"`
	LastName          *string `json:"last_name" model:"searchable"`
	Address1          *string `json:"address_1" model:"searchable"`
	Address2          *string `json:"address_2" model:"searchable"`
	City              *string `json:"city" model:"searchable,index"`
	CountryCode       *string `json:"country_code" model:"index"` // lower case, ISO 3166-1 alpha-2
	Province          *string `json:"province" model:"searchable,index"`
	PostalCode        *string `json:"postal_code" model:"searchable,index"`
	Phone             *string `json:"phone"`
	CustomerID        string  `json:"customer_id"`

	Customer *Customer `json:"customer,omitzero" model:"belongs"`
}

// Addresses is the model of Address: entity customer_address, ids cuaddr_….
var Addresses = model.Define[Address]("customer_address").
	Listed().
	WithPrefix("cuaddr").
	UniqueWhere("is_default_billing", "customer_id").
	UniqueWhere("is_default_shipping", "customer_id")
