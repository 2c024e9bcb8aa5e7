// Command routes is a shop with routes of its own, one of each kind that a
// Resource does not cover:
//
//	GET  /admin/reports/orders.csv   a CSV of all orders, streamed       (reports.go)
//	GET  /admin/reports/customers    a list with pages                   (reports.go)
//	GET  /p/{handle}                 redirects to a product's page       (pages.go)
//	POST /hooks/carrier              a webhook, signed and idempotent    (carrier.go)
//
// To run it on the demo shop:
//
//	CARRIER_SECRET=secret go run ./examples/routes start --demo
package main

import (
	"os"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Settings are what the routes need to know.
type Settings struct {
	Storefront    string // the address of the web store
	CarrierSecret string // signs what the carrier sends; "" refuses all of it
}

// Shop returns Gorgon with the routes.
func Shop(c gorgon.Config, settings Settings) *gorgon.App {
	app := gorgon.New(c)
	app.Modules(module.New("carrier", Notices))
	app.Routes(func(s *shop.Shop) []api.Route {
		return []api.Route{
			ordersCSV(s),
			bestCustomers(s),
			productPage(s, settings.Storefront),
			carrierHook(s, settings.CarrierSecret),
		}
	})
	return app
}

func main() {
	Shop(gorgon.Config{}, Settings{
		Storefront:    "https://shop.example.com",
		CarrierSecret: os.Getenv("CARRIER_SECRET"),
	}).Main()
}
