package region

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Service keeps regions and countries.
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

// New makes the service on a store, and sets the module's rules there:
//
//   - a region has a name and a currency;
//   - a country that is in a region leaves it before it joins another.
func New(s *module.Store) *Service {
	service := &Service{
		Regions:   module.For[Region](s, Regions).With(module.Rules[Region]{Each: checkRegion}),
		Countries: module.For[Country](s, Countries),
		store:     s,
	}
	service.Countries.With(module.Rules[Country]{Each: checkCountry, Before: service.keepRegions})
	return service
}

// AddWorld adds those of WorldCountries that are missing, and returns how many
// that were.
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

func checkRegion(r *Region) error {
	return module.FirstError(
		module.Require(Regions, "name", r.Name),
		module.Currency(Regions, "currency_code", &r.CurrencyCode),
	)
}

func checkCountry(c *Country) error {
	if len(c.ISO2) != 2 || c.ISO2 != strings.ToLower(c.ISO2) {
		return fault.New(fault.InvalidData, "country.iso_2 cannot be %q; it is a code of two letters in lower case, such as de", c.ISO2)
	}
	return nil
}

// keepRegions refuses to take a country out of one region by putting it into
// another.
func (s *Service) keepRegions(ctx context.Context, countries []*Country) error {
	wanted := map[string]string{}
	for _, c := range countries {
		if c.RegionID != nil {
			wanted[c.ISO2] = *c.RegionID
		}
	}
	var codes []string
	for code := range wanted {
		codes = append(codes, code)
	}
	there, err := s.Countries.List(ctx, module.Where{"iso_2": codes}, module.Page{})
	if err != nil {
		return err
	}
	for _, c := range there {
		if c.RegionID != nil && *c.RegionID != wanted[c.ISO2] {
			return fault.New(fault.InvalidData, "country %q belongs to region %q already; take it out there first", c.ISO2, *c.RegionID)
		}
	}
	return nil
}

// SetCountries makes these the countries of a region, by their codes; others
// become free. A country of another region is an invalid_data error, an
// unknown one a not_found error.
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
