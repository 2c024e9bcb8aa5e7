package fulfillment

import "github.com/gorgon-commerce/gorgon/model"

// Provider is a carrier, or anyone else who ships. Providers come from the
// configuration.
type Provider struct {
	model.Record
	IsEnabled *bool `json:"is_enabled" model:"notnull,default=true"`
}

// Providers is the model of Provider: entity fulfillment_provider, ids
// serpro_….
var Providers = model.Define[Provider]("fulfillment_provider").WithPrefix("serpro")
