package demo

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/money"
)

// offer is a promotion with what the demo needs to apply it.
type offer struct {
	*promotion.Promotion
	percent int64 // off all items or off shipping; 0 means a fixed amount off one item
	from    time.Time
	until   time.Time
	used    int64
}

// onShipping reports whether the offer reduces shipping instead of goods.
func (o *offer) onShipping() bool {
	return o != nil && o.ApplicationMethod.TargetType == promotion.TargetShippingMethods
}

// suits reports whether a buyer can use the offer for an order placed at a time.
func (o *offer) suits(b *buyer, at time.Time) bool {
	m := o.ApplicationMethod
	switch {
	case at.Before(o.from) || at.After(o.until):
		return false
	case m.CurrencyCode != nil && *m.CurrencyCode != b.area.CurrencyCode:
		return false
	}
	return len(o.Rules) == 0 || b.member
}

// makePromotions creates the promotions that orders use, and others that they do not use: a
// draft, an expired one, and a buy-get promotion.
func (w *world) makePromotions(ctx context.Context) error {
	summer := w.campaign()
	welcome := percentage("WELCOME10", 10, promotion.TargetItems)
	sale := percentage("SUMMER20", 20, promotion.TargetItems)
	sale.Campaign = summer
	member := percentage("MEMBERS10", 10, promotion.TargetItems)
	member.IsAutomatic = true
	member.Rules = []*promotion.Rule{rule("customer.groups.id", w.members.ID)}
	free := percentage("FREESHIP", 100, promotion.TargetShippingMethods)
	euros, dollars := fixed("TAKE5", "eur"), fixed("FIVEOFF", "usd")
	w.offers = []*offer{
		w.always(welcome, 10), {sale, 20, *summer.StartsAt, *summer.EndsAt, 0}, w.always(member, 10), w.always(free, 100), w.always(euros, 0), w.always(dollars, 0),
	}
	winter := percentage("WINTER15", 15, promotion.TargetItems)
	winter.Status = promotion.StatusDraft
	over := percentage("OPENING25", 25, promotion.TargetItems)
	over.Status = promotion.StatusInactive
	mugs := w.buyGet()
	w.spare = w.always(mugs, 0)
	return w.Promotion.Promotions.Create(ctx, welcome, sale, member, free, euros, dollars, winter, over, mugs)
}

func (w *world) always(p *promotion.Promotion, percent int64) *offer {
	return &offer{p, percent, w.start, w.end, 0}
}

// campaign returns the summer sale: five weeks of last summer.
func (w *world) campaign() *promotion.Campaign {
	from := time.Date(w.end.Year()-1, 6, 20, 0, 0, 0, 0, time.UTC)
	return &promotion.Campaign{
		Name: "Summer sale", Description: new("Before the new season"), CampaignIdentifier: "summer-sale", StartsAt: &from, EndsAt: new(from.AddDate(0, 0, 35)),
		Budget: &promotion.CampaignBudget{Type: promotion.BudgetUsage, Limit: new(money.Int(int64(max(500, w.options.Orders))))},
	}
}

func percentage(code string, percent int64, target promotion.TargetType) *promotion.Promotion {
	return &promotion.Promotion{
		Code: code, Type: promotion.TypeStandard, Status: promotion.StatusActive,
		ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodPercentage, Value: new(money.Int(percent)), TargetType: target, Allocation: new(promotion.AllocateAcross),
		},
	}
}

// fixed returns a promotion of five euros, or dollars, off one item.
func fixed(code, currency string) *promotion.Promotion {
	return &promotion.Promotion{
		Code: code, Type: promotion.TypeStandard, Status: promotion.StatusActive,
		ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodFixed, Value: new(money.Int(5)), CurrencyCode: &currency, TargetType: promotion.TargetItems,
			Allocation: new(promotion.AllocateOnce), MaxQuantity: new(int64(1)),
		},
	}
}

// buyGet returns a promotion with a free mug for two plates.
func (w *world) buyGet() *promotion.Promotion {
	byTitle := map[string]string{}
	for _, g := range w.goods {
		byTitle[g.Title] = g.ID
	}
	return &promotion.Promotion{
		Code: "MUGWITHPLATES", Type: promotion.TypeBuyGet, Status: promotion.StatusActive,
		ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodPercentage, Value: new(money.Int(100)), TargetType: promotion.TargetItems, Allocation: new(promotion.AllocateEach),
			MaxQuantity: new(int64(1)), ApplyToQuantity: new(int64(1)), BuyRulesMinQuantity: new(int64(2)),
			BuyRules:    []*promotion.Rule{rule("items.product.id", byTitle["Basecamp Enamel Plates"])},
			TargetRules: []*promotion.Rule{rule("items.product.id", byTitle["Tinder Titanium Mug"])},
		},
	}
}

func rule(attribute, value string) *promotion.Rule {
	return &promotion.Rule{Attribute: attribute, Operator: promotion.OperatorIn, Values: []*promotion.RuleValue{{Value: value}}}
}

// offerFor chooses a promotion for an order, or nil for most orders. It is that of the sale
// while that lasts, or else one that suits, or else the one for everyone.
func (w *world) offerFor(b *buyer, at time.Time) *offer {
	if !w.chance(25) {
		return nil
	}
	if sale := w.offers[1]; sale.suits(b, at) {
		return sale
	}
	if o := pick(w.source, w.offers); o.suits(b, at) {
		return o
	}
	return w.offers[0]
}

// countUses sets how often each promotion was used.
func (w *world) countUses(ctx context.Context) error {
	for _, o := range w.offers {
		if _, err := w.Promotion.Promotions.Update(ctx, []string{o.ID}, module.Patch{"used": o.used}); err != nil {
			return err
		}
		if o.Campaign == nil {
			continue
		}
		if _, err := w.Promotion.CampaignBudgets.Update(ctx, []string{o.Campaign.Budget.ID}, module.Patch{"used": money.Int(o.used)}); err != nil {
			return err
		}
	}
	return nil
}
