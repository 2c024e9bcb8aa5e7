package region

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "region",
	Models: []*model.Model{
		Regions, Countries,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages regions and countries.
//
//	err := s.Regions.Create(ctx, &region.Region{
//		Name: "Europe", CurrencyCode: "eur",
//		Countries: []*region.Country{{ISO2: "de"}, {ISO2: "fr"}},
//	})
type Service struct {
	Regions   module.Records[Region]
	Countries module.Records[Country]
	store     *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Regions:   module.For[Region](s, Regions),
		Countries: module.For[Country](s, Countries),
		store:     s,
	}
}

// AddWorld adds the countries of WorldCountries that are missing, and returns how
// many it added.
func (s *Service) AddWorld(ctx context.Context) (added int, err error) {
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		there, err := s.Countries.List(ctx, nil, module.Page{WithDeleted: true})
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, c := range there {
			known[c.ISO2] = true
		}
		var missing []*Country
		for _, c := range WorldCountries {
			if !known[c.ISO2] {
				missing = append(missing, &c)
			}
		}
		added = len(missing)
		return s.Countries.Create(ctx, missing...)
	})
	return added, err
}

// SetCountries replaces the countries of a region, given by their codes. If a
// country belongs to another region, the error is invalid_data; if it is unknown,
// it is not_found.
func (s *Service) SetCountries(ctx context.Context, region string, codes ...string) error {
	wanted := make([]string, len(codes))
	for i, code := range codes {
		wanted[i] = strings.ToLower(code)
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.Countries.Exist(ctx, wanted...); err != nil {
			return err
		}
		there, err := s.Countries.List(ctx, module.Where{"region_id": region}, module.Page{})
		if err != nil {
			return err
		}
		var free []string
		for _, c := range there {
			if !slices.Contains(wanted, c.ISO2) {
				free = append(free, c.ISO2)
			}
		}
		if _, err := s.Countries.Update(ctx, free, module.Patch{"region_id": nil}); err != nil {
			return err
		}
		_, err = s.Countries.Update(ctx, wanted, module.Patch{"region_id": region})
		return err
	})
}
