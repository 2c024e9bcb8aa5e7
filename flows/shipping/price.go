package shipping

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/money"
)

// Price is a price of a shipping option, in a currency or in a region.
type Price struct {
	ID           string       `json:"id"` // one that is kept
	CurrencyCode string       `json:"currency_code"`
	RegionID     string       `json:"region_id"`
	Amount       money.Amount `json:"amount" body:"required"`
	Rules        []PriceRule  `json:"rules"`
}

// PriceRule is a condition of a price: on the total of the items of a cart.
type PriceRule struct {
	Attribute string               `json:"attribute" body:"required,enum=item_total"`
	Operator  pricing.RuleOperator `json:"operator" body:"required,enum=gte|lte|gt|lt|eq"`
	Value     money.Amount         `json:"value" body:"required"`
}

// priceRecords returns prices as module pricing keeps them. The price of a region is
// in its currency, and has a rule on it.
func (s *Shipping) priceRecords(ctx context.Context, prices []Price) ([]*pricing.Price, error) {
	regions, err := s.regionsOf(ctx, prices)
	if err != nil {
		return nil, err
	}
	out := make([]*pricing.Price, len(prices))
	for i := range prices {
		p := &prices[i]
		record := &pricing.Price{CurrencyCode: p.CurrencyCode, Amount: p.Amount, PriceRules: []*pricing.PriceRule{}}
		record.ID = p.ID
		if p.RegionID != "" {
			record.CurrencyCode = regions[p.RegionID].CurrencyCode
			record.PriceRules = append(record.PriceRules, &pricing.PriceRule{Attribute: pricing.AttributeRegion, Operator: pricing.OperatorEqual, Value: p.RegionID})
		}
		for _, r := range p.Rules {
			record.PriceRules = append(record.PriceRules, &pricing.PriceRule{Attribute: r.Attribute, Operator: r.Operator, Value: r.Value.String()})
		}
		out[i] = record
	}
	return out, nil
}

// regionsOf returns the regions of prices, by id. Each price has a currency or a
// region that exists.
func (s *Shipping) regionsOf(ctx context.Context, prices []Price) (map[string]*region.Region, error) {
	var ids, codes []string
	for i := range prices {
		p := &prices[i]
		switch {
		case (p.CurrencyCode == "") == (p.RegionID == ""):
			return nil, fault.New(fault.InvalidData, "prices[%d] needs either currency_code or region_id", i)
		case p.RegionID != "":
			ids = append(ids, p.RegionID)
		default:
			codes = append(codes, strings.ToLower(p.CurrencyCode))
		}
	}
	if err := s.shop.Currency.Check(ctx, "price.currency_code", codes...); err != nil {
		return nil, err
	}
	found, err := s.shop.Region.Regions.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return nil, err
	}
	out := map[string]*region.Region{}
	for _, r := range found {
		out[r.ID] = r
	}
	for _, id := range ids {
		if out[id] == nil {
			return nil, fault.New(fault.InvalidData, "there is no region with id %q", fault.Clip(id))
		}
	}
	return out, nil
}
