package payment

import "github.com/gorgon-commerce/gorgon/model"

// Provider is a payment provider. Providers come from the configuration; their ids
// have the form pp_NAME_ID.
type ProviderRecord struct {
	model.Record
	IsEnabled *bool `json:"is_enabled" model:"notnull,default=true"`

	PaymentCollections []*Collection `json:"payment_collections,omitzero" model:"through=payment_collection_payment_providers.payment_provider_id.payment_collection_id"`
}

// Providers is the model of ProviderRecord: entity payment_provider, ids given by the
// configuration.
var Providers = model.Define[ProviderRecord]("payment_provider").WithPrefix("")

// AccountHolder is the account of a customer with a payment provider.
type AccountHolder struct {
	model.Base
	ProviderID string        `json:"provider_id"`
	ExternalID string        `json:"external_id"`
	Email      *string       `json:"email"`
	Data       model.RawJSON `json:"data" model:"notnull,default={}"`
}

// AccountHolders is the model of AccountHolder: entity account_holder, ids
// acchld_….
var AccountHolders = model.Define[AccountHolder]("account_holder").
	WithPrefix("acchld").
	Unique("provider_id", "external_id")
