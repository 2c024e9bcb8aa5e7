package markets_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/modules/region"
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

// A region takes its countries from those of the world.
func ExampleMarkets_CreateRegion() {
	withShop(func(ctx context.Context, s *shop.Shop) error {
		m := markets.New(s)
		inclusive := true
		id, err := m.CreateRegion(ctx, &markets.NewRegion{
			Region:    region.Region{Name: "Alps", CurrencyCode: "eur"},
			Countries: []string{"at", "it"}, TaxInclusive: &inclusive,
		})
		if err != nil {
			return err
		}
		res, err := s.Query.Graph(ctx, query.Request{
			Entity: "region", Filters: query.Filters{"id": id},
			Fields: []string{"name", "currency.symbol", "countries.display_name"},
		})
		if err != nil {
			return err
		}
		fmt.Printf("%s\n", res.Data)

		_, err = m.CreateRegion(ctx, &markets.NewRegion{
			Region: region.Region{Name: "Italy", CurrencyCode: "eur"}, Countries: []string{"it"},
		})
		fmt.Println(fault.TypeOf(err)) // a country is in at most one region
		return nil
	})
	// Output:
	// [{"name":"Alps","currency":{"symbol":"€"},"countries":[{"display_name":"Austria"},{"display_name":"Italy"}]}]
	// invalid_data
}
