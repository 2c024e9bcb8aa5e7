package tax

import (
	"context"

	"github.com/gorgon-commerce/gorgon/model"
)

// ProviderRecord is the row of a provider, which regions choose.
type ProviderRecord struct {
	model.Record
	IsEnabled *bool `json:"is_enabled" model:"notnull,default=true"`

	Regions []*Region `json:"regions,omitzero" model:"many=provider_id"`
}

// Providers is the model of ProviderRecord: entity tax_provider, ids given by the providers.
var Providers = model.Define[ProviderRecord]("tax_provider").WithPrefix("")

// SystemProviderID is the id of the provider that uses the rates that the shop keeps.
const SystemProviderID = "tp_system"

// systemName is what the tax lines of that provider name, as in Medusa: they are
// copied to carts and orders, where clients read them.
const systemName = "system"

// A Provider finds the taxes of lines. The service of a shop's own module is one when it
// implements this interface.
type Provider interface {
	// TaxProviderID returns the id of its row, which has the form tp_NAME.
	TaxProviderID() string
	// TaxLines returns the taxes of each line of a request, in the order of the lines.
	// Their ProviderID is NAME, without tp_.
	TaxLines(ctx context.Context, r Request) ([][]TaxLine, error)
}

// Request is what a provider is asked: lines, where they go, and what the shop knows of the
// taxes there.
type Request struct {
	Lines   []Line
	To      Address
	Regions []*Region // with the rates that can apply to the lines, and their rules
}

// system is the provider with the id SystemProviderID.
type system struct{}

func (system) TaxProviderID() string { return SystemProviderID }

func (system) TaxLines(_ context.Context, r Request) ([][]TaxLine, error) {
	return Taxes(r.Lines, r.To, r.Regions), nil
}
