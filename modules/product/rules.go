package product

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records.
func rules(s *module.Store) []module.Rule {
	service := service(s)
	return []module.Rule{
		module.On(Products, module.Rules[Product]{New: completeProduct, Each: checkProduct}),
		module.On(Options, module.Rules[Option]{Each: checkOption}),
		module.On(OptionValues, module.Rules[OptionValue]{Each: checkOptionValue}),
		module.On(ProductOptions, module.Rules[ProductOption]{New: chooseValues}),
		module.On(Images, module.Rules[Image]{Each: checkImage}),
		module.On(Collections, module.Rules[Collection]{Each: checkCollection}),
		module.On(Tags, module.Rules[Tag]{Each: checkTag}),
		module.On(Types, module.Rules[Type]{Each: checkType}),
		module.On(Variants, module.Rules[Variant]{Each: checkVariant, After: service.checkChoices}),
		module.On(Categories, module.Rules[Category]{Each: checkCategory, Before: service.placeAndRank, After: service.moveDescendants, InTurn: true}),
	}
}

// completeProduct sets the ranks of the images and variants of a new product. A
// gift card is not discounted.
func completeProduct(p *Product) error {
	if p.IsGiftcard {
		p.Discountable = new(false)
	}
	for rank, i := range p.Images {
		if i != nil && i.Rank == 0 {
			i.Rank = int64(rank)
		}
	}
	for rank, v := range p.Variants {
		if v == nil {
			continue
		}
		if v.VariantRank == nil {
			v.VariantRank = new(int64(rank))
		}
	}
	return nil
}

// checkProduct checks that a product has a title, and a handle that can be used in a
// URL.
func checkProduct(p *Product) error {
	if p.Handle == "" {
		p.Handle = handle(p.Title, p.ID)
	}
	if !isHandle(p.Handle) {
		return fault.New(fault.InvalidData, "product.handle cannot be %q; it must consist of a-z, 0-9 and - . _ ~, such as %q", p.Handle, handle(p.Handle, "linen-shirt"))
	}
	return module.Require(Products, "title", p.Title)
}

// checkVariant checks that a variant has a title. It sets empty codes to null,
// because an empty text would have to be unique as well.
func checkVariant(v *Variant) error {
	for _, code := range []**string{&v.SKU, &v.Barcode, &v.EAN, &v.UPC} {
		if *code != nil && **code == "" {
			*code = nil
		}
	}
	return module.Require(Variants, "title", v.Title)
}

func checkOption(o *Option) error { return module.Require(Options, "title", o.Title) }

func checkOptionValue(v *OptionValue) error { return module.Require(OptionValues, "value", v.Value) }

// chooseValues selects all values of an option for a product, if none are given and
// the option is nested.
func chooseValues(p *ProductOption) error {
	if p.Values == nil && p.ProductOption != nil {
		p.Values = p.ProductOption.Values
	}
	return nil
}

func checkImage(i *Image) error { return module.Require(Images, "url", i.URL) }

func checkCollection(c *Collection) error {
	if c.Handle == "" {
		c.Handle = handle(c.Title, c.ID)
	}
	return module.Require(Collections, "title", c.Title)
}

func checkTag(t *Tag) error { return module.Require(Tags, "value", t.Value) }

func checkType(t *Type) error { return module.Require(Types, "value", t.Value) }

func checkCategory(c *Category) error {
	if c.Handle == "" {
		c.Handle = handle(c.Name, c.ID)
	}
	return module.FirstError(
		module.Require(Categories, "name", c.Name),
		module.NotNegative(Categories, "rank", money.Int(c.Rank)),
	)
}
