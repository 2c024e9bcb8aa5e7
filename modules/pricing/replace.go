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
		c := &Changes{Rules: map[string][]*PriceRule{}}
		for _, p := range prices {
			p.PriceSetID = set
			if p.ID == "" {
				c.Create = append(c.Create, p)
				continue
			}
			at := slices.IndexFunc(gone, func(old *Price) bool { return old.ID == p.ID })
			if at < 0 {
				return fault.New(fault.NotFound, "price set %q has no price with id %q", set, fault.Clip(p.ID))
			}
			p.Record, p.RulesCount = gone[at].Record, gone[at].RulesCount
			if p.PriceRules != nil {
				c.Rules[p.ID] = p.PriceRules
			}
			c.Save, gone = append(c.Save, p), slices.Delete(gone, at, at+1)
		}
		c.Delete = module.IDs(gone, func(p *Price) string { return p.ID })
		return s.Change(ctx, c)
	})
}
