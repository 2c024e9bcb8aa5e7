package region

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records:
//
//   - a region has a name and a currency;
//   - a country that is in a region must be removed from it before it can be added
//     to another.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Regions, module.Rules[Region]{Each: checkRegion}),
		module.On(Countries, module.Rules[Country]{Each: checkCountry, Before: service.keepRegions}),
	}
}

func checkRegion(r *Region) error {
	return module.FirstError(
		module.Require(Regions, "name", r.Name),
		module.Currency(Regions, "currency_code", &r.CurrencyCode),
	)
}

func checkCountry(c *Country) error {
	if len(c.ISO2) != 2 || c.ISO2 != strings.ToLower(c.ISO2) {
		return fault.New(fault.InvalidData, "country.iso_2 cannot be %q; it must be a code of two letters in lower case, such as de", c.ISO2)
	}
	return nil
}

// keepRegions returns an error if a country that is in a region is added to
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
			return fault.New(fault.InvalidData, "country %q already belongs to region %q; remove it from there first", c.ISO2, *c.RegionID)
		}
	}
	return nil
}
