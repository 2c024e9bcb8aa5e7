package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/money"
)

// carriage is a shipping option with its price.
type carriage struct {
	*fulfillment.ShippingOption
	price money.Amount
}

// tariff is the prices of the ways of shipping in an area. They are in steps of 0.50 euros
// and of 1 dollar, like those of wares.
type tariff struct{ standard, express, freight, back string }

// makeDelivery creates the fulfillment sets: one for each area, with one zone and its
// shipping options.
func (w *world) makeDelivery(ctx context.Context) error {
	w.profile = &fulfillment.ShippingProfile{Name: "Parcels", Type: "default"}
	w.freight = &fulfillment.ShippingProfile{Name: "Bulky goods", Type: "bulky"}
	if err := w.Fulfillment.ShippingProfiles.Create(ctx, w.profile, w.freight); err != nil {
		return err
	}
	provider, err := w.carrier(ctx, "manual_manual")
	if err != nil {
		return err
	}
	types := optionTypes()
	for _, t := range types {
		if err := w.Fulfillment.ShippingOptionTypes.Create(ctx, t); err != nil {
			return err
		}
	}
	europe := w.europe.set(w, provider, types, tariff{"4.50", "9.50", "49.00", "3.50"})
	america := w.america.set(w, provider, types, tariff{"6", "15", "79", "5"})
	if err := w.Fulfillment.Sets.Create(ctx, europe, america); err != nil {
		return err
	}
	return w.linkLocations(ctx, provider, europe, america)
}

// carrier returns the fulfillment provider with an id, which may have been created from the
// configuration.
func (w *world) carrier(ctx context.Context, id string) (*fulfillment.ProviderRecord, error) {
	found, err := w.Fulfillment.Providers.List(ctx, module.Where{"id": id}, module.Page{})
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	p := &fulfillment.ProviderRecord{}
	p.ID = id
	return p, w.Fulfillment.Providers.Create(ctx, p)
}

// optionTypes returns the types of shipping options, the cheapest first.
func optionTypes() []*fulfillment.ShippingOptionType {
	return []*fulfillment.ShippingOptionType{
		{Label: "Standard", Code: "standard", Description: new("In three to six days")},
		{Label: "Express", Code: "express", Description: new("The next working day")},
		{Label: "Freight", Code: "freight", Description: new("On a pallet, by appointment")},
		{Label: "Return", Code: "return", Description: new("Back to us")},
	}
}

// set returns the area's set, with its shipping options.
func (a *area) set(w *world, by *fulfillment.ProviderRecord, types []*fulfillment.ShippingOptionType, t tariff) *fulfillment.Set {
	a.standard = option(w.profile, by, types[0], t.standard, false)
	a.express = option(w.profile, by, types[1], t.express, false)
	a.freight = option(w.freight, by, types[2], t.freight, false)
	a.back = option(w.profile, by, types[3], t.back, true)
	zone := &fulfillment.ServiceZone{Name: a.Name}
	for _, l := range a.lands {
		zone.GeoZones = append(zone.GeoZones, &fulfillment.GeoZone{Type: fulfillment.ZoneCountry, CountryCode: l.code})
	}
	for _, c := range a.carriages() {
		zone.ShippingOptions = append(zone.ShippingOptions, c.ShippingOption)
	}
	return &fulfillment.Set{Name: "Delivery in " + a.Name, Type: "shipping", ServiceZones: []*fulfillment.ServiceZone{zone}}
}

// carriages returns all carriages of the area, the cheapest first, and the one for returns.
func (a *area) carriages() []*carriage { return []*carriage{a.standard, a.express, a.freight, a.back} }

func option(p *fulfillment.ShippingProfile, by *fulfillment.ProviderRecord, t *fulfillment.ShippingOptionType, price string, back bool) *carriage {
	return &carriage{price: money.MustParse(price), ShippingOption: &fulfillment.ShippingOption{
		Name: t.Label, PriceType: fulfillment.PriceFlat, Provider: by, Type: t, ShippingProfile: p,
		Data: model.ToJSON(map[string]string{"id": t.Code}),
		Rules: []*fulfillment.ShippingOptionRule{
			{Attribute: "enabled_in_store", Operator: fulfillment.OperatorEqual, Value: model.ToJSON("true")},
			{Attribute: "is_return", Operator: fulfillment.OperatorEqual, Value: model.ToJSON(map[bool]string{true: "true", false: "false"}[back])},
		},
	}}
}
