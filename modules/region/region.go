package region

import "github.com/gorgon-commerce/gorgon/model"

// Region is a set of countries with one currency.
type Region struct {
	model.Base
	Name           string `json:"name" model:"searchable"`
	CurrencyCode   string `json:"currency_code" model:"searchable"`
	AutomaticTaxes *bool  `json:"automatic_taxes" model:"notnull,default=true"` // whether taxes are calculated when a cart changes

	Countries []*Country `json:"countries,omitzero" model:"many=region_id"`
}

// Regions is the model of Region: entity region, ids reg_….
var Regions = model.Define[Region]("region").WithPrefix("reg")

// Country is a country of the world. It is in at most one region.
type Country struct {
	ISO2        string        `json:"iso_2" model:"pk,searchable"` // lower case
	ISO3        string        `json:"iso_3"`                       // lower case
	NumCode     string        `json:"num_code"`                    // three digits
	Name        string        `json:"name" model:"searchable"`     // upper case
	DisplayName string        `json:"display_name"`
	Metadata    model.RawJSON `json:"metadata"`
	RegionID    *string       `json:"region_id"`
	model.Times

	Region *Region `json:"region,omitzero" model:"belongs"`
}

// Countries is the model of Country: entity country, table region_country.
var Countries = model.Define[Country]("country").
	OnTable("region_country").
	WithPrefix("").
	Unique("region_id", "iso_2")
