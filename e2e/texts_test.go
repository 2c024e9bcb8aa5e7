package e2e_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/schema"
)

// decomposed is Zoë with the dots as a character of their own, composed the same
// name as keyboards write it.
const decomposed, composed = "Zoe\u0308", "Zo\u00eb"

// Texts that look the same are the same, however their letters are composed:
// written, searched, unique. Metadata stays as it is.
func TestTextsInOneForm(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/customers", `{"email": "zoe@example.com", "first_name": "`+decomposed+`", "metadata": {"name": "`+decomposed+`"}}`)
		contains(t, "made", made["customer"], `{"first_name": "`+composed+`", "metadata": {"name": "`+decomposed+`"}}`)
		one := "/admin/customers/" + at(made, "customer", "id").(string)
		contains(t, "changed", s.want(t, 200, "admin", "POST "+one, `{"last_name": "`+decomposed+`"}`)["customer"], `{"last_name": "`+composed+`"}`)
		for _, spelling := range []string{decomposed, composed} {
			word := url.QueryEscape(spelling)
			for _, query := range []string{"first_name=" + word, "first_name[]=" + word + "&first_name[]=x", "first_name[$ilike]=" + word + "%25", "q=" + word, "last_name[$in][]=" + word} {
				if got := s.want(t, 200, "admin", "GET /admin/customers?"+query, ""); got["count"] != 1.0 {
					t.Errorf("%s finds %v", query, got["count"])
				}
			}
		}
		for spelling, want := range map[string]float64{decomposed: 1, composed: 0} { // metadata compares as it is
			if got := s.want(t, 200, "admin", "GET /admin/customers?metadata[name]="+url.QueryEscape(spelling), ""); got["count"] != want {
				t.Errorf("metadata %s finds %v", spelling, got["count"])
			}
		}
		s.want(t, 200, "admin", "POST /admin/product-tags", `{"value": "`+decomposed+`"}`)
		s.want(t, 400, "admin", "POST /admin/product-tags", `{"value": "`+composed+`"}`)
		c := &customer.Customer{Email: ref("z@example.com"), CompanyName: ref(decomposed)}
		keep(t, s.app, customer.Customers, c)
		if *c.CompanyName != composed {
			t.Errorf("the record says %q", *c.CompanyName)
		}
	})
}

// The migration brings texts of older versions into the form of today, and names
// what it cannot: what another record has already.
func TestTextsOfOlderVersions(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		keep(t, s.app, customer.Customers, &customer.Customer{Base: withID("a"), Email: ref("twice@example.com")},
			&customer.Customer{Base: withID("b"), Email: ref("b@example.com")}, &customer.Customer{Base: withID("c"), Email: ref("c@example.com")})
		for _, sql := range []string{
			"UPDATE customer SET email = 'Twice@Example.com' WHERE id = 'b'", "UPDATE customer SET email = 'C@Example.com', first_name = '" + decomposed + "' WHERE id = 'c'",
			"DELETE FROM gorgon_migration WHERE name = 'gorgon: texts in one form'",
		} {
			if _, err := s.app.DB().Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		applied, err := s.app.Migrate(t.Context(), schema.Options{})
		if err != nil || len(applied) != 1 || len(applied[0].Notes) != 1 {
			t.Fatalf("%v (%v)", applied, err)
		}
		if note := applied[0].Notes[0]; !strings.Contains(note, "customer b") || !strings.Contains(note, `"Twice@Example.com"`) || !strings.Contains(note, `"twice@example.com"`) {
			t.Error(note)
		}
		for id, want := range map[string]string{"a": "twice@example.com <nil>", "b": "Twice@Example.com <nil>", "c": "c@example.com " + composed} {
			got := s.want(t, 200, "admin", "GET /admin/customers/"+id, "")
			if text := fmt.Sprint(at(got, "customer", "email"), " ", at(got, "customer", "first_name")); text != want {
				t.Errorf("%s is %s, want %s", id, text, want)
			}
		}
	})
}

// The import writes texts as this version does.
func TestTextsOfAnImport(t *testing.T) {
	t.Parallel()
	source := medusatest.Shop(t)
	d, err := postgres.Open(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // read no more
	if _, err := d.Exec(t.Context(), "UPDATE customer SET email = upper(email), first_name = '"+decomposed+"' WHERE id = (SELECT min(id) FROM customer)"); err != nil {
		t.Fatal(err)
	}
	app := gorgon.New(gorgon.Config{Database: file(t)})
	if got := run(t, app, "import", "medusa", source); got.status != 0 {
		t.Fatal(got.stderr)
	}
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	all, err := app.Customer.Customers.List(t.Context(), nil, module.Page{Order: []string{"id"}, WithDeleted: true})
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	if c := all[0]; *c.Email != strings.ToLower(*c.Email) || *c.FirstName != composed {
		t.Errorf("%s, %q", *c.Email, *c.FirstName)
	}
}
