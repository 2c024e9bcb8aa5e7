package shipping

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// Purpose is what shipping options are wanted for.
type Purpose struct {
	Return bool // to send goods back
	Store  bool // to be chosen by a customer
}

// An Offer is a shipping option that serves a cart.
type Offer struct {
	ID                    string
	PriceType             fulfillment.PriceType
	Price                 *pricing.Calculated // of a flat option; nil if it has none for the cart
	InsufficientInventory bool                // whether its location lacks something of the cart
}

// Options returns the shipping options that serve a cart: those of locations of its
// sales channel, in zones of its address, for the profiles of its goods, and whose
// rules hold. Without a country in the address, zones do not count.
func (s *Shipping) Options(ctx context.Context, cartID string, purpose Purpose) ([]Offer, error) {
	c, err := s.cart(ctx, "cart", cartID)
	if err != nil {
		return nil, err
	}
	return s.offers(ctx, c, purpose)
}

// OrderOptions returns the shipping options that serve an order as those of a cart do:
// also those that customers do not choose from, and then those to send goods back with.
func (s *Shipping) OrderOptions(ctx context.Context, orderID string) ([]Offer, error) {
	c, err := s.cart(ctx, "order", orderID)
	if err != nil {
		return nil, err
	}
	out, err := s.offers(ctx, c, Purpose{})
	if err != nil {
		return nil, err
	}
	back, err := s.offers(ctx, c, Purpose{Return: true})
	return append(out, back...), err
}

// offers returns the shipping options that serve a cart.
func (s *Shipping) offers(ctx context.Context, c *cart, purpose Purpose) ([]Offer, error) {
	found, err := s.serving(ctx, c, purpose)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	prices, err := s.priceAll(ctx, c, found)
	if err != nil {
		return nil, err
	}
	lacking, err := s.lacking(ctx, c, found)
	if err != nil {
		return nil, err
	}
	out := make([]Offer, len(found))
	for i, o := range found {
		out[i] = Offer{ID: o.ID, PriceType: o.PriceType, InsufficientInventory: lacking[o.location]}
		if o.PriceSet != nil {
			out[i].Price = prices[o.PriceSet.ID]
		}
	}
	return out, nil
}

// option is a shipping option as it is read to decide whether it serves a cart.
type option struct {
	ID        string                `json:"id"`
	PriceType fulfillment.PriceType `json:"price_type"`
	PriceSet  *struct {
		ID string `json:"id"`
	} `json:"price_set"`
	Rules         []*fulfillment.ShippingOptionRule `json:"rules"`
	ServiceZoneID string                            `json:"service_zone_id"`
	ServiceZone   struct {
		FulfillmentSetID string `json:"fulfillment_set_id"`
		FulfillmentSet   struct {
			Location *struct {
				ID string `json:"id"`
			} `json:"location"`
		} `json:"fulfillment_set"`
	} `json:"service_zone"`

	location string // where it is sent from, or ""
}

// serving reads the options that serve a cart: the zones of its address, and then their
// options. The locations of its sales channel were read with the cart: few sets are
// faster to find zones by than the links that lead to them.
func (s *Shipping) serving(ctx context.Context, c *cart, purpose Purpose) ([]*option, error) {
	sets := c.sets()
	if c.SalesChannelID != nil && len(sets) == 0 {
		return nil, nil
	}
	r := query.Request{Entity: "shipping_option", Limit: query.All, Filters: query.Filters{}, Fields: []string{
		"id", "price_type", "price_set.id", "rules.attribute", "rules.operator", "rules.value", "service_zone_id",
	}}
	zones, of := map[string]string{}, slices.Sorted(maps.Keys(sets))
	if to := c.destination(); to.CountryCode != "" {
		var err error
		if zones, err = s.shop.Fulfillment.ZonesOf(ctx, to, of...); err != nil || len(zones) == 0 {
			return nil, err
		}
		r.Filters["service_zone_id"] = slices.Sorted(maps.Keys(zones))
	} else {
		r.Fields = append(r.Fields, "service_zone.fulfillment_set_id")
		if len(of) > 0 {
			r.Filters["service_zone"] = query.Filters{"fulfillment_set_id": of}
		}
	}
	if c.SalesChannelID == nil {
		r.Fields = append(r.Fields, "service_zone.fulfillment_set.location.id")
	}
	if profiles := c.profiles(); profiles != nil {
		r.Filters["shipping_profile_id"] = profiles
	}
	res, err := s.shop.Query.Graph(ctx, r)
	if err != nil {
		return nil, err
	}
	var found []*option
	if err := json.Unmarshal(res.Data, &found); err != nil {
		return nil, err
	}
	for _, o := range found {
		o.location = sets[cmp.Or(zones[o.ServiceZoneID], o.ServiceZone.FulfillmentSetID)]
		if l := o.ServiceZone.FulfillmentSet.Location; l != nil {
			o.location = l.ID
		}
	}
	facts := c.facts(purpose)
	return slices.DeleteFunc(found, func(o *option) bool { return !fulfillment.Applies(o.Rules, facts) }), nil
}

