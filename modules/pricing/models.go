package pricing

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Prices, PriceSets, PriceRules,
	PriceLists, PriceListRules,
	PricePreferences,
}
