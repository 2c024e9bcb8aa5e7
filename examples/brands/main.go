// Command brands is a shop with its own module, brands, and a link from products to
// brands. It has all commands of gorgon:
//
//	go run ./examples/brands demo
//	go run ./examples/brands links
//	go run ./examples/brands query brand --fields name,products.title
package main

import (
	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// Brand is the name that a product is sold under.
type Brand struct {
	model.Base        // id, metadata, created_at, updated_at, deleted_at
	Name       string `json:"name" model:"searchable"`
}

// Brands is the model of Brand: table brand, ids brand_01J…, entity brand or brands.
var Brands = model.Define[Brand]("brand").Unique("name")

// Shop returns an App with brands. Many products are linked to one brand, and the link has
// a note.
func Shop(c gorgon.Config) *gorgon.App {
	app := gorgon.New(c)
	app.Module("brand", Brands)
	app.Link(link.Between(link.Many(product.Products), link.One(Brands)).
		Columns(link.Column{Name: "note", Kind: model.Text}))
	return app
}

func main() { Shop(gorgon.Config{}).Main() }
