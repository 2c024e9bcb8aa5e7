package shipping

import (
	"context"
	"maps"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/query"
)

// NewOption is a shipping option to be created, with its type, prices and rules.
type NewOption struct {
	Name              string                `json:"name" body:"required"`
	ServiceZoneID     string                `json:"service_zone_id" body:"required"`
	ShippingProfileID string                `json:"shipping_profile_id" body:"required"`
	ProviderID        string                `json:"provider_id" body:"required"`
	PriceType         fulfillment.PriceType `json:"price_type" body:"required,enum=calculated|flat"`
	Data              model.RawJSON         `json:"data" body:"object"`
	Metadata          model.RawJSON         `json:"metadata" body:"null,object"`
	Type              *OptionType           `json:"type"`
	TypeID            string                `json:"type_id"` // one that exists, instead of Type
	Prices            []Price               `json:"prices"`
	Rules             []Rule                `json:"rules"`
}

// OptionChange is a change of a shipping option; nil leaves a part as it is.
type OptionChange struct {
	Patch  module.Patch `body:"columns=shipping_option"`
	Type   *OptionType  `json:"type"`
	TypeID *string      `json:"type_id"`
	Prices *[]Price     `json:"prices"` // all of them
	Rules  *[]Rule      `json:"rules"`  // all of them
}

// OptionType is a type of shipping options to be created.
type OptionType struct {
	Label       string  `json:"label" body:"required"`
	Description *string `json:"description" body:"null"`
	Code        string  `json:"code" body:"required"`
}

// CreateOption creates a shipping option, and returns its id.
func (s *Shipping) CreateOption(ctx context.Context, in *NewOption) (string, error) {
	o := &fulfillment.ShippingOption{
		Base: model.Base{Metadata: in.Metadata}, Name: in.Name, PriceType: in.PriceType, Data: in.Data, ServiceZoneID: in.ServiceZoneID,
		ShippingProfileID: &in.ShippingProfileID, ProviderID: &in.ProviderID, ShippingOptionTypeID: in.TypeID, Rules: records(in.Rules),
	}
	err := s.shop.Do(ctx, func(ctx context.Context) error {
		if err := s.checkOption(ctx, in); err != nil {
			return err
		}
		if in.Type != nil {
			o.Type = in.Type.record()
		}
		if err := s.shop.Fulfillment.ShippingOptions.Create(ctx, o); err != nil {
			return err
		}
		return s.setPrices(ctx, o.ID, in.Prices)
	})
	return o.ID, err
}

// checkOption checks that what an option refers to exists, and that its location has
// its provider.
func (s *Shipping) checkOption(ctx context.Context, in *NewOption) error {
	if (in.Type == nil) == (in.TypeID == "") {
		return fault.New(fault.InvalidData, "a shipping option has a type: want either type or type_id")
	}
	f := s.shop.Fulfillment
	for _, err := range []error{
		f.ServiceZones.Exist(ctx, in.ServiceZoneID), f.ShippingProfiles.Exist(ctx, in.ShippingProfileID), f.ShippingOptionTypes.Exist(ctx, in.TypeID),
	} {
		if err != nil {
			return err
		}
	}
	return s.providerServes(ctx, in.ProviderID, in.ServiceZoneID)
}

// providerServes checks that a provider is enabled at the location that a service zone
// belongs to.
func (s *Shipping) providerServes(ctx context.Context, provider, zone string) error {
	if err := s.shop.Fulfillment.Providers.Exist(ctx, provider); err != nil {
		return err
	}
	res, err := s.shop.Query.Graph(ctx, query.Request{Entity: "service_zone", Fields: []string{"id"}, Limit: 1, Filters: query.Filters{
		"id": zone, "fulfillment_set": query.Filters{"location": query.Filters{"fulfillment_providers": query.Filters{"id": provider, "is_enabled": true}}},
	}})
	if err == nil && res.Rows == 0 {
		err = fault.New(fault.InvalidData, "the provider %q is not enabled at the location of service zone %q; add it to the location first", fault.Clip(provider), fault.Clip(zone))
	}
	return err
}

// UpdateOption changes a shipping option.
func (s *Shipping) UpdateOption(ctx context.Context, id string, in *OptionChange) error {
	return s.shop.Do(ctx, func(ctx context.Context) error {
		o, err := s.shop.Fulfillment.ShippingOptions.Retrieve(ctx, id)
		if err != nil {
			return err
		}
		p, err := s.patchOf(ctx, o, in)
		if err != nil {
			return err
		}
		if len(p) > 0 {
			if _, err := s.shop.Fulfillment.ShippingOptions.Update(ctx, []string{id}, p); err != nil {
				return err
			}
		}
		if in.Rules != nil {
			if err := s.setRules(ctx, id, *in.Rules); err != nil {
				return err
			}
		}
		if in.Prices == nil {
			return nil
		}
		return s.setPrices(ctx, id, *in.Prices)
	})
}

// patchOf returns the columns that a change sets. It checks what they refer to, and
// creates the type.
func (s *Shipping) patchOf(ctx context.Context, o *fulfillment.ShippingOption, in *OptionChange) (module.Patch, error) {
	p, f := maps.Clone(in.Patch), s.shop.Fulfillment
	if id, ok := p["shipping_profile_id"].(string); ok {
		if err := f.ShippingProfiles.Exist(ctx, id); err != nil {
			return nil, err
		}
	}
	if id, ok := p["provider_id"].(string); ok {
		if err := s.providerServes(ctx, id, o.ServiceZoneID); err != nil {
			return nil, err
		}
	}
	if in.TypeID == nil && in.Type == nil {
		return p, nil
	}
	if p == nil {
		p = module.Patch{}
	}
	if in.TypeID != nil {
		p["shipping_option_type_id"] = *in.TypeID
		return p, f.ShippingOptionTypes.Exist(ctx, *in.TypeID)
	}
	record := in.Type.record()
	if err := f.ShippingOptionTypes.Create(ctx, record); err != nil {
		return nil, err
	}
	p["shipping_option_type_id"] = record.ID
	return p, nil
}

func (t *OptionType) record() *fulfillment.ShippingOptionType {
	return &fulfillment.ShippingOptionType{Label: t.Label, Description: t.Description, Code: t.Code}
}

// setPrices sets all prices of a shipping option, whose price set is created and
// linked when it has none.
func (s *Shipping) setPrices(ctx context.Context, option string, prices []Price) error {
	records, err := s.priceRecords(ctx, prices)
	if err != nil {
		return err
	}
	rows, err := s.shop.Links.List(ctx, link.Pair{fulfillment.ShippingOptions: option, pricing.PriceSets: ""})
	if err != nil {
		return err
	}
	if len(rows) > 0 {
		return s.shop.Pricing.Replace(ctx, rows[0].Keys["price_set_id"], records)
	}
	set := &pricing.PriceSet{}
	if err := s.shop.Pricing.PriceSets.Create(ctx, set); err != nil {
		return err
	}
	if err := s.shop.Pricing.Replace(ctx, set.ID, records); err != nil {
		return err
	}
	_, err = s.shop.Links.Create(ctx, link.Pair{fulfillment.ShippingOptions: option, pricing.PriceSets: set.ID})
	return err
}
