package pricing

import "github.com/gorgon-commerce/gorgon/model"

// PricePreference says whether the prices in a currency, or for a region, include
// taxes. Without a preference they do not.
type PricePreference struct {
	model.Record
	Attribute      string  `json:"attribute"` // currency_code or region_id
	Value          *string `json:"value"`     // the code of the currency, or the id of the region
	IsTaxInclusive bool    `json:"is_tax_inclusive" model:"default=false"`
}

// PricePreferences is the model of PricePreference: entity price_preference,
// ids prpref_….
var PricePreferences = model.Define[PricePreference]("price_preference").
	WithPrefix("prpref").
	Unique("attribute", "value")

// The attributes that pricing knows itself. Rules may have others.
const (
	AttributeCurrency = "currency_code"
	AttributeRegion   = "region_id"
	AttributeGroups   = "customer.groups.id"
)
