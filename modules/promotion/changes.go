package promotion

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// RuleKind is what a rule of a promotion restricts.
type RuleKind string

// The kinds of rule.
const (
	PromotionRules RuleKind = "rules"        // when the promotion applies
	TargetRules    RuleKind = "target_rules" // which lines it applies to
	BuyRules       RuleKind = "buy_rules"    // which lines must be bought
)

// Path returns the path from a rule of this kind to the id of its promotion, in the
// form that queries take.
func (k RuleKind) Path() string {
	switch k {
	case TargetRules:
		return "method_target_rules.promotion_id"
	case BuyRules:
		return "method_buy_rules.promotion_id"
	}
	return "promotions.id"
}

// ID returns the id of the promotion with an id or code.
func (s *Service) ID(ctx context.Context, idOrCode string) (string, error) {
	for _, column := range []string{"id", "code"} {
		found, err := s.Promotions.List(ctx, module.Where{column: idOrCode}, module.Page{Limit: 1})
		if err != nil {
			return "", err
		}
		if len(found) > 0 {
			return found[0].ID, nil
		}
	}
	return "", fault.New(fault.NotFound, "Promotion with id or code: %s was not found", idOrCode)
}

// UpdateMethod changes fields of a promotion's application method.
func (s *Service) UpdateMethod(ctx context.Context, promotion string, p module.Patch) error {
	if len(p) == 0 {
		return nil
	}
	m, err := s.method(ctx, promotion)
	if err != nil {
		return err
	}
	_, err = s.ApplicationMethods.Update(ctx, []string{m}, p)
	return err
}

// method returns the id of a promotion's application method.
func (s *Service) method(ctx context.Context, promotion string) (string, error) {
	found, err := s.ApplicationMethods.List(ctx, module.Where{"promotion_id": promotion}, module.Page{Limit: 1})
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", fault.New(fault.NotFound, "promotion %q has no application_method", promotion)
	}
	return found[0].ID, nil
}

// holder is the record that has the rules of one kind: a promotion or its method.
type holder struct {
	relate, unrelate func(ctx context.Context, rules ...string) error
	rules            func(ctx context.Context) ([]string, error)
}

func (s *Service) holder(ctx context.Context, promotion string, k RuleKind) (holder, error) {
	if k == PromotionRules {
		return holderOf(s.Promotions, promotion, string(k)), nil
	}
	m, err := s.method(ctx, promotion)
	return holderOf(s.ApplicationMethods, m, string(k)), err
}

func holderOf[T any](of module.Records[T], id, relation string) holder {
	return holder{
		func(ctx context.Context, rules ...string) error { return of.Relate(ctx, id, relation, rules...) },
		func(ctx context.Context, rules ...string) error { return of.Unrelate(ctx, id, relation, rules...) },
		func(ctx context.Context) ([]string, error) { return of.Related(ctx, id, relation) },
	}
}

// AddRules adds rules to a promotion.
func (s *Service) AddRules(ctx context.Context, promotion string, k RuleKind, rules ...*Rule) error {
	if len(rules) == 0 {
		return nil
	}
	if k == BuyRules {
		p, err := s.Promotions.Retrieve(ctx, promotion)
		if err != nil {
			return err
		}
		if p.Type != "buyget" {
			return fault.New(fault.InvalidData, "promotion %q is of type %s; only one of type buyget has buy rules", p.Code, p.Type)
		}
	}
	return s.changing(ctx, promotion, k, func(ctx context.Context, h holder) error {
		if err := s.Rules.Create(ctx, rules...); err != nil {
			return err
		}
		ids := make([]string, len(rules))
		for i, r := range rules {
			ids[i] = r.ID
		}
		return h.relate(ctx, ids...)
	})
}

