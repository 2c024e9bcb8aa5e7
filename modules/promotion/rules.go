package promotion

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules are what the module asks of its records.
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

// checkPromotion: a promotion has a code, which is kept as it is written, and
// a limit, if any, that lets it be used.
func checkPromotion(p *Promotion) error {
	if p.Limit != nil && *p.Limit < 1 {
		return fault.New(fault.InvalidData, "promotion.limit cannot be %d; it is 1 or more, or null for no limit", *p.Limit)
	}
	return module.Require(Promotions, "code", p.Code)
}

// checkMethod looks at one application method by itself.
func checkMethod(m *ApplicationMethod) error {
	code, err := currency(ApplicationMethods, m.CurrencyCode)
	if err != nil {
		return err
	}
	m.CurrencyCode = code
	return module.FirstError(checkValue(m), checkAllocation(m))
}

// currency is a currency code, if there is one, in the form codes are kept in.
func currency(m *model.Model, code *string) (*string, error) {
	if code == nil {
		return nil, nil
	}
	kept := *code // the caller's text stays as it is
	return &kept, module.Currency(m, "currency_code", &kept)
}

// checkValue: a percentage is above 0 and up to 100, a fixed amount above 0
// and in a currency.
func checkValue(m *ApplicationMethod) error {
	switch {
	case m.Value == nil:
		return fault.New(fault.InvalidData, "application_method.value is missing; it needs an amount, or percent")
	case m.Type == MethodPercentage && (m.Value.Sign() <= 0 || m.Value.Cmp(money.Int(100)) > 0):
		return fault.New(fault.InvalidData, "application_method.value cannot be %s %%; a percentage is more than 0 and at most 100", m.Value)
	case m.Type == MethodFixed && m.CurrencyCode == nil:
		return fault.New(fault.InvalidData, "application_method.currency_code is missing; a fixed amount is in a currency")
	}
	return module.Positive(ApplicationMethods, "value", *m.Value)
}

// checkAllocation: what is shared by all items or methods knows no quantity;
// what is given to each or once knows up to how many.
func checkAllocation(m *ApplicationMethod) error {
	if m.Allocation == nil {
		if m.TargetType == TargetItems || m.TargetType == TargetShippingMethods {
			return fault.New(fault.InvalidData, "application_method.allocation is missing; for the target %s it is each, across or once", m.TargetType)
		}
		return nil
	}
	switch {
	case *m.Allocation == AllocateOnce && m.TargetType == TargetOrder:
		return fault.New(fault.InvalidData, "application_method.allocation cannot be once for the target order; it is across or each")
	case *m.Allocation == AllocateAcross && m.MaxQuantity != nil:
		return fault.New(fault.InvalidData, "application_method.max_quantity cannot be given with the allocation across, which is shared by all")
	case *m.Allocation != AllocateAcross && m.MaxQuantity == nil:
		return fault.New(fault.InvalidData, "application_method.max_quantity is missing; the allocation %s needs to know for how many", *m.Allocation)
	case m.MaxQuantity != nil && *m.MaxQuantity < 1:
		return fault.New(fault.InvalidData, "application_method.max_quantity cannot be %d; it is 1 or more", *m.MaxQuantity)
	}
	return nil
}

// newRule: a rule that compares with nothing would never hold.
func newRule(r *Rule) error {
	if len(r.Values) == 0 {
		return fault.New(fault.InvalidData, "promotion_rule.values is missing; the rule on %q needs at least one value", r.Attribute)
	}
	return nil
}

func checkRule(r *Rule) error { return module.Require(Rules, "attribute", r.Attribute) }

func checkRuleValue(v *RuleValue) error { return module.Require(RuleValues, "value", v.Value) }

// checkCampaign: a campaign has a name and an identifier, and ends after it
// starts.
func checkCampaign(c *Campaign) error {
	if c.StartsAt != nil && c.EndsAt != nil && !c.EndsAt.After(*c.StartsAt) {
		return fault.New(fault.InvalidData, "campaign.ends_at is not after starts_at")
	}
	return module.FirstError(
		module.Require(Campaigns, "name", c.Name),
		module.Require(Campaigns, "campaign_identifier", c.CampaignIdentifier),
	)
}

// checkBudget: money is in a currency, uses are not; a budget by attribute
// names it.
func checkBudget(b *CampaignBudget) error {
	spends := b.Type == BudgetSpend || b.Type == BudgetSpendByAttribute
	byAttribute := b.Type == BudgetUseByAttribute || b.Type == BudgetSpendByAttribute
	switch {
	case spends && b.CurrencyCode == nil:
		return fault.New(fault.InvalidData, "campaign_budget.currency_code is missing; a budget of type %s is in a currency", b.Type)
	case !spends && b.CurrencyCode != nil:
		return fault.New(fault.InvalidData, "campaign_budget.currency_code cannot be given; a budget of type %s counts uses", b.Type)
	case byAttribute && (b.Attribute == nil || *b.Attribute == ""):
		return fault.New(fault.InvalidData, "campaign_budget.attribute is missing; a budget of type %s counts by one", b.Type)
	case b.Limit != nil && b.Limit.Sign() < 0:
		return module.NotNegative(CampaignBudgets, "limit", *b.Limit)
	}
	code, err := currency(CampaignBudgets, b.CurrencyCode)
	if err == nil {
		b.CurrencyCode = code
	}
	return err
}
