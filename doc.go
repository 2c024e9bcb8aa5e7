// Package gorgon is an order backend: nine isolated commerce modules, links
// between them, and Query, which reads across all of them in one SQL
// statement.
//
// An App holds the built-in modules and links. A shop adds its own and runs
// the whole as one binary:
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
//
// The links are one table, in links.go: the map of the system.
package gorgon
