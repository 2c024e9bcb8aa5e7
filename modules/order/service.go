package order

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "order",
	Models: []*model.Model{
		Orders, Addresses, Summaries,
		Items,
		LineItems, LineItemAdjustments, LineItemTaxLines,
		Shippings, ShippingMethods, ShippingMethodAdjustments, ShippingMethodTaxLines,
		Transactions, CreditLines,
		Changes, ChangeActions,
		Returns, ReturnItems, ReturnReasons,
		Claims, ClaimItems, ClaimItemImages,
		Exchanges, ExchangeItems,
	},
	Rules:    rules,
	Settle:   settle,
	Checks:   checks,
	Machines: []module.Diagram{&OrderStates, &ChangeStates, &ReturnStates, &ClaimStates, &ExchangeStates},
	Service:  module.Provide(provide),
}

// Service manages orders and everything that happens to them.
type Service struct {
	Orders                    module.Records[Order]
	Addresses                 module.Records[Address]
	Summaries                 module.Records[Summary]
	Items                     module.Records[Item]
	LineItems                 module.Records[LineItem]
	LineItemAdjustments       module.Records[LineItemAdjustment]
	LineItemTaxLines          module.Records[LineItemTaxLine]
	Shippings                 module.Records[Shipping]
	ShippingMethods           module.Records[ShippingMethod]
	ShippingMethodAdjustments module.Records[ShippingMethodAdjustment]
	ShippingMethodTaxLines    module.Records[ShippingMethodTaxLine]
	Transactions              module.Records[Transaction]
	CreditLines               module.Records[CreditLine]
	Changes                   module.Records[Change]
	ChangeActions             module.Records[ChangeAction]
	Returns                   module.Records[Return]
	ReturnItems               module.Records[ReturnItem]
	ReturnReasons             module.Records[ReturnReason]
	Claims                    module.Records[Claim]
	ClaimItems                module.Records[ClaimItem]
	ClaimItemImages           module.Records[ClaimItemImage]
	Exchanges                 module.Records[Exchange]
	ExchangeItems             module.Records[ExchangeItem]

	store *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		store:                     s,
		Orders:                    module.For[Order](s, Orders),
		Addresses:                 module.For[Address](s, Addresses),
		Summaries:                 module.For[Summary](s, Summaries),
		Items:                     module.For[Item](s, Items),
		LineItems:                 module.For[LineItem](s, LineItems),
		LineItemAdjustments:       module.For[LineItemAdjustment](s, LineItemAdjustments),
		LineItemTaxLines:          module.For[LineItemTaxLine](s, LineItemTaxLines),
		Shippings:                 module.For[Shipping](s, Shippings),
		ShippingMethods:           module.For[ShippingMethod](s, ShippingMethods),
		ShippingMethodAdjustments: module.For[ShippingMethodAdjustment](s, ShippingMethodAdjustments),
		ShippingMethodTaxLines:    module.For[ShippingMethodTaxLine](s, ShippingMethodTaxLines),
		Transactions:              module.For[Transaction](s, Transactions),
		CreditLines:               module.For[CreditLine](s, CreditLines),
		Changes:                   module.For[Change](s, Changes),
		ChangeActions:             module.For[ChangeAction](s, ChangeActions),
		Returns:                   module.For[Return](s, Returns),
		ReturnItems:               module.For[ReturnItem](s, ReturnItems),
		ReturnReasons:             module.For[ReturnReason](s, ReturnReasons),
		Claims:                    module.For[Claim](s, Claims),
		ClaimItems:                module.For[ClaimItem](s, ClaimItems),
		ClaimItemImages:           module.For[ClaimItemImage](s, ClaimItemImages),
		Exchanges:                 module.For[Exchange](s, Exchanges),
		ExchangeItems:             module.For[ExchangeItem](s, ExchangeItems),
	}
}
