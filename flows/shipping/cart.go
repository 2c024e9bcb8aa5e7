package shipping

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// cart is what of a cart decides how it can be shipped, and at which price.
type cart struct {
	ID             string       `json:"id"`
	CurrencyCode   string       `json:"currency_code"`
	RegionID       *string      `json:"region_id"`
	SalesChannelID *string      `json:"sales_channel_id"`
	ItemTotal      money.Amount `json:"item_total"` // of the goods, after discounts and with taxes
	SalesChannel   *struct {
		StockLocations []struct {
			ID              string `json:"id"`
			FulfillmentSets []struct {
				ID string `json:"id"`
			} `json:"fulfillment_sets"`
		} `json:"stock_locations"`
	} `json:"sales_channel"`
	Customer *struct {
		Groups []struct {
			ID string `json:"id"`
		} `json:"groups"`
	} `json:"customer"`
	ShippingAddress *struct {
		CountryCode *string `json:"country_code"`
		Province    *string `json:"province"`
		City        *string `json:"city"`
		PostalCode  *string `json:"postal_code"`
	} `json:"shipping_address"`
	Items []item `json:"items"`
}

// item is a line of a cart, with what it consists of.
type item struct {
	Title            string       `json:"title"`
	Quantity         money.Amount `json:"quantity"`
	UnitPrice        money.Amount `json:"unit_price"`
	RequiresShipping bool         `json:"requires_shipping"`
	Variant          *struct {
		ID              string `json:"id"`
		ManageInventory bool   `json:"manage_inventory"`
		AllowBackorder  bool   `json:"allow_backorder"`
		Product         *struct {
			ShippingProfile *struct {
				ID string `json:"id"`
			} `json:"shipping_profile"`
		} `json:"product"`
		InventoryItems []struct {
			InventoryItemID  string       `json:"inventory_item_id"`
			RequiredQuantity money.Amount `json:"required_quantity"`
		} `json:"inventory_items"`
	} `json:"variant"`
}

var cartFields = []string{
	"id", "currency_code", "region_id", "sales_channel_id", "item_total", "customer.groups.id",
	"sales_channel.stock_locations.id", "sales_channel.stock_locations.fulfillment_sets.id",
	"shipping_address.country_code", "shipping_address.province", "shipping_address.city", "shipping_address.postal_code",
	"items.title", "items.quantity", "items.unit_price", "items.requires_shipping",
	"items.variant.id", "items.variant.manage_inventory", "items.variant.allow_backorder", "items.variant.product.shipping_profile.id",
	"items.variant.inventory_items.inventory_item_id", "items.variant.inventory_items.required_quantity",
}

// cart reads a cart, or an order as one. An unknown one is not_found.
func (s *Shipping) cart(ctx context.Context, entity, id string) (*cart, error) {
	res, err := s.shop.Query.Graph(ctx, query.Request{Entity: entity, Fields: cartFields, Filters: query.Filters{"id": id}, Limit: 1})
	if err != nil {
		return nil, err
	}
	var found []cart
	if err := json.Unmarshal(res.Data, &found); err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "%s id not found: %s", strings.ToUpper(entity[:1])+entity[1:], fault.Clip(id))
	}
	return &found[0], nil
}

// sets returns the fulfillment sets that the sales channel of the cart is served from, with
// their locations.
func (c *cart) sets() map[string]string {
	out := map[string]string{}
	if c.SalesChannel == nil {
		return out
	}
	for _, l := range c.SalesChannel.StockLocations {
		for _, set := range l.FulfillmentSets {
			out[set.ID] = l.ID
		}
	}
	return out
}

// destination returns where the cart goes, as far as it is known.
func (c *cart) destination() fulfillment.Destination {
	a := c.ShippingAddress
	if a == nil {
		return fulfillment.Destination{}
	}
	return fulfillment.Destination{CountryCode: text(a.CountryCode), Province: text(a.Province), City: text(a.City), PostalCode: text(a.PostalCode)}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// profiles returns the shipping profiles of the goods; nil if some have none, so that
// every option may carry them.
func (c *cart) profiles() []string {
	var out []string
	for i := range c.Items {
		v := c.Items[i].Variant
		if v == nil || v.Product == nil || v.Product.ShippingProfile == nil {
			return nil
		}
		out = append(out, v.Product.ShippingProfile.ID)
	}
	return out
}

// prices returns the context in which options are priced.
func (c *cart) prices() pricing.Context {
	out := pricing.Context{CurrencyCode: c.CurrencyCode, RegionID: text(c.RegionID), Attributes: map[string][]string{
		"item_total": {c.ItemTotal.String()},
	}}
	if c.Customer != nil {
		for _, g := range c.Customer.Groups {
			out.CustomerGroupIDs = append(out.CustomerGroupIDs, g.ID)
		}
	}
	return out
}

// parcel returns the cart as a provider is asked the price of it.
func (c *cart) parcel(option, data json.RawMessage) fulfillment.Parcel {
	out := fulfillment.Parcel{Option: option, Data: data, CurrencyCode: c.CurrencyCode, To: c.destination()}
	for i := range c.Items {
		it := fulfillment.ParcelItem{Title: c.Items[i].Title, Quantity: c.Items[i].Quantity, UnitPrice: c.Items[i].UnitPrice}
		if c.Items[i].Variant != nil {
			it.VariantID = c.Items[i].Variant.ID
		}
		out.Items = append(out.Items, it)
	}
	return out
}
