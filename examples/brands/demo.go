package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// extendDemo makes the command demo create brands too, and show them.
func extendDemo(app *gorgon.App) {
	for _, cmd := range app.Command().Commands() {
		if cmd.Name() != "demo" {
			continue
		}
		cmd.Long += "\n\nEach product is then linked to a brand, by the first word of its title, and a query\nshows the brands with their products."
		demo := cmd.RunE
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if err := demo(cmd, args); err != nil {
				return err
			}
			return withBrands(cmd, app)
		}
	}
}

// withBrands creates the brands of the demo shop, and prints them unless the
// command prints JSON.
func withBrands(cmd *cobra.Command, app *gorgon.App) (err error) {
	ctx := cmd.Context()
	if err := app.Open(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	if err := seedBrands(ctx, app.Shop); err != nil {
		return err
	}
	if inJSON, err := cmd.Flags().GetBool("json"); err != nil || inJSON {
		return err
	}
	return printBrands(cmd, app)
}

// seedBrands links every product to the brand that its title begins with. A
// product that has a brand keeps it.
func seedBrands(ctx context.Context, s *shop.Shop) error {
	products, _, err := query.List[struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}](ctx, s.Query, "product", query.Where(query.Filters{"brand": nil}), query.OrderBy("title"))
	if err != nil {
		return err
	}
	brands := shop.ServiceOf[*Service](s)
	return s.Do(ctx, func(ctx context.Context) error {
		var pairs []link.Pair
		for _, p := range products {
			name, _, _ := strings.Cut(p.Title, " ")
			brand, err := brands.Named(ctx, name)
			if err != nil {
				return err
			}
			pairs = append(pairs, link.Pair{product.Products: p.ID, Brands: brand.ID})
		}
		_, err := s.Links.Create(ctx, pairs...)
		return err
	})
}

// printBrands prints the first brands with their products.
func printBrands(cmd *cobra.Command, app *gorgon.App) error {
	brands, page, err := query.List[struct {
		Name     string `json:"name"`
		Products []struct {
			Title string `json:"title"`
		} `json:"products"`
	}](cmd.Context(), app.Query, "brand", query.OrderBy("name"), query.Limit(5), query.WithCount())
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "\n%d of %d brands, with their products (%s query brand --fields name,products.title):\n\n", len(brands), *page.Count, cmd.Root().Name())
	for _, b := range brands {
		titles := make([]string, len(b.Products))
		for i, p := range b.Products {
			titles[i] = p.Title
		}
		fmt.Fprintf(out, "  %s: %s\n", b.Name, strings.Join(titles, ", "))
	}
	return nil
}
