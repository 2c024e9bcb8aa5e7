package fulfillment

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
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
//
// Every Job has a key. A provider that gets a key again returns what it returned the
// first time and does nothing: a call is repeated when its answer was lost. A job that
// it refuses for good is a *Declined error. After any other error it is unknown
// whether the job was done, and the call is made again later.
type Provider interface {
	// FulfillmentProviderID returns the id of its row.
	FulfillmentProviderID() string
	// Services returns the ways of shipping that shipping options can be made of.
	Services(ctx context.Context) ([]ProviderService, error)
	// Price returns what a parcel costs, for options whose price is calculated.
	Price(ctx context.Context, p Parcel) (Quote, error)
	// Create takes on a parcel to the customer.
	Create(ctx context.Context, j Job) (Receipt, error)
	// CreateReturn takes on a parcel from the customer.
	CreateReturn(ctx context.Context, j Job) (Receipt, error)
	// Cancel gives up a parcel that was not sent.
	Cancel(ctx context.Context, j Job) (Receipt, error)
}

// Inside is implemented by a provider that calls nothing outside this program. Its
// methods are called inside the transaction of the operation, and are rolled back
// with it.
type Inside interface{ RunsInTransactions() }

// A Job is what a provider is to do with a parcel.
type Job struct {
	Key           string // of this call
	FulfillmentID string
	LocationID    string
	Option        json.RawMessage // the data of the shipping option; nil without one
	Data          json.RawMessage // the provider's, as its last call returned it; at first, what the caller gave
	Address       *Address        // of the customer; nil if none was given
	Items         []*Item
}

// A Receipt is what a provider says of a parcel.
type Receipt struct {
	Data   json.RawMessage // what it wants to be given the next time; nil means the same as before, and so does what is not JSON
	Labels []*Label        // that are new
}

// Declined is the error of a job that a provider refuses for good.
type Declined struct{ Reason string }

// Decline returns a *Declined error.
func Decline(format string, args ...any) error { return &Declined{fmt.Sprintf(format, args...)} }

func (d *Declined) Error() string { return "declined: " + d.Reason }

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

func (manual) RunsInTransactions() {}

func (manual) Create(context.Context, Job) (Receipt, error) { return Receipt{}, nil }

func (manual) CreateReturn(context.Context, Job) (Receipt, error) { return Receipt{}, nil }

func (manual) Cancel(context.Context, Job) (Receipt, error) { return Receipt{}, nil }
