package order

import "github.com/gorgon-commerce/gorgon/module"

// Service keeps orders and all that happens to them.
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
}

// New makes the service on a store, and sets the module's rules there; see
// rules.go.
func New(s *module.Store) *Service {
	service := &Service{
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
	service.setRules()
	return service
}

// setRules says which rule holds for which model. Models without one have no
// more than their fields ask for.
func (s *Service) setRules() {
	s.Orders.With(module.Rules[Order]{New: place, Each: checkOrder})
	s.Items.With(module.Rules[Item]{Each: checkItem})
	s.LineItems.With(module.Rules[LineItem]{Each: checkLine})
	s.ShippingMethods.With(module.Rules[ShippingMethod]{Each: checkMethod})
	s.Transactions.With(module.Rules[Transaction]{Each: checkTransaction})
	s.Changes.With(module.Rules[Change]{Before: s.lockOrders, After: s.oneOpenChange})
	s.ChangeActions.With(module.Rules[ChangeAction]{Each: checkAction})
	s.Returns.With(module.Rules[Return]{After: s.checkReturns})
	s.ReturnItems.With(module.Rules[ReturnItem]{Each: checkReturnItem, After: s.checkReturnItems})
	s.ReturnReasons.With(module.Rules[ReturnReason]{Each: checkReason})
	s.Claims.With(module.Rules[Claim]{After: s.checkClaims})
	s.ClaimItems.With(module.Rules[ClaimItem]{Each: checkClaimItem, After: s.checkClaimItems})
	s.ClaimItemImages.With(module.Rules[ClaimItemImage]{Each: checkImage})
	s.Exchanges.With(module.Rules[Exchange]{After: s.checkExchanges})
	s.ExchangeItems.With(module.Rules[ExchangeItem]{Each: checkExchangeItem, After: s.checkExchangeItems})
}
