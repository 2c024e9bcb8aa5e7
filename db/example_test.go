package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
)

// Everything that runs within Do is one transaction: it is kept as a whole or not
// at all.
func Example() {
	folder, err := os.MkdirTemp("", "example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	d, err := sqlite.Open(filepath.Join(folder, "shop.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer d.Close()
	ctx := context.Background()
	addBrand := func(ctx context.Context, name string) error {
		_, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO brand (name) VALUES ("+d.Dialect().Placeholder(1)+")", name)
		return err
	}

	if _, err := d.Exec(ctx, "CREATE TABLE brand (name text PRIMARY KEY)"); err != nil {
		fmt.Println(err)
	}
	err = db.Do(ctx, d, func(ctx context.Context) error {
		return errors.Join(addBrand(ctx, "Acme"), addBrand(ctx, "Bolt"))
	})
	fmt.Println("both:", err)
	err = db.Do(ctx, d, func(ctx context.Context) error {
		return errors.Join(addBrand(ctx, "Crow"), addBrand(ctx, "Acme"))
	})
	var v *db.Violation
	if errors.As(err, &v) {
		fmt.Println("neither:", v.Kind, v.Table, v.Columns)
	}
	names, err := db.Collect[string](ctx, d, "SELECT name FROM brand ORDER BY name")
	fmt.Println(names, err)
	// Output:
	// both: <nil>
	// neither: unique brand [name]
	// [Acme Bolt] <nil>
}
