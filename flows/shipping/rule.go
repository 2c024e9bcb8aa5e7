package shipping

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

// Rule is a condition under which a shipping option is offered.
type Rule struct {
	ID        string                   `json:"id"` // one that is kept
	Attribute string                   `json:"attribute" body:"required"`
	Operator  fulfillment.RuleOperator `json:"operator" body:"required,enum=in|eq|ne|gt|gte|lt|lte|nin"`
	Value     model.RawJSON            `json:"value" body:"required"` // a text, or a list of texts
}

func (r *Rule) record(option string) *fulfillment.ShippingOptionRule {
	return &fulfillment.ShippingOptionRule{Attribute: r.Attribute, Operator: r.Operator, Value: r.Value, ShippingOptionID: option}
}

func records(rules []Rule) []*fulfillment.ShippingOptionRule {
	out := make([]*fulfillment.ShippingOptionRule, len(rules))
	for i := range rules {
		out[i] = rules[i].record("")
	}
	return out
}

// setRules replaces the rules of a shipping option. Those with an id are changed.
func (s *Shipping) setRules(ctx context.Context, option string, rules []Rule) error {
	there, err := s.shop.Fulfillment.ShippingOptionRules.List(ctx, module.Where{"shipping_option_id": option}, module.Page{})
	if err != nil {
		return err
	}
	var fresh, kept []Rule
	for _, r := range rules {
		if r.ID == "" {
			fresh = append(fresh, r)
			continue
		}
		kept = append(kept, r)
	}
	gone := slices.DeleteFunc(there, func(old *fulfillment.ShippingOptionRule) bool {
		return slices.ContainsFunc(kept, func(r Rule) bool { return r.ID == old.ID })
	})
	ids := module.IDs(gone, func(r *fulfillment.ShippingOptionRule) string { return r.ID })
	if err := s.shop.Fulfillment.ShippingOptionRules.SoftDelete(ctx, ids...); err != nil {
		return err
	}
	if _, err := s.ChangeRules(ctx, option, kept); err != nil {
		return err
	}
	_, err = s.AddRules(ctx, option, fresh)
	return err
}

// AddRules adds rules to a shipping option, and returns their ids.
func (s *Shipping) AddRules(ctx context.Context, option string, rules []Rule) ([]string, error) {
	all := records(rules)
	for _, r := range all {
		r.ShippingOptionID = option
	}
	if err := s.shop.Fulfillment.ShippingOptionRules.Create(ctx, all...); err != nil {
		return nil, err
	}
	return module.IDs(all, func(r *fulfillment.ShippingOptionRule) string { return r.ID }), nil
}

// ChangeRules changes rules of a shipping option, and returns their ids. A rule that
// the option does not have is not_found.
func (s *Shipping) ChangeRules(ctx context.Context, option string, rules []Rule) ([]string, error) {
	ids := make([]string, len(rules))
	for i := range rules {
		ids[i] = rules[i].ID
	}
	found, err := s.rulesOf(ctx, option, ids)
	if err != nil {
		return nil, err
	}
	all := make([]*fulfillment.ShippingOptionRule, len(rules))
	for i := range rules {
		all[i] = found[rules[i].ID]
		all[i].Attribute, all[i].Operator, all[i].Value = rules[i].Attribute, rules[i].Operator, rules[i].Value
	}
	return ids, s.shop.Fulfillment.ShippingOptionRules.Save(ctx, all...)
}

// RemoveRules deletes rules of a shipping option. A rule that the option does not
// have is not_found.
func (s *Shipping) RemoveRules(ctx context.Context, option string, ids []string) error {
	if _, err := s.rulesOf(ctx, option, ids); err != nil {
		return err
	}
	return s.shop.Fulfillment.ShippingOptionRules.SoftDelete(ctx, ids...)
}

// rulesOf returns rules of a shipping option, by id.
func (s *Shipping) rulesOf(ctx context.Context, option string, ids []string) (map[string]*fulfillment.ShippingOptionRule, error) {
	found, err := s.shop.Fulfillment.ShippingOptionRules.List(ctx, module.Where{"id": ids, "shipping_option_id": option}, module.Page{})
	if err != nil {
		return nil, err
	}
	out := map[string]*fulfillment.ShippingOptionRule{}
	for _, r := range found {
		out[r.ID] = r
	}
	for _, id := range ids {
		if out[id] == nil {
			return nil, fault.New(fault.NotFound, "shipping option %q has no rule with id %q", fault.Clip(option), fault.Clip(id))
		}
	}
	return out, nil
}
