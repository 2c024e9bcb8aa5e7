package currency

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Currency is a currency of the world.
type Currency struct {
	Code          string       `json:"code" model:"pk,searchable"` // ISO 4217, lower case
	Symbol        string       `json:"symbol"`                     // the same everywhere: CA$
	SymbolNative  string       `json:"symbol_native"`              // as written at home: $
	Name          string       `json:"name" model:"searchable"`
	DecimalDigits int64        `json:"decimal_digits" model:"default=0"` // of an amount as it is shown: 2 for cents
	Rounding      money.Amount `json:"rounding" model:"default=0"`       // the step that cash is rounded to; 0 for none
	model.Times
}

// Currencies is the model of Currency: entity currency, table currency.
var Currencies = model.Define[Currency]("currency").WithPrefix("")
