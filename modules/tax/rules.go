package tax

import (
	"regexp"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records:
//
//   - a region is a country with a provider, or a province below the region of its country,
//     which has its provider; it stays in its country;
//   - a rate is between 0 and 100 %, and has a code and a name;
//   - a rule names a product, a product type or a shipping option;
//   - a default rate has no rules.
//
// The database enforces the rest: a country and a province have one region each, and a
// region has at most one default rate.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Regions, module.Rules[Region]{New: chooseProvider, Each: checkRegion, Before: service.checkRegions}),
		module.On(Rates, module.Rules[Rate]{Each: checkRate, Before: service.checkDefaults, After: service.checkRates}),
		module.On(RateRules, module.Rules[RateRule]{Each: checkRateRule, Before: service.lockRates, After: service.checkRateRules}),
	}
}

// chooseProvider gives a new country the system's provider, unless it has another one.
func chooseProvider(r *Region) error {
	if r.ParentID == nil && r.Parent == nil && r.ProvinceCode == nil && r.ProviderID == nil && r.Provider == nil {
		r.ProviderID = new(SystemProviderID)
	}
	return nil
}

var twoLetters = regexp.MustCompile(`^[a-z]{2}$`)

// checkRegion checks the fields of a region, and puts its codes into lower case.
func checkRegion(r *Region) error {
	country := fold(r.CountryCode)
	if !twoLetters.MatchString(country) {
		return fault.New(fault.InvalidData, "tax_region.country_code cannot be %q; it must be a country code of two letters, such as de", fault.Clip(r.CountryCode))
	}
	r.CountryCode = country
	if r.ProvinceCode == nil {
		if r.ParentID != nil {
			return fault.New(fault.InvalidData, "tax_region.province_code is missing; a region of %q with a parent is a province", r.CountryCode)
		}
		return nil
	}
	code := fold(*r.ProvinceCode)
	r.ProvinceCode = &code
	switch {
	case code == "":
		return fault.New(fault.InvalidData, "tax_region.province_code is missing; it needs text, or null for a country")
	case r.ParentID == nil:
		return fault.New(fault.InvalidData, "tax_region.parent_id is missing; the province %q needs the region of its country", fault.Clip(code))
	case r.ProviderID != nil:
		return fault.New(fault.InvalidData, "tax_region.provider_id cannot be %q; the province %q has the provider of its country", fault.Clip(*r.ProviderID), fault.Clip(code))
	}
	return nil
}
