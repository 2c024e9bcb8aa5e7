package currency

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Currency is a currency of the world.
type Currency struct {
	Code          string       `json:"code" model:"pk,searchable"` // ISO 4217, lower case
	Symbol        string       `json:"symbol"`                     // the international symbol, such as CA$
	SymbolNative  string       `json:"symbol_native"`              // the local symbol, such as $
	Name          string       `json:"name" model:"searchable"`
	DecimalDigits int64        `json:"decimal_digits" model:"default=0"` // the decimals of an amount when it is shown, such as 2
	Rounding      money.Amount `json:"rounding" model:"default=0"`       // the step that cash amounts are rounded to; 0 means none
	model.Times
}

// Currencies is the model of Currency: entity currency, table currency.
var Currencies = model.Define[Currency]("currency").WithPrefix("")
