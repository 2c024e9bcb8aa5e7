package pricing_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(pricing.Module)

// euros returns a price in euros with rules.
func euros(amount string, rules ...*pricing.PriceRule) *pricing.Price {
	return &pricing.Price{CurrencyCode: "eur", Amount: money.MustParse(amount), PriceRules: rules}
}

// between returns a price in euros for some quantities; 0 means no bound.
func between(amount string, from, to int64) *pricing.Price {
	p := euros(amount)
	if from != 0 {
		p.MinQuantity = new(money.Int(from))
	}
	if to != 0 {
		p.MaxQuantity = new(money.Int(to))
	}
	return p
}

func in(region string) *pricing.PriceRule {
	return &pricing.PriceRule{Attribute: pricing.AttributeRegion, Value: region}
}

// rule returns a rule.
func rule(attribute string, operator pricing.RuleOperator, value string) *pricing.PriceRule {
	return &pricing.PriceRule{Attribute: attribute, Operator: operator, Value: value}
}

func set(prices ...*pricing.Price) *pricing.PriceSet { return &pricing.PriceSet{Prices: prices} }

func TestASetIsWrittenWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		mug := set(euros("20", in("reg_1"), rule("item_total", pricing.OperatorAtLeast, "100")), between("18", 10, 0))
		mug.Prices[1].CurrencyCode = "EUR"
		moduletest.Create(t, s.PriceSets, mug)
		p, err := s.Prices.Retrieve(t.Context(), mug.Prices[0].ID)
		if err != nil || *p.RulesCount != 2 || p.Amount.String() != "20" || p.MinQuantity != nil {
			t.Errorf("the price is %+v (%v)", p, err)
		}
		if p, err = s.Prices.Retrieve(t.Context(), mug.Prices[1].ID); err != nil || *p.RulesCount != 0 || p.MinQuantity.String() != "10" || p.CurrencyCode != "eur" {
			t.Errorf("the price is %+v (%v)", p, err)
		}
		if r, err := s.PriceRules.Retrieve(t.Context(), mug.Prices[0].PriceRules[0].ID); err != nil || r.Operator != pricing.OperatorEqual {
			t.Errorf("the rule is %+v (%v)", r, err)
		}
		moduletest.Create(t, s.PriceLists, &pricing.PriceList{Title: "Sale", Prices: []*pricing.Price{{CurrencyCode: "eur", PriceSetID: mug.ID}}})
		if err := s.PriceSets.SoftDelete(t.Context(), mug.ID); err != nil {
			t.Fatal(err)
		}
		for name, count := range map[string]func(context.Context, module.Where) (int64, error){"prices": s.Prices.Count, "rules": s.PriceRules.Count} {
			if n, err := count(t.Context(), nil); n != 0 || err != nil {
				t.Errorf("a deleted set has %d %s (%v)", n, name, err)
			}
		}
	})
}

func TestRulesAreCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		mug := set(euros("20", in("reg_1")), euros("21"))
		sale := &pricing.PriceList{Title: "Sale", PriceListRules: []*pricing.PriceListRule{{Attribute: pricing.AttributeGroups, Value: model.RawJSON(`["g"]`)}}}
		moduletest.Create(t, s.PriceSets, mug)
		moduletest.Create(t, s.PriceLists, sale)
		want := func(price, list int64) {
			t.Helper()
			p, err := s.Prices.Retrieve(t.Context(), mug.Prices[0].ID)
			l, errList := s.PriceLists.Retrieve(t.Context(), sale.ID)
			if err != nil || errList != nil || *p.RulesCount != price || *l.RulesCount != list {
				t.Errorf("%d and %d rules are counted, want %d and %d (%v, %v)", *p.RulesCount, *l.RulesCount, price, list, err, errList)
			}
		}
		want(1, 1)
		more := &pricing.PriceRule{Attribute: "item_total", Operator: pricing.OperatorAbove, Value: "5", PriceID: mug.Prices[0].ID}
		moduletest.Create(t, s.PriceRules, more)
		other := &pricing.PriceListRule{Attribute: "channel", Value: model.RawJSON(`"web"`), PriceListID: sale.ID}
		moduletest.Create(t, s.PriceListRules, other)
		want(2, 2)
		if err := s.RemoveRules(t.Context(), more.ID, "nope"); err != nil {
			t.Fatal(err)
		}
		if err := s.RemoveListRules(t.Context(), other.ID, sale.PriceListRules[0].ID); err != nil {
			t.Fatal(err)
		}
		want(1, 0)
	})
}

func TestWhatPricesAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := pricing.New(store)
		there := set(euros("20", in("reg_1")))
		moduletest.Create(t, s.PriceSets, there)
		moduletest.Create(t, s.PricePreferences, &pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: new("EUR")})
		price := func(p *pricing.Price) func(context.Context) error {
			return func(ctx context.Context) error { return s.PriceSets.Create(ctx, set(p)) }
		}
		list := func(l *pricing.PriceList) func(context.Context) error {
			return func(ctx context.Context) error { return s.PriceLists.Create(ctx, l) }
		}
		listRule := func(value string) func(context.Context) error {
			return list(&pricing.PriceList{Title: "Sale", PriceListRules: []*pricing.PriceListRule{{Attribute: "g", Value: model.RawJSON(value)}}})
		}
		preference := func(p pricing.PricePreference) func(context.Context) error {
			return func(ctx context.Context) error { return s.PricePreferences.Create(ctx, &p) }
		}
		day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: price(euros("-1")), Words: []string{"price.amount", "-1"}},
			moduletest.Refusal{Do: price(&pricing.Price{CurrencyCode: "euro"}), Words: []string{"price.currency_code", "three letters"}},
			moduletest.Refusal{Do: price(between("1", -1, 0)), Words: []string{"price.min_quantity", "-1"}},
			moduletest.Refusal{Do: price(between("1", 0, -1)), Words: []string{"price.max_quantity", "-1"}},
			moduletest.Refusal{Do: price(between("1", 5, 4)), Words: []string{"price.min_quantity", "5", "4"}},
			moduletest.Refusal{Do: price(euros("1", in(""))), Words: []string{"price_rule.value"}},
			moduletest.Refusal{Do: price(euros("1", rule("", "", "x"))), Words: []string{"price_rule.attribute"}},
			moduletest.Refusal{Do: price(euros("1", rule("item_total", "between", "1"))), Words: []string{"price_rule.operator", "between", "gte"}},
			moduletest.Refusal{Do: price(euros("1", rule("item_total", pricing.OperatorBelow, "much"))), Words: []string{"price_rule.value", "much", "number"}},
			moduletest.Refusal{Do: price(euros("1", in("a"), in("b"))), Type: fault.DuplicateError, Words: []string{"price_rule"}},
			moduletest.Refusal{Do: list(&pricing.PriceList{}), Words: []string{"price_list.title"}},
			moduletest.Refusal{Do: list(&pricing.PriceList{Title: "X", Type: "gift"}), Words: []string{"price_list.type", "gift"}},
			moduletest.Refusal{Do: list(&pricing.PriceList{Title: "X", Status: "on"}), Words: []string{"price_list.status", "on"}},
			moduletest.Refusal{Do: list(&pricing.PriceList{Title: "X", StartsAt: &day, EndsAt: &day}), Words: []string{"price_list.ends_at"}},
			moduletest.Refusal{Name: "no list", Do: listRule(`{"a": 1}`), Words: []string{"price_list_rule.value"}},
			moduletest.Refusal{Name: "an empty list", Do: listRule(`[]`), Words: []string{"price_list_rule.value"}},
			moduletest.Refusal{Do: preference(pricing.PricePreference{Value: new("x")}), Words: []string{"price_preference.attribute"}},
			moduletest.Refusal{Do: preference(pricing.PricePreference{Attribute: pricing.AttributeRegion}), Words: []string{"price_preference.value", "region_id"}},
			moduletest.Refusal{Do: preference(pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: new("euro")}), Words: []string{"price_preference.value", "euro"}},
			moduletest.Refusal{Do: preference(pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: new("eur")}), Type: fault.DuplicateError, Words: []string{"price_preference"}},
			moduletest.Refusal{Name: "a changed price", Words: []string{"price.amount"}, Do: func(ctx context.Context) error {
				_, err := s.Prices.Update(ctx, []string{there.Prices[0].ID}, module.Patch{"amount": money.Int(-5)})
				return err
			}},
		)
	})
}
