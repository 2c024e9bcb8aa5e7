package pricing

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Prices, module.Rules[Price]{New: newPrice, Each: checkPrice, Before: service.lockTiers, After: service.checkTiers}),
		module.On(PriceLists, module.Rules[PriceList]{New: newPriceList, Each: checkPriceList}),
		module.On(PricePreferences, module.Rules[PricePreference]{Each: checkPreference}),
		module.On(PriceRules, module.Rules[PriceRule]{Each: checkPriceRule, After: service.checkRules}),
		module.On(PriceListRules, module.Rules[PriceListRule]{Each: checkPriceListRule, After: service.countListRules}),
	}
}

// newPrice counts the rules of a new price.
func newPrice(p *Price) error {
	if len(p.PriceRules) > 0 {
		p.RulesCount = new(int64(len(p.PriceRules)))
	}
	return nil
}

// checkPrice checks that a price has a currency, is not negative, and has valid
// bounds.
func checkPrice(p *Price) error {
	if p.MinQuantity != nil && p.MaxQuantity != nil && p.MinQuantity.Cmp(*p.MaxQuantity) > 0 {
		return fault.New(fault.InvalidData, "price.min_quantity cannot be %s; it must be at most max_quantity, which is %s", p.MinQuantity, p.MaxQuantity)
	}
	return module.FirstError(
		module.Currency(Prices, "currency_code", &p.CurrencyCode),
		module.NotNegative(Prices, "amount", p.Amount),
		bound("min_quantity", p.MinQuantity),
		bound("max_quantity", p.MaxQuantity),
	)
}

func bound(field string, quantity *money.Amount) error {
	if quantity == nil {
		return nil
	}
	return module.NotNegative(Prices, field, *quantity)
}

// checkPriceRule checks that a rule has an attribute and a value, which must be a
// number for an operator that compares numbers.
func checkPriceRule(r *PriceRule) error {
	if err := module.FirstError(module.Require(PriceRules, "attribute", r.Attribute), module.Require(PriceRules, "value", r.Value)); err != nil {
		return err
	}
	if r.Operator == OperatorEqual {
		return nil
	}
	if _, err := money.Parse(r.Value); err != nil {
		return fault.New(fault.InvalidData, "price_rule.value cannot be %q; the operator %s compares with a number", r.Value, r.Operator)
	}
	return nil
}

// newPriceList counts the rules of a new list.
func newPriceList(l *PriceList) error {
	if len(l.PriceListRules) > 0 {
		l.RulesCount = new(int64(len(l.PriceListRules)))
	}
	return nil
}

func checkPriceList(l *PriceList) error {
	if l.StartsAt != nil && l.EndsAt != nil && !l.EndsAt.After(*l.StartsAt) {
		return fault.New(fault.InvalidData, "price_list.ends_at of %q cannot be %s; it must be after starts_at, which is %s",
			l.Title, l.EndsAt.Format(time.RFC3339), l.StartsAt.Format(time.RFC3339))
	}
	return module.Require(PriceLists, "title", l.Title)
}

func checkPriceListRule(r *PriceListRule) error {
	if _, err := listValues(r.Value); err != nil {
		return fault.New(fault.InvalidData, "price_list_rule.value is not a list of texts; the rule on %q needs one, such as [\"cusgroup_1\"]", r.Attribute)
	}
	return module.Require(PriceListRules, "attribute", r.Attribute)
}

// listValues returns the values of a rule of a list, which are a text or a list of
// texts.
func listValues(value model.RawJSON) ([]string, error) {
	var list []string
	if err := json.Unmarshal(value, &list); err == nil && len(list) > 0 {
		return list, nil
	}
	var one string
	if err := json.Unmarshal(value, &one); err != nil || one == "" {
		return nil, fmt.Errorf("%q is neither a text nor a list of texts", string(value))
	}
	return []string{one}, nil
}

// checkPreference checks that a preference is for a currency or a region, and puts a
// currency into the form in which prices have it.
func checkPreference(p *PricePreference) error {
	if p.Attribute != AttributeCurrency && p.Attribute != AttributeRegion {
		return fault.New(fault.InvalidData, "price_preference.attribute cannot be %q; it must be %s or %s", fault.Clip(p.Attribute), AttributeCurrency, AttributeRegion)
	}
	if p.Value == nil || *p.Value == "" {
		return fault.New(fault.InvalidData, "price_preference.value is missing; it is the %s that the preference is for", p.Attribute)
	}
	if p.Attribute != AttributeCurrency {
		return nil
	}
	code := *p.Value // the caller's text must not change
	p.Value = &code
	return module.Currency(PricePreferences, "value", p.Value)
}

// checkRules counts the rules of prices, and compares the tiers that rules were
// written for.
func (s *Service) checkRules(ctx context.Context, rules []*PriceRule) error {
	if isTogether(ctx) {
		return nil
	}
	ids := module.IDs(rules, func(r *PriceRule) string { return r.PriceID })
	if err := s.countRules(ctx, ids); err != nil {
		return err
	}
	prices, err := s.Prices.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return err
	}
	return s.checkTiers(ctx, prices)
}

// countRules updates the rules_count of prices.
func (s *Service) countRules(ctx context.Context, prices []string) error {
	return s.recount(ctx, Prices, PriceRules, "price_id", prices)
}

// countListRules updates the rules_count of the lists of rules.
func (s *Service) countListRules(ctx context.Context, rules []*PriceListRule) error {
	lists := module.IDs(rules, func(r *PriceListRule) string { return r.PriceListID })
	return s.recount(ctx, PriceLists, PriceListRules, "price_list_id", lists)
}

// recount sets the rules_count of records to the number of their live rules.
func (s *Service) recount(ctx context.Context, of, rules *model.Model, column string, ids []string) error {
	q := s.store.DB.Dialect()
	_, err := s.store.UpdateSet(ctx, of, []string{"rules_count"}, "UPDATE "+q.Quote(of.Table)+" AS a SET rules_count = "+count(rules, column)(q)+
		" WHERE "+q.List("a.id", 1), ids)
	return err
}
