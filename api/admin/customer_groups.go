package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/customer"
)

func (r *routes) customerGroups() []api.Route {
	records, columns := r.Customer.Groups, body.ColumnsOf(customer.Groups, "name", "metadata")
	groups := api.Resource{
		One: "customer_group", Many: "customer_groups", Path: "/admin/customer-groups", Entity: "customer_group", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, name, created_by, created_at, updated_at, deleted_at, metadata"),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	}
	return append(groups.Routes(r.Shop), groups.Action(r.Shop, "/customers", "Change the customers of a group",
		members(func(ctx context.Context, id string, in *membership) error {
			if err := records.Unrelate(ctx, id, "customers", in.Remove...); err != nil {
				return err
			}
			return records.Relate(ctx, id, "customers", in.Add...)
		})))
}
