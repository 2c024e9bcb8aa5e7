package docs_test

// here stands for a block in the files around it.
const here = "// the block of the page\n"

// surroundings are files around blocks that are no files.
var surroundings = overlay{
	"examples/readme/main.go": `package main

import (
	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

type Service struct{}

func New(*module.Store) *Service { return nil }

` + here,
	"examples/readme/rows/rows.go": `package rows

import (
	"context"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/query"
)

func list(ctx context.Context) error {
` + here + `
	_, _ = rows, page
	return err
}
`,
	"examples/readme/routes/routes.go": `package routes

import (
	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/shop"
)

type Brand struct {
	model.Base
	Name string ` + "`json:\"name\"`" + `
}

var Brands = model.Define[Brand]("brand")

func add(app *gorgon.App) {
` + here + `}
`,
	"examples/readme/links/links.go": `package links

import (
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

func links() {
` + here + `}
`,
}

// places are those of the blocks without a package clause, by their first line.
var places = map[string]place{
	"type Brand struct {":                         {"examples/readme/main.go", here},
	"type Row struct {":                           {"examples/readme/rows/rows.go", here},
	"app.Routes(func(s *shop.Shop) []api.Route {": {"examples/readme/routes/routes.go", here},
	"link.Between(link.One(order.Orders), link.Many(fulfillment.Fulfillments))": {"examples/readme/links/links.go", here},
	"app.Routes(routes)": {brandshopFolder + "/main.go", "\treturn app\n"},
	"Country    *string `json:\"country\" model:\"index\"`":                     {brandshopFolder + "/brand/brand.go", "}\n\n// Brands is the model"},
	"c.Migrations = append(c.Migrations, migrations...)":                        {brandshopFolder + "/main.go", "\tapp := gorgon.New(c)\n"},
	"link.Between(link.Many(product.Products), link.One(warranty.Warranties)).": {"shop/links.go", "\t// The order: who bought"},
}

// described are changes of files that modules.md describes in words.
var described = []struct {
	text string
	place
}{
	{warrantyImport, place{"shop/modules.go", orderImport}},
	{"\twarranty.Module,\n", place{"shop/modules.go", "\torder.Module,\n"}},
	{warrantyImport, place{"shop/shop.go", orderImport}},
	{"\tWarranty      *warranty.Service\n", place{"shop/shop.go", "\tProduct       *product.Service\n"}},
	{"\t\tWarranty: module.ServiceOf[*warranty.Service](s),\n", place{"shop/shop.go", "\t\tProduct:       module.ServiceOf"}},
	{warrantyImport, place{"shop/links.go", orderImport}},
	{"\t\tr.warranties,\n", place{"api/admin/admin.go", "\t\tr.query, r.links,\n"}},
	{"w.makeWarranties, ", place{"demo/seed.go", "w.makePrices, w.makeStore"}},
}

const (
	warrantyImport = "\t\"github.com/gorgon-commerce/gorgon/modules/warranty\"\n"
	orderImport    = "\t\"github.com/gorgon-commerce/gorgon/modules/order\"\n"
)
