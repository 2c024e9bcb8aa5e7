package tax

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

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

// checkDefaults checks that the regions of default rates have no other one. The database
// does as well, but cannot always say which it is.
func (s *Service) checkDefaults(ctx context.Context, rates []*Rate) error {
	written := map[string]*Rate{}
	for _, r := range rates {
		if r.IsDefault {
			written[r.ID] = r
		}
	}
	if len(written) == 0 {
		return nil
	}
	ids := module.IDs(slices.Collect(maps.Values(written)), func(r *Rate) string { return r.TaxRegionID })
	there, err := s.Rates.List(ctx, module.Where{"tax_region_id": ids, "is_default": true}, module.Page{})
	if err != nil {
		return err
	}
	for _, r := range there {
		if written[r.ID] == nil {
			return fault.New(fault.InvalidData, "tax_region %q already has the default rate %q; a region has at most one where is_default", r.TaxRegionID, r.Code)
		}
	}
	return nil
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
