package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// priced is how many variants the case of prices has.
const priced = 100

// priceCase returns the calculation of the prices of 100 variants, which have tiers, a
// price for a region, and prices in two lists.
func priceCase(ctx context.Context, s *shop) (*pair, error) {
	sets, err := s.makePrices(ctx)
	if err != nil {
		return nil, err
	}
	in := pricing.Context{CurrencyCode: "eur", RegionID: "reg_bench", CustomerGroupIDs: []string{"cusgroup_bench"}, Quantity: money.Int(6)}
	all, err := byHandSQL(s.engine(), "prices")
	if err != nil {
		return nil, err
	}
	want, err := s.Pricing.Calculate(ctx, sets, in)
	if err != nil {
		return nil, err
	}
	p := &pair{name: "calculated prices of 100 variants, lists and tiers", bar: 1.3, ours: func(ctx context.Context) error {
		_, err := s.Pricing.Calculate(ctx, sets, in)
		return err
	}}
	for name, sql := range all {
		got, err := s.pricesByHand(ctx, sql, sets, in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for id, c := range want {
			if amounts := got[id]; !c.CalculatedAmount.Equal(amounts[0]) || !c.OriginalAmount.Equal(amounts[1]) {
				return nil, fmt.Errorf("%s: %s costs %v, not %s of %s", name, id, amounts, c.CalculatedAmount, c.OriginalAmount)
			}
		}
		p.hands = append(p.hands, func(ctx context.Context) error {
			_, err := s.pricesByHand(ctx, sql, sets, in)
			return err
		})
	}
	return p, nil
}

// makePrices creates the sets and lists, and returns the ids of the sets.
func (s *shop) makePrices(ctx context.Context) ([]string, error) {
	sale := &pricing.PriceList{Title: "Sale", Status: pricing.ListActive}
	members := &pricing.PriceList{Title: "Members", Status: pricing.ListActive, Type: pricing.ListOverride, PriceListRules: []*pricing.PriceListRule{
		{Attribute: pricing.AttributeGroups, Value: model.ToJSON([]string{"cusgroup_bench", "cusgroup_other"})},
	}}
	if err := s.Pricing.PriceLists.Create(ctx, sale, members); err != nil {
		return nil, err
	}
	sets, ids := make([]*pricing.PriceSet, priced), make([]string, priced)
	for i := range sets {
		cost := func(currency string, amount, from, to int64) *pricing.Price {
			p := &pricing.Price{CurrencyCode: currency, Amount: money.Int(amount + int64(i)), MinQuantity: new(money.Int(from))}
			if to > 0 {
				p.MaxQuantity = new(money.Int(to))
			}
			return p
		}
		regional := cost("eur", 95, 1, 0)
		regional.PriceRules = []*pricing.PriceRule{{Attribute: pricing.AttributeRegion, Operator: pricing.OperatorEqual, Value: "reg_bench"}}
		own := []*pricing.Price{cost("usd", 110, 1, 0), cost("eur", 100, 1, 4), cost("eur", 90, 5, 9), cost("eur", 80, 10, 0), regional}
		if i%2 == 0 {
			p := cost("eur", 70, 1, 0)
			p.PriceListID = &sale.ID
			own = append(own, p)
		}
		if i%5 == 0 {
			p := cost("eur", 60, 1, 0)
			p.PriceListID = &members.ID
			own = append(own, p)
		}
		ids[i] = model.NewID("pset")
		sets[i] = &pricing.PriceSet{Record: model.Record{ID: ids[i]}, Prices: own}
	}
	return ids, s.Pricing.PriceSets.Create(ctx, sets...)
}

// rawPrice is a row of the statement by hand.
type rawPrice struct {
	set, id, amount         string
	from, to, list, kind    *string
	attribute, value        *string
	listAttribute, listText *string
	rules                   int
	fits                    bool
	at                      money.Amount
}

// pricesByHand returns the calculated and the original amount of sets, as a program
// would that knows which rules there are.
func (s *shop) pricesByHand(ctx context.Context, sql string, sets []string, in pricing.Context) (map[string][2]money.Amount, error) {
	rows, err := s.DB().Query(ctx, sql, sets, in.CurrencyCode, time.Now().UTC().Truncate(time.Millisecond))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	own, listed := make(map[string]*rawPrice, len(sets)), make(map[string]*rawPrice, len(sets))
	for rows.Next() {
		p := &rawPrice{}
		if err := rows.Scan(&p.set, &p.id, &p.amount, &p.from, &p.to, &p.list, &p.kind, &p.attribute, &p.value, &p.listAttribute, &p.listText); err != nil {
			return nil, err
		}
		best := own
		if p.list != nil {
			best = listed
		}
		if err := p.read(in); err != nil {
			return nil, err
		}
		if p.fits && p.before(best[p.set]) {
			best[p.set] = p
		}
	}
	out := make(map[string][2]money.Amount, len(sets))
	for _, id := range sets {
		price, original := own[id], own[id]
		if l := listed[id]; l != nil && *l.kind == "override" {
			price, original = l, l
		} else if l != nil && l.at.Cmp(original.at) <= 0 {
			price = l
		}
		out[id] = [2]money.Amount{price.at, original.at}
	}
	return out, rows.Err()
}

// read reads the amounts, and whether the price fits the context.
func (p *rawPrice) read(in pricing.Context) (err error) {
	if p.at, err = money.Parse(p.amount); err != nil {
		return err
	}
	p.fits = true
	for bound, sign := range map[*string]int{p.from: -1, p.to: 1} {
		if bound == nil {
			continue
		}
		n, err := money.Parse(*bound)
		if err != nil {
			return err
		}
		p.fits = p.fits && in.Quantity.Cmp(n) != sign
	}
	if p.attribute != nil {
		p.rules++
		p.fits = p.fits && *p.attribute == pricing.AttributeRegion && *p.value == in.RegionID
	}
	if p.listAttribute == nil {
		return nil
	}
	p.rules++
	var groups []string
	if err := json.Unmarshal([]byte(*p.listText), &groups); err != nil {
		return err
	}
	p.fits = p.fits && slices.ContainsFunc(groups, func(g string) bool { return slices.Contains(in.CustomerGroupIDs, g) })
	return nil
}

// before reports whether a price is to be taken instead of another one, which may be
// nil. All have bounds.
func (p *rawPrice) before(other *rawPrice) bool {
	return other == nil || p.rules > other.rules || p.rules == other.rules && p.at.Cmp(other.at) < 0
}
