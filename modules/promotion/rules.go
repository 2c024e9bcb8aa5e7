package promotion

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Rules, module.Rules[Rule]{New: newRule, Each: checkRule}),
		module.On(RuleValues, module.Rules[RuleValue]{Each: checkRuleValue}),
		module.On(Campaigns, module.Rules[Campaign]{Each: checkCampaign}),
		module.On(Promotions, module.Rules[Promotion]{Each: checkPromotion, After: service.checkWhole}),
		module.On(ApplicationMethods, module.Rules[ApplicationMethod]{Each: checkMethod, After: service.checkMethods}),
		module.On(CampaignBudgets, module.Rules[CampaignBudget]{Each: checkBudget, After: service.checkBudgets}),
	}
}

// checkPromotion checks that a promotion has a code, whose case is kept, and that its
// limit, if any, is positive.
func checkPromotion(p *Promotion) error {
	if p.Limit != nil && *p.Limit < 1 {
		return fault.New(fault.InvalidData, "promotion.limit cannot be %d; it must be 1 or more, or null for no limit", *p.Limit)
	}
	return module.Require(Promotions, "code", p.Code)
}

// checkMethod checks an application method by itself.
func checkMethod(m *ApplicationMethod) error {
	code, err := currency(ApplicationMethods, m.CurrencyCode)
	if err != nil {
		return err
	}
	m.CurrencyCode = code
	return module.FirstError(checkValue(m), checkAllocation(m))
}

// currency returns a currency code, if there is one, in lower case.
func currency(m *model.Model, code *string) (*string, error) {
	if code == nil {
		return nil, nil
	}
	kept := *code // the caller's text must not change
	return &kept, module.Currency(m, "currency_code", &kept)
}

// checkValue checks that a percentage is more than 0 and at most 100, and that a fixed
// amount is more than 0 and in a currency.
func checkValue(m *ApplicationMethod) error {
	switch {
	case m.Value == nil:
		return fault.New(fault.InvalidData, "application_method.value is missing; it needs an amount or a percentage")
	case m.Type == MethodPercentage && (m.Value.Sign() <= 0 || m.Value.Cmp(money.Int(100)) > 0):
		return fault.New(fault.InvalidData, "application_method.value cannot be %s %%; a percentage must be more than 0 and at most 100", m.Value)
	case m.Type == MethodFixed && m.CurrencyCode == nil:
		return fault.New(fault.InvalidData, "application_method.currency_code is missing; a fixed amount needs a currency")
	}
	return module.Positive(ApplicationMethods, "value", *m.Value)
}

// checkAllocation checks that a method has a maximum quantity if it is allocated each
// or once, and none if it is allocated across all.
func checkAllocation(m *ApplicationMethod) error {
	if m.Allocation == nil {
		if m.TargetType == TargetItems || m.TargetType == TargetShippingMethods {
			return fault.New(fault.InvalidData, "application_method.allocation is missing; for the target %s it must be each, across or once", m.TargetType)
		}
		return nil
	}
	switch {
	case *m.Allocation == AllocateOnce && m.TargetType == TargetOrder:
		return fault.New(fault.InvalidData, "application_method.allocation cannot be once for the target order; it must be across or each")
	case *m.Allocation == AllocateAcross && m.MaxQuantity != nil:
		return fault.New(fault.InvalidData, "application_method.max_quantity cannot be given with the allocation across, which is shared by all")
	case *m.Allocation != AllocateAcross && m.MaxQuantity == nil:
		return fault.New(fault.InvalidData, "application_method.max_quantity is missing; the allocation %s needs it", *m.Allocation)
	case m.MaxQuantity != nil && *m.MaxQuantity < 1:
		return fault.New(fault.InvalidData, "application_method.max_quantity cannot be %d; it must be 1 or more", *m.MaxQuantity)
	}
	return nil
}

// newRule checks that a new rule has values; without them it would never match.
func newRule(r *Rule) error {
	if len(r.Values) == 0 {
		return fault.New(fault.InvalidData, "promotion_rule.values is missing; the rule on %q needs at least one value", r.Attribute)
	}
	return nil
}

func checkRule(r *Rule) error { return module.Require(Rules, "attribute", r.Attribute) }

func checkRuleValue(v *RuleValue) error { return module.Require(RuleValues, "value", v.Value) }

// checkCampaign checks that a campaign has a name and an identifier, and ends after it
// starts.
func checkCampaign(c *Campaign) error {
	if c.StartsAt != nil && c.EndsAt != nil && !c.EndsAt.After(*c.StartsAt) {
		return fault.New(fault.InvalidData, "campaign.ends_at must be after starts_at")
	}
	return module.FirstError(
		module.Require(Campaigns, "name", c.Name),
		module.Require(Campaigns, "campaign_identifier", c.CampaignIdentifier),
	)
}

// checkBudget checks that a budget of money has a currency, that a budget of uses has
// none, and that a budget by attribute has an attribute.
func checkBudget(b *CampaignBudget) error {
	spends := b.Type == BudgetSpend || b.Type == BudgetSpendByAttribute
	byAttribute := b.Type == BudgetUseByAttribute || b.Type == BudgetSpendByAttribute
	switch {
	case spends && b.CurrencyCode == nil:
		return fault.New(fault.InvalidData, "campaign_budget.currency_code is missing; a budget of type %s needs a currency", b.Type)
	case !spends && b.CurrencyCode != nil:
		return fault.New(fault.InvalidData, "campaign_budget.currency_code cannot be given; a budget of type %s counts uses", b.Type)
	case byAttribute && (b.Attribute == nil || *b.Attribute == ""):
		return fault.New(fault.InvalidData, "campaign_budget.attribute is missing; a budget of type %s needs one", b.Type)
	case b.Limit != nil && b.Limit.Sign() < 0:
		return module.NotNegative(CampaignBudgets, "limit", *b.Limit)
	}
	code, err := currency(CampaignBudgets, b.CurrencyCode)
	if err == nil {
		b.CurrencyCode = code
	}
	return err
}
