package catalog_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// withShop calls f with a shop on an SQLite file of its own.
func withShop(f func(ctx context.Context, s *shop.Shop) error) {
	if err := inFolder(f); err != nil {
		fmt.Println(err)
	}
}

func inFolder(f func(ctx context.Context, s *shop.Shop) error) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b, err := shop.Build(shop.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	if err != nil {
		return err
	}
	s, err := b.Connect(ctx, "")
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		return err
	}
	return f(ctx, s)
}

// A product, its options and variants, their prices and where it is sold are one
// call and one transaction.
func ExampleCatalog_CreateProduct() {
	withShop(func(ctx context.Context, s *shop.Shop) error {
		web := &saleschannel.SalesChannel{Name: "Web store"}
		if err := s.SalesChannel.SalesChannels.Create(ctx, web); err != nil {
			return err
		}
		id, err := catalog.New(s).CreateProduct(ctx, &catalog.NewProduct{
			Product: product.Product{Title: "Wool Sweater"},
			Status:  product.StatusPublished,
			Options: []catalog.NewOption{{Option: product.Option{Title: "Size"}, Values: []string{"S", "M"}}},
			Variants: []catalog.NewVariant{
				{
					Variant: product.Variant{Title: "Small"}, Options: map[string]string{"Size": "S"},
					Prices: []catalog.Price{{CurrencyCode: "eur", Amount: money.MustParse("79.50")}},
				},
				{
					Variant: product.Variant{Title: "Medium"}, Options: map[string]string{"Size": "M"},
					Prices: []catalog.Price{{CurrencyCode: "eur", Amount: money.MustParse("79.50")}},
				},
			},
			SalesChannels: []catalog.Ref{{ID: web.ID}},
		})
		if err != nil {
			return err
		}
		res, err := s.Query.Graph(ctx, query.Request{
			Entity: "product", Filters: query.Filters{"id": id},
			Fields: []string{"handle", "sales_channels.name", "variants.title", "variants.options.value", "variants.prices.amount"},
			Lists:  map[string]query.Nested{"variants": {Order: []string{"-title"}}},
		})
		if err != nil {
			return err
		}
		fmt.Printf("%s\n", res.Data)
		return nil
	})
	// Output:
	// [{"handle":"wool-sweater","sales_channels":[{"name":"Web store"}],"variants":[{"title":"Small","options":[{"value":"S"}],"prices":[{"amount":79.5}]},{"title":"Medium","options":[{"value":"M"}],"prices":[{"amount":79.5}]}]}]
}
