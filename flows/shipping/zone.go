package shipping

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

// NewZone is a service zone to be created.
type NewZone struct {
	Name     string    `json:"name" body:"required"`
	GeoZones []GeoZone `json:"geo_zones"`
}

// ZoneChange is a change of a service zone.
type ZoneChange struct {
	Name     *string    `json:"name" body:"null"`
	GeoZones *[]GeoZone `json:"geo_zones"` // all of them: those with an id are changed, those that are missing deleted
}

// GeoZone is a part of a service zone. It has the fields of its type.
type GeoZone struct {
	ID               string                  `json:"id"`
	Type             fulfillment.GeoZoneType `json:"type" body:"required,enum=country|province|city|zip"`
	CountryCode      string                  `json:"country_code" body:"required"`
	ProvinceCode     *string                 `json:"province_code" body:"null"`
	City             *string                 `json:"city" body:"null"`
	PostalExpression model.RawJSON           `json:"postal_expression" body:"null,object"`
	Metadata         model.RawJSON           `json:"metadata" body:"null,object"`
}

func (g *GeoZone) record() *fulfillment.GeoZone {
	return &fulfillment.GeoZone{
		Base: model.Base{Metadata: g.Metadata}, Type: g.Type, CountryCode: g.CountryCode, ProvinceCode: g.ProvinceCode, City: g.City,
		PostalExpression: g.PostalExpression,
	}
}

// CreateZone creates a service zone of a fulfillment set, and returns its id.
func (s *Shipping) CreateZone(ctx context.Context, set string, in *NewZone) (string, error) {
	zone := &fulfillment.ServiceZone{Name: in.Name, FulfillmentSetID: set}
	for i := range in.GeoZones {
		zone.GeoZones = append(zone.GeoZones, in.GeoZones[i].record())
	}
	err := s.shop.Do(ctx, func(ctx context.Context) error {
		if err := s.shop.Fulfillment.Sets.Exist(ctx, set); err != nil {
			return err
		}
		if err := s.countriesExist(ctx, in.GeoZones); err != nil {
			return err
		}
		return s.shop.Fulfillment.ServiceZones.Create(ctx, zone)
	})
	return zone.ID, err
}

// UpdateZone changes a service zone of a fulfillment set.
func (s *Shipping) UpdateZone(ctx context.Context, set, id string, in *ZoneChange) error {
	return s.shop.Do(ctx, func(ctx context.Context) error {
		if err := s.HasZone(ctx, set, id); err != nil {
			return err
		}
		if in.Name != nil {
			if _, err := s.shop.Fulfillment.ServiceZones.Update(ctx, []string{id}, module.Patch{"name": *in.Name}); err != nil {
				return err
			}
		}
		if in.GeoZones == nil {
			return nil
		}
		return s.setGeoZones(ctx, id, *in.GeoZones)
	})
}

// HasZone returns a not_found error if a service zone is not one of a fulfillment set.
func (s *Shipping) HasZone(ctx context.Context, set, id string) error {
	n, err := s.shop.Fulfillment.ServiceZones.Count(ctx, module.Where{"id": id, "fulfillment_set_id": set})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "Service zone with id: %s was not found", fault.Clip(id))
	}
	return err
}

// setGeoZones replaces the geo zones of a service zone. Those with an id are kept,
// and get what is given.
func (s *Shipping) setGeoZones(ctx context.Context, zone string, all []GeoZone) error {
	if err := s.countriesExist(ctx, all); err != nil {
		return err
	}
	there, err := s.shop.Fulfillment.GeoZones.List(ctx, module.Where{"service_zone_id": zone}, module.Page{})
	if err != nil {
		return err
	}
	var fresh, kept []*fulfillment.GeoZone
	for i := range all {
		record := all[i].record()
		record.ServiceZoneID = zone
		if all[i].ID == "" {
			fresh = append(fresh, record)
			continue
		}
		at := slices.IndexFunc(there, func(old *fulfillment.GeoZone) bool { return old.ID == all[i].ID })
		if at < 0 {
			return fault.New(fault.NotFound, "service zone %q has no geo zone with id %q", zone, fault.Clip(all[i].ID))
		}
		record.Record = there[at].Record
		kept, there = append(kept, record), slices.Delete(there, at, at+1)
	}
	if err := s.shop.Fulfillment.GeoZones.SoftDelete(ctx, module.IDs(there, func(g *fulfillment.GeoZone) string { return g.ID })...); err != nil {
		return err
	}
	if err := s.shop.Fulfillment.GeoZones.Save(ctx, kept...); err != nil {
		return err
	}
	return s.shop.Fulfillment.GeoZones.Create(ctx, fresh...)
}

// countriesExist returns an invalid_data error if a geo zone is in a country that does
// not exist.
func (s *Shipping) countriesExist(ctx context.Context, zones []GeoZone) error {
	var codes []string
	for i := range zones {
		codes = append(codes, strings.ToLower(zones[i].CountryCode))
	}
	found, err := s.shop.Region.Countries.List(ctx, module.Where{"iso_2": codes}, module.Page{})
	if err != nil {
		return err
	}
	for _, code := range codes {
		if !slices.ContainsFunc(found, func(c *region.Country) bool { return c.ISO2 == code }) {
			return fault.New(fault.InvalidData, "geo_zone.country_code cannot be %q: there is no such country; want a code of two letters, such as de", fault.Clip(code))
		}
	}
	return nil
}
