package customer_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/customer"
)

var graph = moduletest.Graph(customer.Module)

func TestCustomerRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := customer.New(store)
		create := func(all ...*customer.Customer) func(context.Context) error {
			return func(ctx context.Context) error { return s.Customers.Create(ctx, all...) }
		}
		ada := &customer.Customer{Email: new("ada@example.com"), HasAccount: true, Addresses: []*customer.Address{{City: new("Paris"), IsDefaultShipping: true}}}
		guest := &customer.Customer{Email: new("ada@example.com")}
		moduletest.Create(t, s.Customers, ada, guest, &customer.Customer{}, &customer.Customer{})
		moduletest.Refuse(t, store,
			moduletest.Refusal{
				Do:   create(&customer.Customer{Email: new("bob@example.com"), HasAccount: true}, &customer.Customer{Email: new("ada@example.com"), HasAccount: true}),
				Type: fault.DuplicateError, Words: []string{`a customer with email "ada@example.com" and has_account true exists already`},
			},
			moduletest.Refusal{Do: create(&customer.Customer{HasAccount: true}), Words: []string{"customer.email is missing", "account"}},
			moduletest.Refusal{Do: create(&customer.Customer{Email: new("ada")}), Words: []string{"customer.email", `"ada"`}},
			moduletest.Refusal{Do: create(&customer.Customer{Email: new("ada@")}), Words: []string{"customer.email"}},
			moduletest.Refusal{Do: create(&customer.Customer{Email: new("a da@example.com")}), Words: []string{"customer.email"}},
			moduletest.Refusal{Do: create(&customer.Customer{Email: new("a@b@c")}), Words: []string{"customer.email"}},
			moduletest.Refusal{
				Name: "a guest who registers under a taken email",
				Do: func(ctx context.Context) error {
					_, err := s.Customers.Update(ctx, []string{guest.ID}, module.Patch{"has_account": true})
					return err
				},
				Type: fault.DuplicateError, Words: []string{"email"},
			},
			moduletest.Refusal{
				Name: "a second default address",
				Do: func(ctx context.Context) error {
					return s.Addresses.Create(ctx, &customer.Address{CustomerID: ada.ID, IsDefaultShipping: true})
				},
				Type: fault.DuplicateError, Words: []string{"customer_address", ada.ID, "at most one where is_default_billing, and one where is_default_shipping"},
			},
			moduletest.Refusal{
				Name: "an address of no customer",
				Do: func(ctx context.Context) error {
					return s.Addresses.Create(ctx, &customer.Address{CustomerID: "cus_x"})
				},
				Type: fault.NotFound, Words: []string{"customer_address.customer_id", "cus_x"},
			},
		)
	})
}

func TestGroups(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := customer.New(store)
		vip := &customer.Group{Name: "VIP", Customers: []*customer.Customer{{Email: new("ada@example.com")}, {}}}
		moduletest.Create(t, s.Groups, vip)
		moduletest.Create(t, s.Customers, &customer.Customer{Groups: []*customer.Group{vip}})
		if n, err := s.GroupCustomers.Count(t.Context(), module.Where{"customer_group_id": vip.ID}); n != 3 || err != nil {
			t.Errorf("the group has %d customers, want 3 (%v)", n, err)
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{
				Do:   func(ctx context.Context) error { return s.Groups.Create(ctx, &customer.Group{Name: "VIP"}) },
				Type: fault.DuplicateError, Words: []string{`a customer_group with name "VIP" exists already`},
			},
			moduletest.Refusal{
				Do:    func(ctx context.Context) error { return s.Groups.Create(ctx, &customer.Group{}) },
				Words: []string{"customer_group.name"},
			},
		)
	})
}

// What customers write themselves has limits: metadata grows with every change.
func TestCustomersWriteLittle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := customer.New(moduletest.Open(t, d, graph))
		c := &customer.Customer{}
		moduletest.Create(t, s.Customers, c)
		grow := func(n int) error {
			_, err := s.Customers.Update(t.Context(), []string{c.ID}, module.Patch{"metadata": map[string]any{fmt.Sprint("k", n): strings.Repeat("a", 30_000)}})
			return err
		}
		for n := range 2 {
			if err := grow(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := grow(2); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "65536") {
			t.Errorf("90 kB of metadata: %v", err)
		}
		for range 200 {
			if err := s.AddAddress(t.Context(), &customer.Address{CustomerID: c.ID}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AddAddress(t.Context(), &customer.Address{CustomerID: c.ID}); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "200") {
			t.Errorf("one more than 200 addresses: %v", err)
		}
	})
}
