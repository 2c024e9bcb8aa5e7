package product

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Products,
	Variants,
	Options, OptionValues, ProductOptions, ProductOptionValues,
	Images, VariantImages,
	Categories,
	Collections, Tags, Types,
}
