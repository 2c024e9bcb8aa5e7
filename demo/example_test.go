package demo_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/schema"
)

func ExampleSeed() {
	dir, err := os.MkdirTemp("", "gorgon-demo-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	app := gorgon.New(gorgon.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	if err := app.Connect(ctx); err != nil {
		log.Fatal(err)
	}
	defer app.Close()
	if _, err := app.Migrate(ctx, schema.Options{}); err != nil {
		log.Fatal(err)
	}
	for range 2 {
		res, err := demo.Seed(ctx, app.Shop, demo.Options{Orders: 20})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("already there:", res.Already, "-", res.Counts[0].N, res.Counts[0].Entity)
	}
	// Output:
	// already there: false - 20 orders
	// already there: true - 20 orders
}
