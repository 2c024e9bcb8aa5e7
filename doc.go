// Package gorgon is an order backend: isolated commerce modules, links between
// them, and Query, which reads across all of them in one SQL statement.
//
// An App holds the built-in modules and links. A shop adds its own, and runs
// the whole as one binary with a command line:
//
//	func main() {
//		app := gorgon.New(gorgon.Config{})
//		app.Module("brand", Brands)
//		app.Link(link.Between(link.Many(product.Products), link.One(Brands)))
//		app.Main()
//	}
//
// A Go program that wants no command line opens the App itself:
//
//	if err := app.Open(ctx); err != nil { … }
//	defer app.Close()
//	res, err := app.Query.Graph(ctx, query.Request{Entity: "order", Fields: []string{"id", "customer.email"}})
//	order, err := app.Order.Orders.Retrieve(ctx, id)
//
// An open App is a shop.Shop: see package shop for what it holds. The map of
// the system, every module and every link, is shop.Modules and shop.Links. A
// program that should not contain the command line imports shop and api in
// place of this package.
package gorgon
