package store

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/query"
)

const profileFields = "id, email, company_name, first_name, last_name, phone, metadata, has_account, deleted_at, created_at, updated_at, addresses.*"

// customers: a customer sees and changes their own profile and addresses.
func (r *routes) customers() []api.Route {
	columns := []string{"company_name", "first_name", "last_name", "phone", "metadata"}
	profile := api.Resource{
		One: "customer", Path: "/store/customers", Entity: "customer", Access: api.Customer,
		Fields: api.Fields(profileFields), Allowed: allowedCustomers,
		Missing: "Customer with id: %s not found",
		Whose:   func(c *api.Call) string { return c.Caller.ID },
	}
	change := profile.WriteAt(r.Shop, "/store/customers/me", "Change the customer who calls", api.Columns(customer.Customers, columns...).Optional(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Caller.ID, api.Update(ctx, r.Customers.Customers, c.Caller.ID, v.Patch(columns...))
		})
	out := []api.Route{profile.RouteAt(r.Shop, "/store/customers/me", "Read the customer who calls"), change, r.register(profile)}
	return append(out, r.addresses(profile).Routes(r.Shop)...)
}

// register makes the customer of an identity that has none yet.
func (r *routes) register(profile api.Resource) api.Route {
	body := api.Columns(customer.Customers, "email", "company_name", "first_name", "last_name", "phone", "metadata").
		With(api.May("email", api.Email.OrNull()))
	route := profile.WriteAt(r.Shop, "/store/customers", "Become a customer, with the token of a registration", body,
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			record := &customer.Customer{}
			if err := v.Into(record); err != nil {
				return "", err
			}
			return r.Flows.RegisterCustomer(ctx, c.Caller.Claims, record)
		})
	route.Access = api.Newcomer
	return route
}

func (r *routes) addresses(profile api.Resource) api.Resource {
	columns := []string{
		"first_name", "last_name", "phone", "company", "address_1", "address_2", "city", "country_code", "province", "postal_code",
		"metadata", "address_name", "is_default_shipping", "is_default_billing",
	}
	body := api.Columns(customer.Addresses, columns...).Optional()
	return api.Resource{
		One: "address", Many: "addresses", Path: "/store/customers/me/addresses", ID: "address_id", Entity: "customer_address",
		Access: api.Customer, Limit: 50,
		Fields: api.Fields(addressColumns), Allowed: allowedAddresses,
		Scope: func(c *api.Call) (query.Filters, error) { return query.Filters{"customer_id": c.Caller.ID}, nil },
		Create: &api.Write{Body: body, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			a := &customer.Address{}
			if err := v.Into(a); err != nil {
				return "", err
			}
			a.CustomerID = c.Caller.ID
			return a.CustomerID, r.Customers.AddAddress(ctx, a)
		}},
		Update: &api.Write{Body: body, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Caller.ID, r.Customers.ChangeAddress(ctx, c.Caller.ID, c.Param("address_id"), v.Patch(columns...))
		}},
		Delete: r.Customers.Addresses.SoftDelete, Parent: &profile,
		Owned: func(ctx context.Context, c *api.Call) error {
			if c.Method != http.MethodDelete {
				return nil // the change looks itself
			}
			return r.Customers.Owns(ctx, c.Caller.ID, c.Param("address_id"))
		},
	}
}
