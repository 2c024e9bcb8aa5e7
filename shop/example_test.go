package shop_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Brand is a model of a shop's own.
type Brand struct {
	model.Base
	Name string `json:"name"`
}

var (
	Brands      = model.Define[Brand]("brand")
	BrandModule = &module.Module{Name: "brand", Models: []*model.Model{Brands}, Service: module.Provide(NewBrandService)}
)

// BrandService is the service of BrandModule.
type BrandService struct{ Brands module.Records[Brand] }

// NewBrandService returns the service on a store.
func NewBrandService(s *module.Store) *BrandService {
	return &BrandService{module.For[Brand](s, Brands)}
}

// A shop with a module and a link of its own: built, migrated, written, queried.
func ExampleBuild() {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	if err := brandShop(context.Background(), "sqlite:"+filepath.Join(dir, "shop.db")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [{"title":"Mug","brand":{"name":"Acme"}}]
}

func brandShop(ctx context.Context, database string) error {
	b, err := shop.Build(shop.Config{
		Modules: []*module.Module{BrandModule},
		Links:   []link.Definition{link.Between(link.Many(product.Products), link.One(Brands))},
	})
	if err != nil {
		return err
	}
	s, err := b.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		return err
	}

	acme, mug := &Brand{Name: "Acme"}, &product.Product{Title: "Mug", Handle: "mug"}
	err = s.Do(ctx, func(ctx context.Context) error { // all of it or nothing
		if err := shop.ServiceOf[*BrandService](s).Brands.Create(ctx, acme); err != nil {
			return err
		}
		if err := s.Product.Products.Create(ctx, mug); err != nil {
			return err
		}
		_, err := s.Links.Create(ctx, link.Pair{product.Products: mug.ID, Brands: acme.ID})
		return err
	})
	if err != nil {
		return err
	}
	res, err := s.Query.Graph(ctx, query.Request{Entity: "product", Fields: []string{"title", "brand.name"}})
	if err != nil {
		return err
	}
	fmt.Printf("%s\n", res.Data)
	return nil
}

// Open refuses a database that has not been migrated.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	_, err = shop.Open(context.Background(), shop.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	fmt.Println(err)
	// Output:
	// the database has no tables of Gorgon yet; run `gorgon migrate`, or `gorgon demo` for a demo shop
}
