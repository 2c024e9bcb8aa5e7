package pricing

import "github.com/gorgon-commerce/gorgon/money"

// Calculated is the price that applies to a set: what the buyer pays, and what they
// would pay without a sale. Amounts are for one piece, in major units.
type Calculated struct {
	ID                            string       `json:"id"` // the id of the price set
	IsCalculatedPricePriceList    bool         `json:"is_calculated_price_price_list"`
	IsCalculatedPriceTaxInclusive bool         `json:"is_calculated_price_tax_inclusive"`
	CalculatedAmount              money.Amount `json:"calculated_amount"`
	RawCalculatedAmount           Raw          `json:"raw_calculated_amount"`
	IsOriginalPricePriceList      bool         `json:"is_original_price_price_list"`
	IsOriginalPriceTaxInclusive   bool         `json:"is_original_price_tax_inclusive"`
	OriginalAmount                money.Amount `json:"original_amount"`
	RawOriginalAmount             Raw          `json:"raw_original_amount"`
	CurrencyCode                  string       `json:"currency_code"`
	CalculatedPrice               Taken        `json:"calculated_price"`
	OriginalPrice                 Taken        `json:"original_price"`
}

// Taken is the price that an amount was taken from.
type Taken struct {
	ID            string         `json:"id"`
	PriceListID   *string        `json:"price_list_id"`
	PriceListType *PriceListType `json:"price_list_type"`
	MinQuantity   *money.Amount  `json:"min_quantity"`
	MaxQuantity   *money.Amount  `json:"max_quantity"`
}

// Raw is an amount in the form of Medusa's raw_… fields.
type Raw struct {
	Value     string `json:"value"`
	Precision int    `json:"precision"` // significant digits; 20
}

func raw(a money.Amount) Raw { return Raw{a.String(), 20} }

// newCalculated returns the result for a set from its best own price and the best
// price of a list. Either may be nil; if both are, the result is nil.
func newCalculated(set string, c *Context, own, listed *candidate) *Calculated {
	price, original := own, own
	switch {
	case listed == nil:
	case own == nil || *listed.listType == ListOverride:
		price, original = listed, listed
	case listed.amount.Cmp(own.amount) <= 0:
		price = listed
	}
	if price == nil {
		return nil
	}
	return &Calculated{
		ID: set, CurrencyCode: c.CurrencyCode,
		IsCalculatedPricePriceList: price.listID != nil, IsCalculatedPriceTaxInclusive: price.inclusive(),
		CalculatedAmount: price.amount, RawCalculatedAmount: raw(price.amount), CalculatedPrice: price.taken(),
		IsOriginalPricePriceList: original.listID != nil, IsOriginalPriceTaxInclusive: original.inclusive(),
		OriginalAmount: original.amount, RawOriginalAmount: raw(original.amount), OriginalPrice: original.taken(),
	}
}
