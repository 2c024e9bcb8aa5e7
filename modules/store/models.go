package store

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Stores, Currencies, Locales,
}
