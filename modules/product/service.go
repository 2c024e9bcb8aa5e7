package product

import "github.com/gorgon-commerce/gorgon/module"

// Service keeps what a shop sells.
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

// New makes the service on a store, and sets the module's rules there; see
// rules.go, variant_rules.go and category_tree.go.
func New(s *module.Store) *Service {
	service := &Service{
		Products:            module.For[Product](s, Products).With(module.Rules[Product]{New: completeProduct, Each: checkProduct}),
		Variants:            module.For[Variant](s, Variants),
		Options:             module.For[Option](s, Options).With(module.Rules[Option]{Each: checkOption}),
		OptionValues:        module.For[OptionValue](s, OptionValues).With(module.Rules[OptionValue]{Each: checkOptionValue}),
		ProductOptions:      module.For[ProductOption](s, ProductOptions).With(module.Rules[ProductOption]{New: chooseValues}),
		ProductOptionValues: module.For[ProductOptionValue](s, ProductOptionValues),
		Images:              module.For[Image](s, Images).With(module.Rules[Image]{Each: checkImage}),
		VariantImages:       module.For[VariantImage](s, VariantImages),
		Categories:          module.For[Category](s, Categories),
		Collections:         module.For[Collection](s, Collections).With(module.Rules[Collection]{Each: checkCollection}),
		Tags:                module.For[Tag](s, Tags).With(module.Rules[Tag]{Each: checkTag}),
		Types:               module.For[Type](s, Types).With(module.Rules[Type]{Each: checkType}),
		store:               s,
	}
	service.Variants.With(module.Rules[Variant]{Each: checkVariant, After: service.checkChoices})
	service.Categories.With(module.Rules[Category]{Each: checkCategory, Before: service.place, After: service.moveDescendants})
	return service
}
