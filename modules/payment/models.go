package payment

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Collections,
	Sessions,
	Payments, Captures,
	Refunds, RefundReasons,
	Providers, AccountHolders,
}
