package e2e_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/server"
)

// Related products: a link of a model with itself, over HTTP and on the command
// line.
func TestRelatedProducts(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: file(t)})
	app.Link(link.Between(link.Many(product.Products).As("related_to").Named("related_to"), link.Many(product.Products).As("related").Named("related")).Table("product_related"))
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	if _, err := app.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatal(err)
	}
	s := serve(t, app, server.Config{})
	made := s.want(t, 200, "admin", "POST /admin/links", `{"related_to": "prod", "related": "prod_other"}`)
	contains(t, "row", at(made, "links", 0), `{"link": "product_related"}`)
	list := s.want(t, 200, "admin", "GET /admin/products?related.handle=elsewhere&fields=id,related.id,related_to.id", "")
	if list["count"] != 1.0 || at(list, "products", 0, "related", 0, "id") != "prod_other" || len(at(list, "products", 0, "related_to").([]any)) != 0 {
		t.Errorf("%v", list)
	}
	listed := s.want(t, 200, "admin", "POST /admin/links/list", `{"link": "product_related", "related": "prod_other", "related_to": ""}`)
	if listed["count"] != 1.0 {
		t.Errorf("%v", listed)
	}
	for _, body := range []string{`{"related_to": "prod", "related": "prod"}`, `{"related_to": "prod", "product": "prod_other"}`, `{"product": "prod", "products": "prod_other"}`, `{"related": "prod"}`} {
		contains(t, body, s.want(t, 400, "admin", "POST /admin/links", body), `{"type": "invalid_data"}`)
	}

	if got := run(t, app, "link", "create", "related_to=prod", "related=prod_draft"); got.status != 0 {
		t.Errorf("%+v", got)
	}
	if got := run(t, app, "link", "list", "related_to=prod", "related"); got.status != 0 || !strings.Contains(got.stdout, "prod_draft") {
		t.Errorf("%+v", got)
	}
	if got := run(t, app, "link", "dismiss", "related_to=prod", "related=prod_other"); got.status != 0 {
		t.Errorf("%+v", got)
	}
	if got := s.want(t, 200, "admin", "GET /admin/products?id=prod&fields=related.id", ""); len(at(got, "products", 0, "related").([]any)) != 1 {
		t.Errorf("%v", got)
	}
	if got := run(t, app, "verify"); strings.Contains(got.stdout, "product_related") {
		t.Errorf("%+v", got)
	}
}
