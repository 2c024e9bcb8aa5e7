package translation

import "github.com/gorgon-commerce/gorgon/model"

// Locale is a language, or a language as a country writes it.
type Locale struct {
	Code string `json:"code" model:"pk,searchable"` // a BCP 47 tag, such as de-AT
	Name string `json:"name" model:"searchable"`    // in English
	model.Times
}

// Locales is the model of Locale: entity locale, table locale.
var Locales = model.Define[Locale]("locale").WithPrefix("")
