package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/query"
)

var (
	customerColumns = body.ColumnsOf(customer.Customers, "email", "company_name", "first_name", "last_name", "phone", "metadata").
			With(body.Optional("email", body.Email.OrNull())).Ignoring("additional_data")
	addressColumns = body.ColumnsOf(customer.Addresses,
		"address_name", "is_default_shipping", "is_default_billing", "company", "first_name", "last_name",
		"address_1", "address_2", "city", "country_code", "province", "postal_code", "phone", "metadata").Optional().Ignoring("additional_data")

	newCustomers   = body.For[customer.Customer](customerColumns)
	newAddresses   = body.For[customer.Address](addressColumns)
	addressChanges = body.For[module.Patch](addressColumns)
)

func (r *routes) customers() []api.Route {
	records := r.Customer.Customers
	customers := api.Resource{
		One: "customer", Many: "customers", Path: "/admin/customers", Entity: "customer", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, company_name, first_name, last_name, email, phone, metadata, has_account, created_by, created_at, updated_at, deleted_at"),
		Create: api.Writes(newCustomers, func(ctx context.Context, c *api.Call, in *customer.Customer) (string, error) {
			in.CreatedBy = creator(c)
			return api.Create(ctx, records, in)
		}),
		Update: api.Updates(records, customerColumns), Delete: records.SoftDelete,
		Lookup: api.Lookup{Missing: "Customer with id: %s not found"},
	}
	groups := customers.Action(r.Shop, "/customer-groups", "Change the groups of a customer",
		members(func(ctx context.Context, id string, in *membership) error {
			if err := records.Unrelate(ctx, id, "groups", in.Remove...); err != nil {
				return err
			}
			return records.Relate(ctx, id, "groups", in.Add...)
		}))
	return append(append(customers.Routes(r.Shop), groups), r.addresses(customers).Routes(r.Shop)...)
}

// creator returns the id of the user who creates a record; nil for an API key.
func creator(c *api.Call) *string {
	if c.Caller.Type != "user" {
		return nil
	}
	return &c.Caller.ID
}

// addresses are those of one customer.
func (r *routes) addresses(customers api.Resource) api.Resource {
	return api.Resource{
		One: "address", Many: "addresses", Path: "/admin/customers/{id}/addresses", Entity: "customer_address", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, address_name, company, customer_id, first_name, last_name, address_1, address_2, city, province,
			postal_code, country_code, phone, metadata, is_default_shipping, is_default_billing, created_at, updated_at`),
		Create: api.Writes(newAddresses, func(ctx context.Context, c *api.Call, in *customer.Address) (string, error) {
			in.CustomerID = c.Param("id")
			return in.CustomerID, r.Customer.AddAddress(ctx, in)
		}),
		Update: api.Writes(addressChanges, func(ctx context.Context, c *api.Call, in *module.Patch) (string, error) {
			return c.Param("id"), r.Customer.ChangeAddress(ctx, c.Param("id"), c.Param("address_id"), *in)
		}),
		Delete: r.Customer.Addresses.SoftDelete,
		Lookup: api.Lookup{Param: "address_id"},
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"customer_id": c.Param("id")}, nil
		}},
		Owner: api.Ownership{Parent: &customers, Object: "customer_address", Check: func(ctx context.Context, c *api.Call) error {
			if c.Method != http.MethodDelete {
				return nil // a change checks for itself
			}
			return r.Customer.Owns(ctx, c.Param("id"), c.Param("address_id"))
		}},
	}
}
