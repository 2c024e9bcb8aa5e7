package gorgon_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Brand is a model of the shop's own.
type Brand struct {
	model.Base        // id, metadata, created_at, updated_at, deleted_at
	Name       string `json:"name" model:"searchable"`
}

var Brands = model.Define[Brand]("brand")

// A shop with brands, and a link from products to them.
func ExampleApp() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "shop")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	app := gorgon.New(gorgon.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	app.Module("brand", Brands)
	app.Link(link.Between(link.Many(product.Products), link.One(Brands)))

	// A program calls app.Main(), and its user runs `migrate`.
	if status := app.Run(ctx, []string{"migrate"}, io.Discard, os.Stderr, nil); status != 0 {
		log.Fatal("exit status ", status)
	}

	if err := app.Open(ctx); err != nil {
		log.Fatal(err)
	}
	defer app.Close()
	brand := &Brand{Name: "Nordwind"}
	tent := &product.Product{Title: "Tent"}
	if err := module.For[Brand](app.Store, Brands).Create(ctx, brand); err != nil {
		log.Fatal(err)
	}
	if err := app.Product.Products.Create(ctx, tent); err != nil {
		log.Fatal(err)
	}
	if _, err := app.Links.Create(ctx, link.Pair{product.Products: tent.ID, Brands: brand.ID}); err != nil {
		log.Fatal(err)
	}

	res, err := app.Query.Graph(ctx, query.Request{
		Entity:  "product",
		Fields:  []string{"title", "brand.name"},
		Filters: query.Filters{"brand.name": "Nordwind"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(res.Data))
	// Output: [{"title":"Tent","brand":{"name":"Nordwind"}}]
}

// A route that responds with CSV.
func ExampleApp_Routes() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "shop")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	app := gorgon.New(gorgon.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	app.Routes(func(s *shop.Shop) []api.Route {
		titles := func(c *api.Call) error {
			products, err := s.Product.Products.List(c.Context(), nil, module.Page{Order: []string{"title"}})
			if err != nil {
				return err
			}
			return c.Stream("text/csv; charset=utf-8", func(w io.Writer) error {
				out := csv.NewWriter(w)
				for _, p := range products {
					if err := out.Write([]string{p.Title, string(p.Status)}); err != nil {
						return err
					}
				}
				out.Flush()
				return out.Error()
			})
		}
		return []api.Route{{Method: http.MethodGet, Path: "/titles.csv", Access: api.Public, Summary: "List the titles of all products", Do: titles}}
	})

	app.Run(ctx, []string{"migrate"}, io.Discard, os.Stderr, nil)
	if err := app.Open(ctx); err != nil {
		log.Fatal(err)
	}
	defer app.Close()
	if err := app.Product.Products.Create(ctx, &product.Product{Title: "Tent"}, &product.Product{Title: "Lamp, small"}); err != nil {
		log.Fatal(err)
	}

	// A program calls app.ListenAndServe, or its user runs `start`.
	response := httptest.NewRecorder()
	app.Handler().ServeHTTP(response, httptest.NewRequestWithContext(ctx, http.MethodGet, "/titles.csv", http.NoBody))
	fmt.Print(response.Code, "\n", response.Body)
	// Output:
	// 200
	// "Lamp, small",draft
	// Tent,draft
}
