// Command payment is a shop with a payment provider of its own, a bank that is asked
// over HTTP (bank.go). POST /hooks/bank takes the bank's notices; calls that the bank
// has not answered to are finished every minute:
//
//	BANK_URL=https://bank.example.com BANK_SECRET=secret go run ./examples/payment start
package main

import (
	"context"
	"net/http"
	"os"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Shop returns Gorgon with a bank.
func Shop(c gorgon.Config, bank *Bank) *gorgon.App {
	c.Migrations = append(c.Migrations, shop.Migration{Name: "bank: a payment provider", Run: addProviders})
	app := gorgon.New(c)
	app.Modules(bank.Module())
	app.Routes(func(s *shop.Shop) []api.Route { return []api.Route{bankHook(s)} })
	return app
}

// bankHook returns the route that takes the bank's notices.
func bankHook(s *shop.Shop) api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/hooks/bank", Access: api.Public,
		Summary: "The bank says what has happened", Body: noticeBody.Object(), Status: http.StatusAccepted,
		Do: func(c *api.Call) error {
			text, err := c.Text() // the bytes that were signed
			if err != nil {
				return err
			}
			return s.Payment.Webhook(c.Context(), BankID, payment.Message{Body: text, Header: c.Header})
		},
	}
}

// addProviders gives the bank its row in shops that are older than it.
func addProviders(ctx context.Context, s *shop.Shop) error { return s.Payment.AddProviders(ctx) }

func main() {
	Shop(gorgon.Config{}, &Bank{URL: os.Getenv("BANK_URL"), Secret: os.Getenv("BANK_SECRET")}).Main()
}
