package admin

import (
	"encoding/json"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// orderOptionFields are what a shipping option of an order has of itself.
var orderOptionFields = api.Fields(`id, name, price_type, service_zone_id, shipping_profile_id, provider_id, data, type{id, label, description, code},
	provider{id, is_enabled}, rules{attribute, operator, value}, prices{*, price_rules.*}, service_zone{id, fulfillment_set_id, fulfillment_set{id, type, location{id, name, address.*}}}`)

// orderOptions returns the route that lists the shipping options that serve an order.
func (r *routes) orderOptions() api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/admin/orders/{id}/shipping-options", Access: api.Admin, Summary: "List the shipping options that serve an order, with what they cost",
		Answer: api.Answer{Entity: "shipping_option", Key: "shipping_options", Whole: true, Fields: orderOptionFields, Added: body.Object{
			body.Required("calculated_price", body.Any), body.Required("amount", body.Amount.OrNull()), body.Required("is_tax_inclusive", body.Flag), body.Required("insufficient_inventory", body.Flag),
		}},
		Do: func(c *api.Call) error {
			offers, err := r.shipping.OrderOptions(c.Context(), c.Param("id"))
			if err != nil {
				return err
			}
			ids := make([]string, len(offers))
			for n, o := range offers {
				ids[n] = o.ID
			}
			options := []document{}
			if len(ids) > 0 {
				res, err := r.Query.Graph(c.Context(), query.Request{Entity: "shipping_option", Fields: orderOptionFields, Filters: query.Filters{"id": ids}, KeepOrder: true, Limit: query.All})
				if err != nil {
					return err
				}
				if err := json.Unmarshal(res.Data, &options); err != nil {
					return err
				}
			}
			for n, option := range options {
				var amount *money.Amount
				if offers[n].Price != nil {
					amount = &offers[n].Price.CalculatedAmount
				}
				if err := option.set(map[string]any{
					"calculated_price": offers[n].Price, "amount": amount, "insufficient_inventory": offers[n].InsufficientInventory,
					"is_tax_inclusive": offers[n].Price != nil && offers[n].Price.IsCalculatedPriceTaxInclusive,
				}); err != nil {
					return err
				}
			}
			return c.JSON(struct {
				Options []document `json:"shipping_options"`
			}{options})
		},
	}
}
