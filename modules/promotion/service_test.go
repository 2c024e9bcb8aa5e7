package promotion_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(promotion.Module)

// tenOff returns ten percent off all items, for the customers of a group.
func tenOff(code string) *promotion.Promotion {
	return &promotion.Promotion{
		Code: code, Type: promotion.TypeStandard,
		Rules: []*promotion.Rule{rule("customer.groups.id")},
		ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodPercentage, Value: new(money.Int(10)),
			TargetType: promotion.TargetItems, Allocation: new(promotion.AllocateAcross),
		},
	}
}

// buyTwo returns buy two, get one free.
func buyTwo(code string) *promotion.Promotion {
	return &promotion.Promotion{
		Code: code, Type: promotion.TypeBuyGet,
		ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodPercentage, Value: new(money.Int(100)),
			TargetType: promotion.TargetItems, Allocation: new(promotion.AllocateEach), MaxQuantity: new(int64(2)),
			BuyRules: []*promotion.Rule{rule("items.product.id")}, BuyRulesMinQuantity: new(int64(2)),
			TargetRules: []*promotion.Rule{rule("items.product.id")}, ApplyToQuantity: new(int64(1)),
		},
	}
}

func rule(attribute string) *promotion.Rule {
	return &promotion.Rule{Attribute: attribute, Operator: promotion.OperatorIn, Values: []*promotion.RuleValue{{Value: "x"}}}
}

func TestPromotionRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := promotion.New(store)
		moduletest.Create(t, s.Promotions, tenOff("TEN"), tenOff("ten"), buyTwo("BUY2"), &promotion.Promotion{Code: "LATER", Type: promotion.TypeStandard})
		if n, err := s.Promotions.Count(t.Context(), module.Where{"code": []string{"TEN", "ten"}}); n != 2 || err != nil {
			t.Errorf("%d codes are kept as they were written (%v)", n, err)
		}
		spoiled := func(p *promotion.Promotion, spoil func(*promotion.Promotion, *promotion.ApplicationMethod)) func(context.Context) error {
			spoil(p, p.ApplicationMethod)
			return func(ctx context.Context) error { return s.Promotions.Create(ctx, tenOff("GOOD"), p) }
		}
		ten := func(spoil func(*promotion.ApplicationMethod)) func(context.Context) error {
			return spoiled(tenOff("X"), func(_ *promotion.Promotion, m *promotion.ApplicationMethod) { spoil(m) })
		}
		buy := func(spoil func(*promotion.ApplicationMethod)) func(context.Context) error {
			return spoiled(buyTwo("X"), func(_ *promotion.Promotion, m *promotion.ApplicationMethod) { spoil(m) })
		}
		type method = promotion.ApplicationMethod
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: spoiled(tenOff("TEN"), func(*promotion.Promotion, *method) {}), Type: fault.DuplicateError, Words: []string{`a promotion with code "TEN" exists already`}},
			moduletest.Refusal{Do: spoiled(tenOff(""), func(*promotion.Promotion, *method) {}), Words: []string{"promotion.code"}},
			moduletest.Refusal{Do: spoiled(tenOff("X"), func(p *promotion.Promotion, _ *method) { p.Limit = new(int64(0)) }), Words: []string{"promotion.limit"}},
			moduletest.Refusal{Do: spoiled(tenOff("X"), func(p *promotion.Promotion, _ *method) { p.Type = "" }), Words: []string{"promotion.type", "standard, buyget"}},
			moduletest.Refusal{Do: spoiled(tenOff("X"), func(p *promotion.Promotion, _ *method) { p.CampaignID = new("procamp_x") }), Type: fault.NotFound, Words: []string{"promotion.campaign_id"}},
			moduletest.Refusal{Do: spoiled(tenOff("X"), func(p *promotion.Promotion, _ *method) { p.Rules[0].Values = nil }), Words: []string{"promotion_rule.values"}},
			moduletest.Refusal{Do: spoiled(tenOff("X"), func(p *promotion.Promotion, _ *method) { p.Rules[0].Attribute = "" }), Words: []string{"promotion_rule.attribute"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.Value = nil }), Words: []string{"application_method.value is missing"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.Value = new(money.Zero) }), Words: []string{"application_method.value cannot be 0 %"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.Value = new(money.MustParse("100.01")) }), Words: []string{"100.01 %", "at most 100"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.Type = promotion.MethodFixed }), Words: []string{"application_method.currency_code"}},
			moduletest.Refusal{Do: ten(func(m *method) {
				m.Type, m.CurrencyCode, m.Value = promotion.MethodFixed, new("eur"), new(money.Int(-1))
			}), Words: []string{"application_method.value cannot be -1"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.CurrencyCode = new("euro") }), Words: []string{"application_method.currency_code", "euro"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.Allocation = nil }), Words: []string{"application_method.allocation is missing"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.MaxQuantity = new(int64(1)) }), Words: []string{"application_method.max_quantity cannot be given"}},
			moduletest.Refusal{Do: ten(func(m *method) { m.Allocation = new(promotion.AllocateOnce) }), Words: []string{"application_method.max_quantity is missing"}},
			moduletest.Refusal{Do: buy(func(m *method) { m.MaxQuantity = new(int64(0)) }), Words: []string{"application_method.max_quantity cannot be 0"}},
			moduletest.Refusal{Do: ten(func(m *method) {
				m.TargetType, m.Allocation, m.MaxQuantity = promotion.TargetOrder, new(promotion.AllocateOnce), new(int64(1))
			}), Words: []string{"once", "order"}},
			moduletest.Refusal{Do: ten(func(m *method) {
				m.TargetType, m.TargetRules = promotion.TargetOrder, []*promotion.Rule{rule("items.id")}
			}), Words: []string{`"X"`, "cannot have target_rules"}},
			moduletest.Refusal{Do: buy(func(m *method) { m.BuyRules = nil }), Words: []string{"buyget", "buy_rules"}},
			moduletest.Refusal{Do: buy(func(m *method) { m.TargetRules = nil }), Words: []string{"buyget", "target_rules"}},
			moduletest.Refusal{Do: buy(func(m *method) { m.BuyRulesMinQuantity = nil }), Words: []string{"buy_rules_min_quantity"}},
			moduletest.Refusal{Do: buy(func(m *method) { m.ApplyToQuantity = nil }), Words: []string{"apply_to_quantity"}},
			moduletest.Refusal{Do: buy(func(m *method) { m.ApplyToQuantity = new(int64(3)) }), Words: []string{"max_quantity of at least"}},
			moduletest.Refusal{Do: spoiled(buyTwo("X"), func(p *promotion.Promotion, _ *method) { p.ApplicationMethod = nil }), Words: []string{"buyget", "needs an application_method"}},
		)
	})
}

// What a rule requires cannot be removed later either.
func TestPromotionsStayWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := promotion.New(store)
		ten, buy := tenOff("TEN"), buyTwo("BUY2")
		moduletest.Create(t, s.Promotions, ten, buy)
		update := func(m *promotion.ApplicationMethod, p module.Patch) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := s.ApplicationMethods.Update(ctx, []string{m.ID}, p)
				return err
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: update(buy.ApplicationMethod, module.Patch{"apply_to_quantity": nil}), Words: []string{"apply_to_quantity"}},
			moduletest.Refusal{Do: update(ten.ApplicationMethod, module.Patch{"value": 101}), Words: []string{"101 %"}},
			moduletest.Refusal{Do: update(ten.ApplicationMethod, module.Patch{"type": "fixed"}), Words: []string{"currency_code"}},
			moduletest.Refusal{Name: "a standard promotion made buyget", Words: []string{"buyget", "buy_rules"}, Do: func(ctx context.Context) error {
				_, err := s.Promotions.Update(ctx, []string{ten.ID}, module.Patch{"type": promotion.TypeBuyGet})
				return err
			}},
		)
		if err := update(ten.ApplicationMethod, module.Patch{"type": "fixed", "currency_code": "USD"})(t.Context()); err != nil {
			t.Error(err)
		}
		if m, err := s.ApplicationMethods.Retrieve(t.Context(), ten.ApplicationMethod.ID); err != nil || *m.CurrencyCode != "usd" {
			t.Errorf("the method became %+v (%v)", m, err)
		}
	})
}

func TestCampaignRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := promotion.New(store)
		now := time.Now()
		summer := func(spoil func(*promotion.Campaign, *promotion.CampaignBudget)) *promotion.Campaign {
			b := &promotion.CampaignBudget{Type: promotion.BudgetSpend, CurrencyCode: new("EUR"), Limit: new(money.Int(1000))}
			c := &promotion.Campaign{Name: "Summer", CampaignIdentifier: "summer-2", StartsAt: &now, EndsAt: new(now.Add(time.Hour)), Budget: b}
			spoil(c, b)
			return c
		}
		create := func(spoil func(*promotion.Campaign, *promotion.CampaignBudget)) func(context.Context) error {
			return func(ctx context.Context) error { return s.Campaigns.Create(ctx, summer(spoil)) }
		}
		type campaign = promotion.Campaign
		type budget = promotion.CampaignBudget
		first := summer(func(c *campaign, _ *budget) {
			c.CampaignIdentifier, c.Promotions = "summer", []*promotion.Promotion{tenOff("TEN")}
		})
		moduletest.Create(t, s.Campaigns, first)
		dollars := tenOff("USD")
		dollars.CampaignID, dollars.ApplicationMethod.CurrencyCode = &first.ID, new("usd")
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(func(c *campaign, _ *budget) { c.CampaignIdentifier = "summer" }), Type: fault.DuplicateError, Words: []string{`a campaign with campaign_identifier "summer"`}},
			moduletest.Refusal{Do: create(func(c *campaign, _ *budget) { c.CampaignIdentifier = "" }), Words: []string{"campaign.campaign_identifier"}},
			moduletest.Refusal{Do: create(func(c *campaign, _ *budget) { c.Name = "" }), Words: []string{"campaign.name"}},
			moduletest.Refusal{Do: create(func(c *campaign, _ *budget) { c.EndsAt = c.StartsAt }), Words: []string{"campaign.ends_at"}},
			moduletest.Refusal{Do: create(func(_ *campaign, b *budget) { b.CurrencyCode = nil }), Words: []string{"campaign_budget.currency_code is missing"}},
			moduletest.Refusal{Do: create(func(_ *campaign, b *budget) { b.CurrencyCode = new("e") }), Words: []string{"campaign_budget.currency_code cannot be"}},
			moduletest.Refusal{Do: create(func(_ *campaign, b *budget) { b.Type = promotion.BudgetUsage }), Words: []string{"campaign_budget.currency_code cannot be given"}},
			moduletest.Refusal{Do: create(func(_ *campaign, b *budget) { b.Type = promotion.BudgetSpendByAttribute }), Words: []string{"campaign_budget.attribute"}},
			moduletest.Refusal{Do: create(func(_ *campaign, b *budget) { b.Limit = new(money.Int(-1)) }), Words: []string{"campaign_budget.limit"}},
			moduletest.Refusal{Name: "a promotion in another currency", Words: []string{`"USD" is in usd`, "in eur"}, Do: func(ctx context.Context) error {
				return s.Promotions.Create(ctx, dollars)
			}},
		)
		fixed := tenOff("FIVE")
		fixed.CampaignID, fixed.ApplicationMethod.Type, fixed.ApplicationMethod.CurrencyCode = &first.ID, promotion.MethodFixed, new("eur")
		moduletest.Create(t, s.Promotions, fixed)
		moduletest.Refuse(t, store, moduletest.Refusal{Name: "a budget that changes its currency", Words: []string{`"FIVE"`}, Do: func(ctx context.Context) error {
			_, err := s.CampaignBudgets.Update(ctx, []string{first.Budget.ID}, module.Patch{"currency_code": "usd"})
			return err
		}})
	})
}