// facts returns what rules of options are compared with.
func (c *cart) facts(purpose Purpose) fulfillment.Facts {
	out := fulfillment.Facts{
		fulfillment.AttributeReturn: {boolean(purpose.Return)},
		"currency_code":             {c.CurrencyCode},
		"item_total":                {c.ItemTotal.String()},
	}
	out[fulfillment.AttributeStore] = []string{"true"}
	if !purpose.Store { // operators choose from all
		out[fulfillment.AttributeStore] = []string{"true", "false"}
	}
	for name, value := range map[string]*string{"region_id": c.RegionID, "sales_channel_id": c.SalesChannelID} {
		if value != nil {
			out[name] = []string{*value}
		}
	}
	if c.Customer != nil {
		for _, g := range c.Customer.Groups {
			out["customer.groups.id"] = append(out["customer.groups.id"], g.ID)
		}
	}
	return out
}

func boolean(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// priceAll returns the prices of flat options, by price set.
func (s *Shipping) priceAll(ctx context.Context, c *cart, options []*option) (map[string]*pricing.Calculated, error) {
	var sets []string
	for _, o := range options {
		if o.PriceSet != nil && o.PriceType == fulfillment.PriceFlat {
			sets = append(sets, o.PriceSet.ID)
		}
	}
	found, err := s.shop.Pricing.Calculate(ctx, sets, c.prices())
	out := map[string]*pricing.Calculated{}
	for id, p := range found {
		out[id] = &p
	}
	return out, err
}

// lacking returns the locations of options where there is not enough of the goods.
func (s *Shipping) lacking(ctx context.Context, c *cart, options []*option) (map[string]bool, error) {
	needed := map[string]money.Amount{} // by inventory item
	for i := range c.Items {
		v := c.Items[i].Variant
		if v == nil || !v.ManageInventory || v.AllowBackorder {
			continue
		}
		for _, p := range v.InventoryItems {
			needed[p.InventoryItemID] = needed[p.InventoryItemID].Add(p.RequiredQuantity.Mul(c.Items[i].Quantity))
		}
	}
	var locations, items []string
	for _, o := range options {
		if id := o.location; id != "" && !slices.Contains(locations, id) {
			locations = append(locations, id)
		}
	}
	for id := range needed {
		items = append(items, id)
	}
	if len(items) == 0 {
		return nil, nil
	}
	there, err := s.shop.Inventory.Available(ctx, items, locations)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, location := range locations {
		for item, n := range needed {
			out[location] = out[location] || there[location][item].Cmp(n) < 0
		}
	}
	return out, nil
}

// Quote returns what the provider of a calculated option asks for a cart. An option
// that does not serve the cart is not_found.
func (s *Shipping) Quote(ctx context.Context, optionID, cartID string, data json.RawMessage) (fulfillment.Quote, error) {
	c, err := s.cart(ctx, "cart", cartID)
	if err != nil {
		return fulfillment.Quote{}, err
	}
	found, err := s.serving(ctx, c, Purpose{Store: true})
	if err != nil {
		return fulfillment.Quote{}, err
	}
	at := slices.IndexFunc(found, func(o *option) bool { return o.ID == optionID })
	if at < 0 {
		return fulfillment.Quote{}, fault.New(fault.NotFound, "Shipping option with id: %s does not serve the cart", fault.Clip(optionID))
	}
	if found[at].PriceType != fulfillment.PriceCalculated {
		return fulfillment.Quote{}, fault.New(fault.InvalidData, "shipping option %q has a flat price, which the list of options returns", optionID)
	}
	record, err := s.shop.Fulfillment.ShippingOptions.Retrieve(ctx, optionID)
	if err != nil {
		return fulfillment.Quote{}, err
	}
	p, err := s.shop.Fulfillment.Provider(text(record.ProviderID))
	if err != nil {
		return fulfillment.Quote{}, err
	}
	return p.Price(ctx, c.parcel(json.RawMessage(record.Data), data))
}
