package product

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "product",
	Models: []*model.Model{
		Products,
		Variants,
		Options, OptionValues, ProductOptions, ProductOptionValues,
		Images, VariantImages,
		Categories,
		Collections, Tags, Types,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages products and everything that belongs to them.
type Service struct {
	Products            module.Records[Product]
	Variants            module.Records[Variant]
	Options             module.Records[Option]
	OptionValues        module.Records[OptionValue]
	ProductOptions      module.Records[ProductOption]
	ProductOptionValues module.Records[ProductOptionValue]
	Images              module.Records[Image]
	VariantImages       module.Records[VariantImage]
	Categories          module.Records[Category]
	Collections         module.Records[Collection]
	Tags                module.Records[Tag]
	Types               module.Records[Type]
	store               *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	out := service(s)
	out.watchRanks()
	return out
}

func service(s *module.Store) *Service {
	return &Service{
		Products:            module.For[Product](s, Products),
		Variants:            module.For[Variant](s, Variants),
		Options:             module.For[Option](s, Options),
		OptionValues:        module.For[OptionValue](s, OptionValues),
		ProductOptions:      module.For[ProductOption](s, ProductOptions),
		ProductOptionValues: module.For[ProductOptionValue](s, ProductOptionValues),
		Images:              module.For[Image](s, Images),
		VariantImages:       module.For[VariantImage](s, VariantImages),
		Categories:          module.For[Category](s, Categories),
		Collections:         module.For[Collection](s, Collections),
		Tags:                module.For[Tag](s, Tags),
		Types:               module.For[Type](s, Types),
		store:               s,
	}
}
