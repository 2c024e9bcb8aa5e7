package fulfillment

import (
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// ProviderRecord is the row of a provider, which locations and shipping options
// choose.
type ProviderRecord struct {
	model.Record
	IsEnabled *bool `json:"is_enabled" model:"notnull,default=true"`
}

// Providers is the model of ProviderRecord: entity fulfillment_provider, ids
// serpro_….
var Providers = model.Define[ProviderRecord]("fulfillment_provider").WithPrefix("serpro")

// ManualProviderID is the id of the provider of parcels that are sent by hand.
const ManualProviderID = "manual_manual"

// A Provider carries parcels. The service of a shop's own module is one when it
// implements this interface.
type Provider interface {
	// FulfillmentProviderID returns the id of its row.
	FulfillmentProviderID() string
	// Services returns the ways of shipping that shipping options can be made of.
	Services(ctx context.Context) ([]ProviderService, error)
	// Price returns what a parcel costs, for options whose price is calculated.
	Price(ctx context.Context, p Parcel) (Quote, error)
}

// A ProviderService is a way of shipping that a provider offers. It becomes the data
// of a shipping option.
type ProviderService struct {
	ID       string `json:"id"`
	IsReturn bool   `json:"is_return"`
}

// A Parcel is what a provider is asked the price of.
type Parcel struct {
	Option       json.RawMessage // the data of the shipping option
	Data         json.RawMessage // what the buyer has chosen
	CurrencyCode string
	To           Destination
	Items        []ParcelItem
}

// A ParcelItem is a line of a cart.
type ParcelItem struct {
	Title     string
	VariantID string
	Quantity  money.Amount
	UnitPrice money.Amount
}

// A Quote is the price of a parcel.
type Quote struct {
	Amount       money.Amount
	TaxInclusive bool
}

// manual is the provider with the id ManualProviderID.
type manual struct{}

func (manual) FulfillmentProviderID() string { return ManualProviderID }

func (manual) Services(context.Context) ([]ProviderService, error) {
	return []ProviderService{{ID: "manual-fulfillment"}, {ID: "manual-fulfillment-return", IsReturn: true}}, nil
}

func (manual) Price(context.Context, Parcel) (Quote, error) {
	return Quote{}, fault.New(fault.NotAllowed, "the provider %s does not calculate prices; give the shipping option a flat price", ManualProviderID)
}

// Provider returns the provider with an id: the built-in one, or the service of
// another module of the shop. Other ids are not_found.
func (s *Service) Provider(id string) (Provider, error) {
	for _, p := range append([]Provider{manual{}}, module.ServicesOf[Provider](s.store)...) {
		if p.FulfillmentProviderID() == id {
			return p, nil
		}
	}
	return nil, fault.New(fault.NotFound, "this program has no fulfillment provider %q", fault.Clip(id))
}
