// Command brands is a shop with a module of its own, brands, and a link from
// products to them. It is the whole gorgon binary, with one more entity, and keeps
// its data in brands.db:
//
//	go run ./examples/brands demo
//	go run ./examples/brands links
//	go run ./examples/brands query brand --fields name,products.title
package main

import (
	"context"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// Brand is who makes a product.
type Brand struct {
	model.Base        // id, metadata, created_at, updated_at, deleted_at
	Name       string `json:"name" model:"searchable"`
}

// Brands is the model of Brand: table brand, ids brand_…, entities brand and brands.
var Brands = model.Define[Brand]("brand").Unique("name")

// Module is the module: its models, rules and service. The rule applies
// wherever a brand is written.
var Module = &module.Module{
	Name:   "brand",
	Models: []*model.Model{Brands},
	Rules: func(*module.Store) []module.Rule {
		return []module.Rule{module.On(Brands, module.Rules[Brand]{
			Each: func(b *Brand) error { return module.Require(Brands, "name", b.Name) },
		})}
	},
	Service: module.Provide(New),
}

// Service reads and writes brands. In a shop it is found with shop.ServiceOf.
type Service struct{ Brands module.Records[Brand] }

// New returns the service on a store.
func New(s *module.Store) *Service { return &Service{module.For[Brand](s, Brands)} }

// Named returns the brand with a name. It creates the brand if there is none.
func (s *Service) Named(ctx context.Context, name string) (*Brand, error) {
	found, err := s.Brands.List(ctx, module.Where{"name": name}, module.Page{Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	b := &Brand{Name: name}
	return b, s.Brands.Create(ctx, b)
}

// Shop returns Gorgon with brands: many products to one brand, with a note on
// the link itself.
func Shop(c gorgon.Config) *gorgon.App {
	app := gorgon.New(c)
	app.Modules(Module)
	app.Link(link.Between(link.Many(product.Products), link.One(Brands)).
		Columns(link.Column{Name: "note", Kind: model.Text}))
	return app
}

func main() {
	app := Shop(gorgon.Config{Database: "sqlite:brands.db"})
	extendDemo(app)
	app.Main()
}
