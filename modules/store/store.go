package store

import "github.com/gorgon-commerce/gorgon/model"

// DefaultName is the name of a store that is created without one.
const DefaultName = "Gorgon Store"

// Store is the settings of a shop. Most databases have one.
type Store struct {
	model.Base
	Name                  string  `json:"name" model:"default=Gorgon Store,searchable"`
	DefaultSalesChannelID *string `json:"default_sales_channel_id"`
	DefaultRegionID       *string `json:"default_region_id"`
	DefaultLocationID     *string `json:"default_location_id"`

	Rounding Rounding `json:"rounding" model:"default=exact,enum=exact|currency"` // ours: Medusa has no such column

	SupportedCurrencies []*Currency `json:"supported_currencies,omitzero" model:"many=store_id"`
	SupportedLocales    []*Locale   `json:"supported_locales,omitzero" model:"many=store_id"`
}

// Rounding says how the totals of orders and carts are rounded.
type Rounding string

// The roundings.
const (
	RoundingExact    Rounding = "exact"    // amounts keep all their decimals
	RoundingCurrency Rounding = "currency" // every amount is a multiple of the smallest unit of its currency
)

// Stores is the model of Store: entity store, ids store_….
var Stores = model.Define[Store]("store").
	Cascades("supported_currencies", "supported_locales")

// Currency is a currency that a store sells in.
type Currency struct {
	model.Record
	CurrencyCode string  `json:"currency_code" model:"searchable"` // ISO 4217, lower case
	IsDefault    bool    `json:"is_default" model:"default=false"`
	StoreID      *string `json:"store_id"`

	Store *Store `json:"store,omitzero" model:"belongs,cascade"`
}

// Currencies is the model of Currency: entity store_currency, ids stocur_….
var Currencies = model.Define[Currency]("store_currency").WithPrefix("stocur")

// Locale is a language, optionally of a country, that a store is shown in.
type Locale struct {
	model.Record
	LocaleCode string  `json:"locale_code" model:"searchable"` // BCP 47: de-DE
	StoreID    *string `json:"store_id"`

	Store *Store `json:"store,omitzero" model:"belongs,cascade"`
}

// Locales is the model of Locale: entity store_locale, ids stloc_….
var Locales = model.Define[Locale]("store_locale").WithPrefix("stloc")
