package cli_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// label is a record of a shop's own module.
type label struct {
	model.Base
	Name string `json:"name"`
}

// labeled returns a shop with one module more, and a link between labels and
// products as of says.
func labeled(database string, of func(labels *model.Model) *link.Definition) *gorgon.App {
	labels := model.Define[label]("label")
	app := gorgon.New(gorgon.Config{Database: database})
	app.Module("label", labels)
	if of != nil {
		d := of(labels)
		app.Link(*d)
	}
	return app
}

func between(left, right link.End) *link.Definition {
	d := link.Between(left, right)
	return &d
}

// A binary without an extension, and the binary with it, take turns on one
// database; neither is refused, and the smaller one's migration changes nothing.
func TestABinaryWithLessRunsToo(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(t *testing.T) string{"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := database(t)
			more := func() *gorgon.App {
				return labeled(url, func(labels *model.Model) *link.Definition {
					return between(link.Many(product.Products), link.Many(labels))
				})
			}
			less := func() *gorgon.App { return gorgon.New(gorgon.Config{Database: url}) }
			ok(t, more(), "migrate")
			for range 2 {
				ok(t, less(), "verify")
				if got := ok(t, less(), "migrate", "--plan"); !strings.HasPrefix(got, "nothing to do") {
					t.Errorf("the plan: %s", got)
				}
				if got := ok(t, less(), "migrate"); !strings.Contains(got, "up to date") || strings.Contains(got, "applied") {
					t.Errorf("migrate: %s", got)
				}
				ok(t, more(), "verify")
				ok(t, more(), "migrate")
			}
		})
	}
}

// The rows of a link whose sides were swapped, whose table was renamed, or that
// was taken out are named by the plan, the migration and verify.
func TestLinksLeftBehindAreNamed(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]func(labels *model.Model) *link.Definition{
		"swapped": func(labels *model.Model) *link.Definition {
			return between(link.Many(labels), link.Many(product.Products))
		},
		"renamed": func(labels *model.Model) *link.Definition {
			d := link.Between(link.Many(product.Products), link.Many(labels)).Table("product_label")
			return &d
		},
		"taken out": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			database := file(t)
			labels := model.Define[label]("label")
			app := gorgon.New(gorgon.Config{Database: database})
			app.Module("label", labels)
			app.Link(link.Between(link.Many(product.Products), link.Many(labels)))
			ok(t, app, "migrate")
			if err := app.Open(t.Context()); err != nil {
				t.Fatal(err)
			}
			create(t, app, product.Products, &product.Product{Base: base("prod_1"), Title: "Mug", Handle: "mug"})
			create(t, app, labels, &label{Base: base("label_1"), Name: "New"})
			if _, err := app.Links.Create(t.Context(), link.Pair{product.Products: "prod_1", labels: "label_1"}); err != nil {
				t.Fatal(err)
			}
			if err := app.Close(); err != nil {
				t.Fatal(err)
			}
			for _, command := range [][]string{{"migrate", "--plan"}, {"migrate"}, {"verify"}} {
				got := ok(t, labeled(database, of), command...)
				if !strings.Contains(got, "the table product_product_label_label is not read by any link of this binary; it holds 1 link") {
					t.Errorf("%v: %s", command, got)
				}
				if name != "taken out" && !strings.Contains(got, "between the same two models as") {
					t.Errorf("%v does not say which link is like it: %s", command, got)
				}
			}
		})
	}
}
