package tax

import "github.com/gorgon-commerce/gorgon/model"

// Region is an area with taxes of its own: a country, or a province below its country.
type Region struct {
	model.Base
	CountryCode  string  `json:"country_code" model:"searchable"`  // lower case, ISO 3166-1 alpha-2
	ProvinceCode *string `json:"province_code" model:"searchable"` // lower case, ISO 3166-2, such as us-ca
	ProviderID   *string `json:"provider_id"`                      // of a country
	ParentID     *string `json:"parent_id"`                        // of a province: the region of its country
	CreatedBy    *string `json:"created_by"`

	Provider *ProviderRecord `json:"provider,omitzero" model:"belongs"`
	Parent   *Region         `json:"parent,omitzero" model:"belongs,cascade"`
	Children []*Region       `json:"children,omitzero" model:"many=parent_id"`
	TaxRates []*Rate         `json:"tax_rates,omitzero" model:"many=tax_region_id"`
}

// Regions is the model of Region: entity tax_region, ids txreg_….
var Regions = model.Define[Region]("tax_region").
	WithPrefix("txreg").
	Unique("country_code", "province_code").
	UniqueWhere("province_code IS NULL", "country_code").
	Check("tax_region_country_top_level", "parent_id IS NULL OR province_code IS NOT NULL").
	Check("tax_region_provider_top_level", "parent_id IS NULL OR provider_id IS NULL").
	Cascades("children", "tax_rates")
