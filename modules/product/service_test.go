package product_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

var graph = moduletest.Graph(product.Module)

// shirt returns a product in two sizes.
func shirt(title string) *product.Product {
	s, m := &product.OptionValue{Value: "S"}, &product.OptionValue{Value: "M"}
	return &product.Product{
		Title:    title,
		Options:  []*product.Option{{Title: "Size", IsExclusive: true, Values: []*product.OptionValue{s, m}}},
		Variants: []*product.Variant{{Title: "S", Options: []*product.OptionValue{s}, EAN: new("")}, {Title: "M", Options: []*product.OptionValue{m}}},
		Images:   []*product.Image{{URL: "a.jpg"}, {URL: "b.jpg"}},
		Tags:     []*product.Tag{},
	}
}

func TestProductIsCompleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := product.New(moduletest.Open(t, d, graph))
		p := shirt("Crème Shirt, 100% linen")
		moduletest.Create(t, s.Products, p, &product.Product{Title: "リネンシャツ"}, &product.Product{Title: "Given", Handle: "my.own_handle"})
		if p.Handle != "creme-shirt-100-linen" {
			t.Errorf("the handle is %q", p.Handle)
		}
		if p.Images[1].Rank != 1 || *p.Variants[1].VariantRank != 1 || p.Variants[0].EAN != nil {
			t.Errorf("image rank %d, variant rank %d, EAN %v", p.Images[1].Rank, *p.Variants[1].VariantRank, p.Variants[0].EAN)
		}
		chosen, err := s.ProductOptionValues.Count(t.Context(), nil)
		if err != nil || chosen != 2 {
			t.Errorf("the product comes in %d values (%v), want 2", chosen, err)
		}
		if n, err := s.ProductOptions.Count(t.Context(), module.Where{"product_id": p.ID}); n != 1 || err != nil {
			t.Errorf("the product has %d options (%v)", n, err)
		}
	})
}

func TestProductRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := product.New(store)
		first := shirt("Shirt")
		first.Variants[0].SKU = new("S-1")
		moduletest.Create(t, s.Products, first, shirt("Other shirt"))
		create := func(spoil func(*product.Product)) func(context.Context) error {
			p := shirt("New shirt")
			spoil(p)
			return func(ctx context.Context) error { return s.Products.Create(ctx, shirt("Good shirt"), p) }
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Title = "" }), Words: []string{"product.title"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Title = "Shirt!" }), Type: fault.DuplicateError, Words: []string{`a product with handle "shirt" exists already`}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Handle = "My Shirt" }), Words: []string{"product.handle", `"My Shirt"`, `"my-shirt"`}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Variants[1].Title = " " }), Words: []string{"product_variant.title"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Variants[1].SKU = new("S-1") }), Type: fault.DuplicateError, Words: []string{`a product_variant with sku "S-1"`}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Images[0].URL = "" }), Words: []string{"product_image.url"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Status = "sold" }), Words: []string{"product.status", "draft, proposed"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.TypeID = new("ptyp_x") }), Type: fault.NotFound, Words: []string{"product.type_id", "ptyp_x"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Options[0].Title = "" }), Words: []string{"product_option.title"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Options[0].Values[0].Value = "" }), Words: []string{"product_option_value.value"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Tags = []*product.Tag{{}} }), Words: []string{"product_tag.value"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Type = &product.Type{} }), Words: []string{"product_type.value"}},
			moduletest.Refusal{Do: create(func(p *product.Product) { p.Collection = &product.Collection{} }), Words: []string{"product_collection.title"}},
		)
		tea := &product.Collection{Title: "Tea & Coffee"}
		moduletest.Create(t, s.Collections, tea)
		if tea.Handle != "tea-coffee" {
			t.Errorf("the handle of the collection is %q", tea.Handle)
		}
	})
}

func TestVariantsHaveOneValueOfEachOption(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := product.New(store)
		p, other := shirt("Shirt"), shirt("Other")
		white := &product.OptionValue{Value: "White"}
		p.Options = append(p.Options, &product.Option{Title: "Color", IsExclusive: true, Values: []*product.OptionValue{white, {Value: "Red"}}})
		for _, v := range p.Variants {
			v.Options = append(v.Options, white)
		}
		moduletest.Create(t, s.Products, p, other)
		size, red := p.Options[0].Values[0], p.Options[1].Values[1]
		add := func(values ...*product.OptionValue) func(context.Context) error {
			v := &product.Variant{Title: "X", ProductID: &p.ID, Options: values}
			return func(ctx context.Context) error { return s.Variants.Create(ctx, v) }
		}
		bare := shirt("Bare")
		bare.Variants[1].Options = nil
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: add(size, white), Words: []string{`variant "X" has the same options`}},
			moduletest.Refusal{Do: add(size), Words: []string{`variant "X" has no value of option`, p.Options[1].ID}},
			moduletest.Refusal{Do: add(size, p.Options[0].Values[1], red), Words: []string{`variant "X" has two values of option`}},
			moduletest.Refusal{Do: add(size, red, other.Options[0].Values[0]), Words: []string{`variant "X"`, "but its product does not have that option"}},
		)
		if err := add(size, red)(t.Context()); err != nil {
			t.Errorf("a new combination: %v", err)
		}
		if err := s.Products.Create(t.Context(), bare); err != nil {
			t.Errorf("a variant without options: %v", err)
		}
	})
}
