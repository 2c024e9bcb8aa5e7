package promotion

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// whole is a promotion with everything that the rules across its records need.
type whole struct {
	*Promotion
	method      *ApplicationMethod // nil if there is none
	buy, target int                // the number of rules of each kind that the method has
	budget      *CampaignBudget    // the budget of its campaign, or nil
}

func (s *Service) checkWhole(ctx context.Context, promotions []*Promotion) error {
	ids := make([]string, len(promotions))
	for i, p := range promotions {
		ids[i] = p.ID
	}
	return s.check(ctx, ids)
}

func (s *Service) checkMethods(ctx context.Context, methods []*ApplicationMethod) error {
	ids := make([]string, len(methods))
	for i, m := range methods {
		ids[i] = m.PromotionID
	}
	return s.check(ctx, ids)
}

// checkBudgets checks the promotions of the campaigns whose budgets were written.
func (s *Service) checkBudgets(ctx context.Context, budgets []*CampaignBudget) error {
	campaigns := make([]string, len(budgets))
	for i, b := range budgets {
		campaigns[i] = b.CampaignID
	}
	promotions, err := s.Promotions.List(ctx, module.Where{"campaign_id": campaigns}, module.Page{})
	if err != nil || len(promotions) == 0 {
		return err
	}
	return s.checkWhole(ctx, promotions)
}

// check checks stored promotions against the rules.
func (s *Service) check(ctx context.Context, ids []string) error {
	all, err := s.load(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		if err := all[id].check(); err != nil {
			return err
		}
	}
	return nil
}

func (w *whole) check() error {
	m := w.method
	if m == nil {
		if w.Type == TypeBuyGet {
			return fault.New(fault.InvalidData, "promotion %q is of type buyget; it needs an application_method", w.Code)
		}
		return nil
	}
	if m.TargetType == TargetOrder && w.target > 0 {
		return fault.New(fault.InvalidData, "promotion %q is for whole orders; its application_method cannot have target_rules", w.Code)
	}
	if b := w.budget; b != nil && b.CurrencyCode != nil && m.CurrencyCode != nil && *b.CurrencyCode != *m.CurrencyCode {
		return fault.New(fault.InvalidData, "promotion %q is in %s, but the budget of its campaign is in %s; they must have the same currency", w.Code, *m.CurrencyCode, *b.CurrencyCode)
	}
	if w.Type == TypeBuyGet {
		return w.checkBuyGet()
	}
	return nil
}

// checkBuyGet checks that a buy-get promotion says what must be bought, how many of it,
// and how many others are reduced.
func (w *whole) checkBuyGet() error {
	m := w.method
	missing := ""
	switch {
	case w.buy == 0:
		missing = "buy_rules"
	case w.target == 0:
		missing = "target_rules"
	case m.BuyRulesMinQuantity == nil || *m.BuyRulesMinQuantity < 1:
		missing = "buy_rules_min_quantity of 1 or more"
	case m.ApplyToQuantity == nil || *m.ApplyToQuantity < 1:
		missing = "apply_to_quantity of 1 or more"
	case m.MaxQuantity != nil && *m.MaxQuantity < *m.ApplyToQuantity:
		missing = "max_quantity of at least its apply_to_quantity"
	default:
		return nil
	}
	return fault.New(fault.InvalidData, "promotion %q is of type buyget; its application_method needs %s", w.Code, missing)
}

// load returns promotions with their methods and the budgets of their campaigns.
func (s *Service) load(ctx context.Context, ids []string) (map[string]*whole, error) {
	promotions, err := s.Promotions.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return nil, err
	}
	methods, err := s.ApplicationMethods.List(ctx, module.Where{"promotion_id": ids}, module.Page{})
	if err != nil {
		return nil, err
	}
	all := map[string]*whole{}
	var campaigns []string
	for _, p := range promotions {
		all[p.ID] = &whole{Promotion: p}
		if p.CampaignID != nil {
			campaigns = append(campaigns, *p.CampaignID)
		}
	}
	if err := s.loadRules(ctx, all, methods); err != nil {
		return nil, err
	}
	return all, s.loadBudgets(ctx, all, campaigns)
}

func (s *Service) loadRules(ctx context.Context, all map[string]*whole, methods []*ApplicationMethod) error {
	var ids []string
	for _, m := range methods {
		ids = append(ids, m.ID)
	}
	buy, err := s.countRules(ctx, "application_method_buy_rules", ids)
	if err != nil {
		return err
	}
	target, err := s.countRules(ctx, "application_method_target_rules", ids)
	if err != nil {
		return err
	}
	for _, m := range methods {
		if w := all[m.PromotionID]; w != nil {
			w.method, w.buy, w.target = m, buy[m.ID], target[m.ID]
		}
	}
	return nil
}

// countRules counts the rules of methods in one of the two pivot tables.
func (s *Service) countRules(ctx context.Context, table string, methods []string) (map[string]int, error) {
	d := s.store.DB.Dialect()
	query := "SELECT application_method_id FROM " + d.Quote(table) + " WHERE " + d.List("application_method_id", 1)
	found, err := db.Collect[string](ctx, db.Use(ctx, s.store.DB), query, methods)
	counts := map[string]int{}
	for _, id := range found {
		counts[id]++
	}
	return counts, err
}

func (s *Service) loadBudgets(ctx context.Context, all map[string]*whole, campaigns []string) error {
	if len(campaigns) == 0 {
		return nil
	}
	budgets, err := s.CampaignBudgets.List(ctx, module.Where{"campaign_id": campaigns}, module.Page{})
	if err != nil {
		return err
	}
	for _, b := range budgets {
		for _, w := range all {
			if w.CampaignID != nil && *w.CampaignID == b.CampaignID {
				w.budget = b
			}
		}
	}
	return nil
}
