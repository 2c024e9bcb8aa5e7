package e2e_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/query"
)

// One email is one mailbox, whatever its case: a second customer with it is
// refused, and any spelling finds the first. One that was imported with capitals
// is found by its own spelling.
func TestEmailsInAnyCase(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/customers", `{"email": "Mixed.Case@Example.COM"}`)
		if at(made, "customer", "email") != "mixed.case@example.com" {
			t.Errorf("the email is kept as %v", at(made, "customer", "email"))
		}
		s.want(t, 400, "admin", "POST /admin/customers", `{"email": "mixed.case@example.com"}`)
		other := s.want(t, 200, "admin", "POST /admin/customers", `{"email": "other@example.com"}`)
		s.want(t, 400, "admin", "POST /admin/customers/"+at(other, "customer", "id").(string), `{"email": "MIXED.case@example.com"}`)
		account := &customer.Customer{Base: withID("account"), Email: ref("MIXED.CASE@example.com"), HasAccount: true}
		keep(t, s.app, customer.Customers, account) // a guest and an account may share it
		id := at(made, "customer", "id").(string)
		for query, want := range map[string]string{
			"email=MIXED.CASE@example.com": "2", "email[]=Mixed.Case@example.com&email[]=x": "2", "email[$eq]=mixed.CASE@example.com&has_account=false": "1",
			"email[$ne]=MIXED.case@EXAMPLE.com&id=" + id: "0", "email[$nin][]=MIXED.case@EXAMPLE.com&id=" + id: "0", "q=MIXED.CASE": "2", "email=ixed.case@example.com": "0",
		} {
			if got := s.want(t, 200, "admin", "GET /admin/customers?"+query, ""); fmt.Sprint(got["count"]) != want {
				t.Errorf("%s finds %v, want %s", query, got["count"], want)
			}
		}
		if _, err := s.app.DB().Exec(t.Context(), "UPDATE customer SET email = 'Imported@Example.com' WHERE id = 'account'"); err != nil {
			t.Fatal(err)
		}
		rows, _, err := query.List[struct {
			ID string `json:"id"`
		}](t.Context(), s.app.Query, "customer", query.Where(query.Filters{"email": "Imported@Example.com"}))
		if err != nil || len(rows) != 1 || rows[0].ID != "account" {
			t.Errorf("by its own spelling: %v (%v)", rows, err)
		}
	})
}
