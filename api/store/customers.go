package store

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
)

const profileFields = "id, email, company_name, first_name, last_name, phone, metadata, has_account, deleted_at, created_at, updated_at, addresses.*"

var (
	profileColumns = body.ColumnsOf(customer.Customers, "company_name", "first_name", "last_name", "phone", "metadata")
	profileChanges = body.For[module.Patch](profileColumns)
	newCustomers   = body.For[customer.Customer](body.ColumnsOf(customer.Customers, "email", "company_name", "first_name", "last_name", "phone", "metadata").
			With(body.Optional("email", body.Email.OrNull())))

	customerAddressColumns = body.ColumnsOf(customer.Addresses,
		"first_name", "last_name", "phone", "company", "address_1", "address_2", "city", "country_code", "province", "postal_code",
		"metadata", "address_name", "is_default_shipping", "is_default_billing").Optional()
	newAddresses   = body.For[customer.Address](customerAddressColumns)
	addressChanges = body.For[module.Patch](customerAddressColumns)
)

// customers: a customer sees and changes their own profile and addresses.
func (r *routes) customers() []api.Route {
	profile := api.Resource{
		One: "customer", Path: "/store/customers", Entity: "customer", Access: api.Customer,
		Fields:  api.Fields(profileFields),
		Lookup:  api.Lookup{Missing: "Customer with id: %s not found", Whose: func(c *api.Call) string { return c.Caller.ID }},
		Visible: r.show("customer", allowedCustomers),
	}
	change := profile.WriteAt(r.Shop, "/store/customers/me", "Change the customer who calls", api.Writes(profileChanges,
		func(ctx context.Context, c *api.Call, in *module.Patch) (string, error) {
			return c.Caller.ID, api.Update(ctx, r.Customer.Customers, c.Caller.ID, *in)
		}))
	made := profile
	made.Visible.Models = r.seenNew
	register := made.WriteAt(r.Shop, "/store/customers", "Become a customer, with the token of a registration", api.Writes(newCustomers,
		func(ctx context.Context, c *api.Call, in *customer.Customer) (string, error) {
			return r.people.RegisterCustomer(ctx, c.Caller.Claims, in)
		}))
	register.Access = api.Newcomer
	out := []api.Route{profile.RouteAt(r.Shop, "/store/customers/me", "Read the customer who calls"), change, register}
	return append(out, r.addresses(profile).Routes(r.Shop)...)
}

func (r *routes) addresses(profile api.Resource) api.Resource {
	return api.Resource{
		One: "address", Many: "addresses", Path: "/store/customers/me/addresses", Entity: "customer_address", Access: api.Customer, Limit: 50,
		Fields: api.Fields(addressColumns),
		Create: api.Writes(newAddresses, func(ctx context.Context, c *api.Call, in *customer.Address) (string, error) {
			in.CustomerID = c.Caller.ID
			return in.CustomerID, r.Customer.AddAddress(ctx, in)
		}),
		Update: api.Writes(addressChanges, func(ctx context.Context, c *api.Call, in *module.Patch) (string, error) {
			return c.Caller.ID, r.Customer.ChangeAddress(ctx, c.Caller.ID, c.Param("address_id"), *in)
		}),
		Delete:  r.Customer.Addresses.SoftDelete,
		Lookup:  api.Lookup{Param: "address_id"},
		Visible: r.show("customer_address", allowedAddresses),
		Owner: api.Ownership{Parent: &profile, Check: func(ctx context.Context, c *api.Call) error {
			if c.Method != http.MethodDelete {
				return nil // a change checks for itself
			}
			return r.Customer.Owns(ctx, c.Caller.ID, c.Param("address_id"))
		}},
	}
}
