package modules_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// rule is a constraint of the database: after first, second is refused.
type rule struct {
	name          string
	first, second write
	want          fault.Type // "" means it is allowed
}

// write is a write of a rule.
type write = func(ctx context.Context, s *module.Store) error

func person(email string, account bool) write {
	return func(ctx context.Context, s *module.Store) error {
		return module.For[customer.Customer](s, customer.Customers).Create(ctx, &customer.Customer{Email: &email, HasAccount: account})
	}
}

// address adds an address to the only customer.
func address(billing, shipping bool) write {
	return func(ctx context.Context, s *module.Store) error {
		c := &customer.Customer{}
		c.ID = "cus_1"
		customers := module.For[customer.Customer](s, customer.Customers)
		if n, err := customers.Count(ctx, nil); err != nil || n == 0 {
			if err = errors.Join(err, customers.Create(ctx, c)); err != nil {
				return err
			}
		}
		a := &customer.Address{CustomerID: c.ID, IsDefaultBilling: billing, IsDefaultShipping: shipping}
		return module.For[customer.Address](s, customer.Addresses).Create(ctx, a)
	}
}

func option(exclusive bool) write {
	return func(ctx context.Context, s *module.Store) error {
		return module.For[product.Option](s, product.Options).Create(ctx, &product.Option{Title: "Size", IsExclusive: exclusive})
	}
}

// factor adds a second factor to the only identity.
func factor(status string) write {
	return func(ctx context.Context, s *module.Store) error {
		i := &auth.Identity{}
		i.ID = "authid_1"
		identities := module.For[auth.Identity](s, auth.Identities)
		if n, err := identities.Count(ctx, nil); err != nil || n == 0 {
			if err = errors.Join(err, identities.Create(ctx, i)); err != nil {
				return err
			}
		}
		f := &auth.MFAFactor{Provider: "totp", Status: status, AuthIdentityID: i.ID}
		return module.For[auth.MFAFactor](s, auth.MFAFactors).Create(ctx, f)
	}
}

func line(price int64) write {
	return func(ctx context.Context, s *module.Store) error {
		c := &cart.Cart{CurrencyCode: "eur", Items: []*cart.LineItem{{Title: "Mug", Quantity: 1, UnitPrice: money.Int(price)}}}
		return module.For[cart.Cart](s, cart.Carts).Create(ctx, c)
	}
}

func rules() []rule {
	return []rule{
		{"a guest may have a registered customer's email", person("ada@example.com", true), person("ada@example.com", false), ""},
		{"two registered customers have two emails", person("ada@example.com", true), person("ada@example.com", true), fault.DuplicateError},
		{"a customer has one billing address by default", address(true, false), address(true, false), fault.DuplicateError},
		{"a customer has one shipping address by default", address(false, true), address(false, true), fault.DuplicateError},
		{"the defaults may be two addresses", address(true, false), address(false, true), ""},
		{"a customer has many other addresses", address(false, false), address(false, false), ""},
		{"shared options have their own titles", option(false), option(false), fault.DuplicateError},
		{"exclusive options may have any title", option(false), option(true), ""},
		{"one factor of a provider is in use", factor("enabled"), factor("pending"), fault.DuplicateError},
		{"other factors may be many", factor("disabled"), factor("disabled"), ""},
		{"a line of a cart may be free", line(5), line(0), ""},
		{"a line of a cart costs nothing less", line(5), line(-1), fault.InvalidData},
	}
}

func TestRulesHeldByTheDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStore(t, d)
		for _, r := range rules() {
			t.Run(r.name, func(t *testing.T) {
				undo := errors.New("undo")
				err := db.Do(t.Context(), d, func(ctx context.Context) error {
					if err := r.first(ctx, s); err != nil {
						t.Fatalf("the first: %v", err)
					}
					var f *fault.Error
					switch err := db.Savepoint(ctx, d, func(ctx context.Context) error { return r.second(ctx, s) }); {
					case r.want == "" && err != nil:
						t.Errorf("the second: %v", err)
					case r.want != "" && (!errors.As(err, &f) || f.Type != r.want):
						t.Errorf("the second: %v; want %s", err, r.want)
					}
					return undo
				})
				if !errors.Is(err, undo) {
					t.Fatal(err)
				}
			})
		}
	})
}
