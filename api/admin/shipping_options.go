package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows/shipping"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/query"
)

var (
	newShippingOptions    = body.For[shipping.NewOption]()
	shippingOptionChanges = body.For[shipping.OptionChange](body.ColumnsOf(fulfillment.ShippingOptions, "name", "data", "price_type", "provider_id", "shipping_profile_id", "metadata"))
	shippingOptionRules   = body.For[batch[shipping.Rule, shipping.Rule]]()
)

func (r *routes) shippingOptions() []api.Route {
	options := api.Resource{
		One: "shipping_option", Many: "shipping_options", Path: "/admin/shipping-options", Entity: "shipping_option", Access: api.Admin, Limit: 20,
		Fields: api.Fields(`id, name, price_type, data, provider_id, metadata, created_at, updated_at, rules.*, type.*, prices{*, price_rules.*},
			service_zone.*, shipping_profile.*, provider.*,
			service_zone_id, shipping_profile_id, shipping_option_type_id`), // which the form of the dashboard starts from
		Filters: api.Aliases{"stock_location_id": "service_zone.fulfillment_set.location.id"},
		Listing: api.Listing{Others: []api.Parameter{
			{Name: "is_return", Description: "only options that goods are sent back with, or only others", Type: body.Flag},
			{Name: "admin_only", Description: "only options that customers cannot choose, or only others", Type: body.Flag},
		}},
		Visible: api.Visibility{Scope: byRules},
		Create: api.Writes(newShippingOptions, func(ctx context.Context, _ *api.Call, in *shipping.NewOption) (string, error) {
			return r.shipping.CreateOption(ctx, in)
		}),
		Update: api.Writes(shippingOptionChanges, func(ctx context.Context, c *api.Call, in *shipping.OptionChange) (string, error) {
			return c.Param("id"), r.shipping.UpdateOption(ctx, c.Param("id"), in)
		}),
		Delete: r.Fulfillment.ShippingOptions.SoftDelete,
	}
	return append(options.Routes(r.Shop), r.optionRuleBatch())
}

// byRules returns the condition of options that the parameters is_return and
// admin_only stand for. An option without a rule is not for returns, and customers can
// choose it.
func byRules(c *api.Call) (query.Filters, error) {
	var all []any
	for _, p := range []struct{ parameter, attribute, value string }{
		{"is_return", fulfillment.AttributeReturn, "true"},
		{"admin_only", fulfillment.AttributeStore, "false"},
	} {
		has := query.Filters{"rules": query.Filters{"attribute": p.attribute, "operator": "eq", "value": p.value}}
		switch text := c.Query(p.parameter); text {
		case "":
		case "true":
			all = append(all, has)
		case "false":
			all = append(all, query.Filters{"$not": has})
		default:
			return nil, fault.New(fault.InvalidData, "%s is %q; want true or false", p.parameter, fault.Clip(text))
		}
	}
	if all == nil {
		return nil, nil
	}
	return query.Filters{"$and": all}, nil
}

// optionRuleBatch creates, changes and deletes rules of a shipping option.
func (r *routes) optionRuleBatch() api.Route {
	rules := api.Resource{Entity: "shipping_option_rule", Fields: api.Fields("id, attribute, operator, value, shipping_option_id, created_at, updated_at")}
	return batchRoute(r, "/admin/shipping-options/{id}/rules/batch", "Create, change and delete rules of a shipping option", shippingOptionRules, rules,
		batchWork[shipping.Rule, shipping.Rule]{
			object: "shipping_option_rule",
			create: func(ctx context.Context, c *api.Call, all []shipping.Rule) ([]string, error) {
				if err := r.Fulfillment.ShippingOptions.Exist(ctx, c.Param("id")); err != nil {
					return nil, err
				}
				return r.shipping.AddRules(ctx, c.Param("id"), all)
			},
			update: func(ctx context.Context, c *api.Call, one *shipping.Rule) (string, error) {
				_, err := r.shipping.ChangeRules(ctx, c.Param("id"), []shipping.Rule{*one})
				return one.ID, err
			},
			delete: func(ctx context.Context, c *api.Call, ids []string) error {
				return r.shipping.RemoveRules(ctx, c.Param("id"), ids)
			},
		})
}
