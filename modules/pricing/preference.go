package pricing

import "github.com/gorgon-commerce/gorgon/model"

// PricePreference says whether prices include taxes: those in a currency, or
// those for a region. Where there is none they do not.
type PricePreference struct {
	model.Record
	Attribute      string  `json:"attribute"` // currency_code or region_id
	Value          *string `json:"value"`     // the code, or the region's id
	IsTaxInclusive bool    `json:"is_tax_inclusive" model:"default=false"`
}

// PricePreferences is the model of PricePreference: entity price_preference,
// ids prpref_….
var PricePreferences = model.Define[PricePreference]("price_preference").
	WithPrefix("prpref").
	Unique("attribute", "value")

// The attributes that are known to pricing itself; rules may ask for more.
const (
	AttributeCurrency = "currency_code"
	AttributeRegion   = "region_id"
	AttributeGroups   = "customer.groups.id"
)
