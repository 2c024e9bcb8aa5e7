package schema_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

type brand struct {
	ID   string `json:"id" model:"pk"`
	Name string `json:"name" model:"unique"`
}

type brandWithSite struct {
	brand
	Site *string `json:"site"`
}

func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	d, err := sqlite.Open(filepath.Join(dir, "shop.db"))
	if err != nil {
		panic(err)
	}
	defer d.Close()

	first := schema.New([]*model.Model{model.Define[brand]("brand")})
	applied, err := first.Migrate(ctx, d, schema.Options{})
	fmt.Println(len(applied), "change:", applied[0].Summary, err)

	second := schema.New([]*model.Model{model.Define[brandWithSite]("brand")})
	fmt.Println(second.Check(ctx, d))
	plan, err := second.Plan(ctx, d)
	fmt.Print(plan)
	fmt.Println(err)

	_, err = second.Migrate(ctx, d, schema.Options{})
	fmt.Println(err)
	applied, err = first.Migrate(ctx, d, schema.Options{}) // the binary before: it runs on, and takes nothing away
	fmt.Println(len(applied), err, first.Check(ctx, d))
	// Output:
	// 1 change: create the table <nil>
	// the tables do not match this binary (brand: add column site); `gorgon migrate --plan` shows the changes, `gorgon migrate` applies them
	// -- brand: add column site
	// ALTER TABLE `brand` ADD COLUMN `site` text NULL;
	// <nil>
	// <nil>
	// 0 <nil> <nil>
}