// UpdateRule changes fields of one of a promotion's rules, and replaces its values
// unless values is empty.
func (s *Service) UpdateRule(ctx context.Context, promotion string, k RuleKind, id string, p module.Patch, values []string) error {
	return s.changing(ctx, promotion, k, func(ctx context.Context, h holder) error {
		rules, err := h.rules(ctx)
		if err != nil {
			return err
		}
		if !slices.Contains(rules, id) {
			return fault.New(fault.InvalidData, "promotion %q has no rule with id %q among its %s", promotion, id, k)
		}
		if len(p) > 0 {
			if _, err := s.Rules.Update(ctx, []string{id}, p); err != nil {
				return err
			}
		}
		return s.setValues(ctx, id, values)
	})
}

// setValues replaces the values of a rule. If values is empty, it does nothing.
func (s *Service) setValues(ctx context.Context, rule string, values []string) error {
	if len(values) == 0 {
		return nil
	}
	old, err := s.RuleValues.List(ctx, module.Where{"promotion_rule_id": rule}, module.Page{})
	if err != nil {
		return err
	}
	var ids []string
	for _, v := range old {
		ids = append(ids, v.ID)
	}
	if err := s.RuleValues.SoftDelete(ctx, ids...); err != nil {
		return err
	}
	fresh := make([]*RuleValue, len(values))
	for i, v := range values {
		fresh[i] = &RuleValue{Value: v, PromotionRuleID: rule}
	}
	return s.RuleValues.Create(ctx, fresh...)
}

// RemoveRules deletes rules of a promotion. Ids of other rules are ignored.
func (s *Service) RemoveRules(ctx context.Context, promotion string, k RuleKind, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	return s.changing(ctx, promotion, k, func(ctx context.Context, h holder) error {
		rules, err := h.rules(ctx)
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slices.Contains(rules, id) })
		if err := h.unrelate(ctx, ids...); err != nil {
			return err
		}
		return s.Rules.SoftDelete(ctx, ids...)
	})
}

// changing runs a change of rules, and then checks the promotion against the rules of
// the module.
func (s *Service) changing(ctx context.Context, promotion string, k RuleKind, change func(ctx context.Context, h holder) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		h, err := s.holder(ctx, promotion, k)
		if err != nil {
			return err
		}
		if err := change(ctx, h); err != nil {
			return err
		}
		return s.check(ctx, []string{promotion})
	})
}

// UpdateBudget changes fields of a campaign's budget.
func (s *Service) UpdateBudget(ctx context.Context, campaign string, p module.Patch) error {
	if len(p) == 0 {
		return nil
	}
	found, err := s.CampaignBudgets.List(ctx, module.Where{"campaign_id": campaign}, module.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fault.New(fault.NotFound, "campaign %q has no budget", campaign)
	}
	_, err = s.CampaignBudgets.Update(ctx, []string{found[0].ID}, p)
	return err
}

// MoveToCampaign adds promotions to a campaign and removes others from it.
func (s *Service) MoveToCampaign(ctx context.Context, campaign string, add, remove []string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.Campaigns.Exist(ctx, campaign); err != nil {
			return err
		}
		if err := s.Promotions.Exist(ctx, add...); err != nil {
			return err
		}
		if err := s.leave(ctx, module.Where{"id": remove, "campaign_id": campaign}); err != nil {
			return err
		}
		_, err := s.Promotions.Update(ctx, add, module.Patch{"campaign_id": campaign})
		return err
	})
}

// leave removes promotions from their campaigns.
func (s *Service) leave(ctx context.Context, w module.Where) error {
	found, err := s.Promotions.List(ctx, w, module.Page{})
	if err != nil {
		return err
	}
	var ids []string
	for _, p := range found {
		ids = append(ids, p.ID)
	}
	_, err = s.Promotions.Update(ctx, ids, module.Patch{"campaign_id": nil})
	return err
}

// DeleteCampaigns soft-deletes campaigns with their budgets. Their promotions remain,
// without a campaign.
func (s *Service) DeleteCampaigns(ctx context.Context, ids ...string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.leave(ctx, module.Where{"campaign_id": ids}); err != nil {
			return err
		}
		return s.Campaigns.SoftDelete(ctx, ids...)
	})
}
