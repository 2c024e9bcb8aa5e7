package store

import (
	"encoding/json"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows/shipping"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

const (
	shippingColumns = "id, name, price_type, service_zone_id, shipping_profile_id, provider_id"
	shippingShown   = shippingColumns + `, data, type{id, label, description, code}, provider{id, is_enabled}, rules{attribute, operator, value},
		prices{id, title, currency_code, amount, min_quantity, max_quantity, rules_count, price_set_id, price_list_id, created_at, updated_at, deleted_at,
			price_rules{id, attribute, operator, value, priority, price_id, created_at, updated_at, deleted_at}},
		service_zone{id, fulfillment_set_id, fulfillment_set{id, type, location{id, address{id, company, address_1, address_2, city, country_code,
			province, postal_code, phone, metadata, created_at, updated_at, deleted_at}}}}`
	shippingQuoted = shippingColumns + ", shipping_option_type_id, metadata"
)

var allowedShipping = api.Fields(shippingShown + ", shipping_option_type_id, metadata")

// offerFields are what an option has for a cart.
var offerFields = body.Object{
	body.Required("calculated_price", body.Map), body.Required("amount", body.Amount), body.Required("is_tax_inclusive", body.Flag),
	body.Required("insufficient_inventory", body.Flag),
}

// shippingOptions are those that serve a cart.
func (r *routes) shippingOptions() []api.Route {
	visible := r.show("shipping_option", allowedShipping)
	visible.Depth = 4
	of := func(fields string, others ...api.Parameter) *api.Selector {
		return api.Resource{
			One: "shipping_option", Entity: "shipping_option", Access: api.Storefront, Fields: api.Fields(fields), Visible: visible,
			Listing: api.Listing{Others: others},
		}.Selector(r.Shop)
	}
	list := of(shippingShown,
		api.Parameter{Name: "cart_id", Description: "the cart; required", Type: body.Text},
		api.Parameter{Name: "is_return", Description: "the options to send goods back with", Type: body.Flag},
		api.NoEffect("offset"), api.NoEffect("limit"), api.NoEffect("order"), api.NoEffect("with_deleted"))
	one := of(shippingQuoted)
	return []api.Route{
		{
			Method: http.MethodGet, Path: "/store/shipping-options", Access: api.Storefront, Summary: "List the shipping options that serve a cart", Params: list.Parameters(),
			Answer: api.Answer{Entity: "shipping_option", Key: "shipping_options", Whole: true, Fields: api.Fields(shippingShown), Added: offerFields},
			Do:     func(c *api.Call) error { return r.listOptions(c, list) },
		},
		{
			Method: http.MethodPost, Path: "/store/shipping-options/{id}/calculate", Access: api.Storefront, Summary: "Ask what a shipping option costs",
			Body: quoteRequests.Object(), Params: one.Parameters(),
			Answer: api.Answer{Entity: "shipping_option", Key: "shipping_option", Fields: api.Fields(shippingQuoted), Added: offerFields[:3]},
			Do:     func(c *api.Call) error { return r.quote(c, one) },
		},
	}
}

// listOptions responds with the options that serve a cart, with what they cost.
func (r *routes) listOptions(c *api.Call, selector *api.Selector) error {
	fields, err := selector.Fields(c)
	if err != nil {
		return err
	}
	cart := c.Query("cart_id")
	if cart == "" {
		return fault.New(fault.InvalidData, "Invalid request: Field 'cart_id' is required")
	}
	back := c.Query("is_return")
	if back != "" && back != "true" && back != "false" {
		return fault.New(fault.InvalidData, "is_return is %q; want true or false", fault.Clip(back))
	}
	offers, err := r.shipping.Options(c.Context(), cart, shipping.Purpose{Store: true, Return: back == "true"})
	if err != nil {
		return err
	}
	ids, of := make([]string, len(offers)), make(map[string]shipping.Offer, len(offers))
	for i, o := range offers {
		ids[i], of[o.ID] = o.ID, o
	}
	records, err := r.readOptions(c, fields, ids)
	if err != nil {
		return err
	}
	for _, record := range records { // an opening may hide some of them
		if err := record.offer(of[record.text("id")]); err != nil {
			return err
		}
	}
	return c.JSON(struct {
		Options []object `json:"shipping_options"`
	}{records})
}

// readOptions reads what a storefront may see of shipping options, in the order of
// their ids.
func (r *routes) readOptions(c *api.Call, fields, ids []string) ([]object, error) {
	records := []object{}
	if len(ids) == 0 {
		return records, nil
	}
	seen, err := r.seen(c)
	if err != nil {
		return nil, err
	}
	res, err := r.Query.Graph(c.Context(), query.Request{
		Entity: "shipping_option", Fields: fields, Filters: query.Filters{"id": ids}, KeepOrder: true, Limit: query.All, Visible: seen,
	})
	if err != nil {
		return nil, err
	}
	return records, json.Unmarshal(res.Data, &records)
}

// offer adds what an option costs, and whether it can be delivered.
func (o object) offer(of shipping.Offer) error {
	var amount *money.Amount
	if of.Price != nil {
		amount = &of.Price.CalculatedAmount
	}
	return o.add(map[string]any{
		"calculated_price": of.Price, "insufficient_inventory": of.InsufficientInventory,
		"amount": amount, "is_tax_inclusive": of.Price != nil && of.Price.IsCalculatedPriceTaxInclusive,
	})
}

// add adds fields to a record.
func (o object) add(fields map[string]any) error {
	for name, v := range fields {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		o[name] = text
	}
	return nil
}

// quoteRequest is the body of a request for the price of a calculated option.
type quoteRequest struct {
	CartID string        `json:"cart_id" body:"required"`
	Data   model.RawJSON `json:"data" body:"object"`
}

var quoteRequests = body.For[quoteRequest]()

// quoted is the price that a provider has calculated.
type quoted struct {
	CalculatedAmount              money.Amount `json:"calculated_amount"`
	IsCalculatedPriceTaxInclusive bool         `json:"is_calculated_price_tax_inclusive"`
}

// quote responds with a calculated option and its price for a cart.
func (r *routes) quote(c *api.Call, selector *api.Selector) error {
	fields, err := selector.Fields(c)
	if err != nil {
		return err
	}
	in, err := api.Decode(c, quoteRequests)
	if err != nil {
		return err
	}
	q, err := r.shipping.Quote(c.Context(), c.Param("id"), in.CartID, json.RawMessage(in.Data))
	if err != nil {
		return err
	}
	records, err := r.readOptions(c, fields, []string{c.Param("id")})
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return fault.New(fault.NotFound, "Shipping option with id: %s was not found", fault.Clip(c.Param("id")))
	}
	err = records[0].add(map[string]any{
		"calculated_price": quoted{q.Amount, q.TaxInclusive}, "amount": q.Amount, "is_tax_inclusive": q.TaxInclusive,
	})
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Option object `json:"shipping_option"`
	}{records[0]})
}
