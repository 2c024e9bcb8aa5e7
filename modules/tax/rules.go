package tax

import (
	"context"
	"regexp"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
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
		module.On(Rates, module.Rules[Rate]{Each: checkRate, After: service.checkRates}),
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
	r.CountryCode = fold(r.CountryCode)
	if !twoLetters.MatchString(r.CountryCode) {
		return fault.New(fault.InvalidData, "tax_region.country_code cannot be %q; it must be a country code of two letters, such as de", fault.Clip(r.CountryCode))
	}
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

var hundred = money.Int(100)

// checkRate checks the fields of a rate.
func checkRate(r *Rate) error {
	if err := module.FirstError(module.Require(Rates, "code", r.Code), module.Require(Rates, "name", r.Name)); err != nil {
		return err
	}
	if r.Rate != nil && (r.Rate.Sign() < 0 || r.Rate.Cmp(hundred) > 0) {
		return fault.New(fault.InvalidData, "tax_rate.rate of %q cannot be %s; it must be between 0 and 100", fault.Clip(r.Code), r.Rate)
	}
	return nil
}

// checkRateRule checks the fields of a rule.
func checkRateRule(r *RateRule) error {
	switch r.Reference {
	case ReferenceProduct, ReferenceProductType, ReferenceShippingOption:
		return module.Require(RateRules, "reference_id", r.ReferenceID)
	}
	return fault.New(fault.InvalidData, "tax_rate_rule.reference cannot be %q; it must be one of product, product_type, shipping_option", fault.Clip(string(r.Reference)))
}

// checkRates checks that default rates have no rules.
func (s *Service) checkRates(ctx context.Context, rates []*Rate) error {
	var defaults []string
	for _, r := range rates {
		if r.IsDefault {
			defaults = append(defaults, r.ID)
		}
	}
	if len(defaults) == 0 {
		return nil
	}
	rules, err := s.RateRules.List(ctx, module.Where{"tax_rate_id": defaults}, module.Page{Limit: 1})
	if err != nil || len(rules) == 0 {
		return err
	}
	return ruledDefault(rules[0].TaxRateID)
}

// lockRates locks the rates of rules, which otherwise could become defaults meanwhile.
func (s *Service) lockRates(ctx context.Context, rules []*RateRule) error {
	_, err := s.Rates.Lock(ctx, module.IDs(rules, func(r *RateRule) string { return r.TaxRateID })...)
	return err
}

// checkRateRules checks that the rates of rules are not defaults.
func (s *Service) checkRateRules(ctx context.Context, rules []*RateRule) error {
	ids := module.IDs(rules, func(r *RateRule) string { return r.TaxRateID })
	rates, err := s.Rates.List(ctx, module.Where{"id": ids, "is_default": true}, module.Page{Limit: 1})
	if err != nil || len(rates) == 0 {
		return err
	}
	return ruledDefault(rates[0].ID)
}

func ruledDefault(rate string) error {
	return fault.New(fault.InvalidData, "tax_rate %q is the default of its region, which applies to everything; it cannot have rules", rate)
}
