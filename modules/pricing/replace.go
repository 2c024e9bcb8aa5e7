package pricing

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Replace replaces the prices of a set, except those of price lists: prices with an
// id are changed, those without one created, and all others deleted. A price whose
// PriceRules are nil keeps its rules.
func (s *Service) Replace(ctx context.Context, set string, prices []*Price) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		gone, err := s.Prices.List(ctx, module.Where{"price_set_id": set, "price_list_id": nil}, module.Page{})
		if err != nil {
			return err
		}
		var fresh, kept []*Price
		for _, p := range prices {
			p.PriceSetID = set
			if p.ID == "" {
				fresh = append(fresh, p)
				continue
			}
			at := slices.IndexFunc(gone, func(old *Price) bool { return old.ID == p.ID })
			if at < 0 {
				return fault.New(fault.NotFound, "price set %q has no price with id %q", set, fault.Clip(p.ID))
			}
			p.Record, p.RulesCount = gone[at].Record, gone[at].RulesCount
			kept, gone = append(kept, p), slices.Delete(gone, at, at+1)
		}
		if err := s.Prices.SoftDelete(ctx, module.IDs(gone, func(p *Price) string { return p.ID })...); err != nil {
			return err
		}
		if err := s.keep(ctx, kept); err != nil {
			return err
		}
		return s.Prices.Create(ctx, fresh...)
	})
}

// keep writes prices that are there, and replaces the rules of those that have any.
func (s *Service) keep(ctx context.Context, prices []*Price) error {
	if err := s.Prices.Save(ctx, prices...); err != nil {
		return err
	}
	var ids []string
	var rules []*PriceRule
	for _, p := range prices {
		if p.PriceRules != nil {
			ids = append(ids, p.ID)
		}
		for _, r := range p.PriceRules {
			r.PriceID = p.ID
			rules = append(rules, r)
		}
	}
	there, err := s.PriceRules.List(ctx, module.Where{"price_id": ids}, module.Page{})
	if err != nil {
		return err
	}
	if err := s.RemoveRules(ctx, module.IDs(there, func(r *PriceRule) string { return r.ID })...); err != nil {
		return err
	}
	return s.PriceRules.Create(ctx, rules...)
}
