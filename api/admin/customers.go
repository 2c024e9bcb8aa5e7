package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/query"
)

var addressColumns = []string{
	"address_name", "is_default_shipping", "is_default_billing", "company", "first_name", "last_name",
	"address_1", "address_2", "city", "country_code", "province", "postal_code", "phone", "metadata",
}

func (r *routes) customers() []api.Route {
	columns := []string{"email", "company_name", "first_name", "last_name", "phone", "metadata"}
	body := api.Columns(customer.Customers, columns...).With(api.May("email", api.Email.OrNull()), api.May("additional_data", api.Map.OrNull()))
	customers := api.Resource{
		One: "customer", Many: "customers", Path: "/admin/customers", Entity: "customer", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, company_name, first_name, last_name, email, phone, metadata, has_account, created_by, created_at, updated_at, deleted_at"),
		Create: &api.Write{Body: body, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			record := &customer.Customer{CreatedBy: creator(c)}
			if err := v.Without("additional_data").Into(record); err != nil {
				return "", err
			}
			err := r.Customers.Customers.Create(ctx, record)
			return record.ID, err
		}},
		Update: &api.Write{Body: body, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), api.Update(ctx, r.Customers.Customers, c.Param("id"), v.Patch(columns...))
		}},
		Delete: r.Flows.DeleteCustomer, Deleted: r.Distrust,
		Missing: "Customer with id: %s not found",
	}
	groups := customers.Action(r.Shop, "/customer-groups", "Change the groups of a customer", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			id := c.Param("id")
			if err := r.Customers.Customers.Unrelate(ctx, id, "groups", v.Texts("remove")...); err != nil {
				return "", err
			}
			return id, r.Customers.Customers.Relate(ctx, id, "groups", v.Texts("add")...)
		})
	return append(append(customers.Routes(r.Shop), groups), r.addresses(customers).Routes(r.Shop)...)
}

// creator is the user that makes a record; nil for an API key.
func creator(c *api.Call) *string {
	if c.Caller.Type != "user" {
		return nil
	}
	return &c.Caller.ID
}

// addresses are those of one customer.
func (r *routes) addresses(customers api.Resource) api.Resource {
	body := api.Columns(customer.Addresses, addressColumns...).Optional().With(api.May("additional_data", api.Map.OrNull()))
	return api.Resource{
		One: "address", Many: "addresses", Path: "/admin/customers/{id}/addresses", ID: "address_id", Entity: "customer_address",
		Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, address_name, company, customer_id, first_name, last_name, address_1, address_2, city, province,
			postal_code, country_code, phone, metadata, is_default_shipping, is_default_billing, created_at, updated_at`),
		Scope: func(c *api.Call) (query.Filters, error) { return query.Filters{"customer_id": c.Param("id")}, nil },
		Create: &api.Write{Body: body, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			a := &customer.Address{CustomerID: c.Param("id")}
			if err := v.Without("additional_data").Into(a); err != nil {
				return "", err
			}
			return a.CustomerID, r.Customers.AddAddress(ctx, a)
		}},
		Update: &api.Write{Body: body, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), r.Customers.ChangeAddress(ctx, c.Param("id"), c.Param("address_id"), v.Patch(addressColumns...))
		}},
		Delete: r.Customers.Addresses.SoftDelete, Object: "customer_address", Parent: &customers,
		Owned: func(ctx context.Context, c *api.Call) error {
			if c.Method != http.MethodDelete {
				return nil // the change looks itself
			}
			return r.Customers.Owns(ctx, c.Param("id"), c.Param("address_id"))
		},
	}
}

func (r *routes) customerGroups() []api.Route {
	records := r.Customers.Groups
	groups := api.Resource{
		One: "customer_group", Many: "customer_groups", Path: "/admin/customer-groups", Entity: "customer_group", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, name, created_by, created_at, updated_at, deleted_at, metadata"),
		Create: api.Creates(records, "name", "metadata"),
		Update: api.Updates(records, "name", "metadata"),
		Delete: removes(r, records),
	}
	return append(groups.Routes(r.Shop), groups.Action(r.Shop, "/customers", "Change the customers of a group", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			id := c.Param("id")
			if err := records.Unrelate(ctx, id, "customers", v.Texts("remove")...); err != nil {
				return "", err
			}
			return id, records.Relate(ctx, id, "customers", v.Texts("add")...)
		}))
}
