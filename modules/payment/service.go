package payment

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "payment",
	Models: []*model.Model{
		Collections,
		Sessions,
		Payments, Captures,
		Refunds, RefundReasons,
		Providers, AccountHolders,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages payment collections and payments.
type Service struct {
	Collections    module.Records[Collection]
	Sessions       module.Records[Session]
	Payments       module.Records[Payment]
	Captures       module.Records[Capture]
	Refunds        module.Records[Refund]
	RefundReasons  module.Records[RefundReason]
	Providers      module.Records[ProviderRecord]
	AccountHolders module.Records[AccountHolder]
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Collections:    module.For[Collection](s, Collections),
		Sessions:       module.For[Session](s, Sessions),
		Payments:       module.For[Payment](s, Payments),
		Captures:       module.For[Capture](s, Captures),
		Refunds:        module.For[Refund](s, Refunds),
		RefundReasons:  module.For[RefundReason](s, RefundReasons),
		Providers:      module.For[ProviderRecord](s, Providers),
		AccountHolders: module.For[AccountHolder](s, AccountHolders),
	}
}
