package pricing

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// Changes are changes of prices that are made together. Tiers are compared when all
// are made, so that they can trade places.
type Changes struct {
	Delete []string                // the ids of prices
	Save   []*Price                // prices that were read, with what is changed
	Rules  map[string][]*PriceRule // all rules of saved prices, by their ids; prices that are left out keep theirs
	Create []*Price                // with their rules
}

// together is the key of a context in which prices are compared later.
type together struct{}

func isTogether(ctx context.Context) bool { return ctx.Value(together{}) != nil }

// Change makes changes, with one statement per table and kind of change.
func (s *Service) Change(ctx context.Context, c *Changes) error {
	written := slices.Concat(c.Save, c.Create)
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.lockTiers(ctx, written); err != nil {
			return err
		}
		later := context.WithValue(ctx, together{}, true)
		if err := s.Prices.SoftDelete(later, c.Delete...); err != nil {
			return err
		}
		if err := s.Prices.Save(later, c.Save...); err != nil {
			return err
		}
		if err := s.setRules(later, c.Rules); err != nil {
			return err
		}
		if err := s.Prices.Create(later, c.Create...); err != nil {
			return err
		}
		return s.checkTiers(ctx, written)
	})
}

// setRules replaces the rules of prices.
func (s *Service) setRules(ctx context.Context, of map[string][]*PriceRule) error {
	if len(of) == 0 {
		return nil
	}
	prices := slices.Sorted(maps.Keys(of))
	old, err := s.PriceRules.List(ctx, module.Where{"price_id": prices}, module.Page{})
	if err != nil {
		return err
	}
	if err := s.PriceRules.SoftDelete(ctx, module.IDs(old, func(r *PriceRule) string { return r.ID })...); err != nil {
		return err
	}
	var fresh []*PriceRule
	for _, id := range prices {
		for _, r := range of[id] {
			r.PriceID = id
			fresh = append(fresh, r)
		}
	}
	if err := s.PriceRules.Create(ctx, fresh...); err != nil {
		return err
	}
	return s.countRules(ctx, prices)
}

// SetListRules replaces the rules of a price list.
func (s *Service) SetListRules(ctx context.Context, list string, rules ...*PriceListRule) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		old, err := s.PriceListRules.List(ctx, module.Where{"price_list_id": list}, module.Page{})
		if err != nil {
			return err
		}
		if err := s.RemoveListRules(ctx, module.IDs(old, func(r *PriceListRule) string { return r.ID })...); err != nil {
			return err
		}
		for _, r := range rules {
			r.PriceListID = list
		}
		return s.PriceListRules.Create(ctx, rules...)
	})
}
