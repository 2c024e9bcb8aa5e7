package pricing_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// Tiers of a set overlap only if they are in the same currency and list, with the
// same rules, and share a quantity.
func TestTiersDoNotOverlap(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := pricing.New(store)
		ruled := func(p *pricing.Price, rules ...*pricing.PriceRule) *pricing.Price { p.PriceRules = rules; return p }
		dollars := between("1", 1, 9)
		dollars.CurrencyCode = "usd"
		half := between("7", 0, 0)
		half.MinQuantity, half.MaxQuantity = new(money.MustParse("9.5")), new(money.MustParse("9.75"))
		mug := set(euros("20"), between("18", 2, 9), half, between("17", 10, 0), dollars, ruled(between("1", 1, 9), in("a")), ruled(between("1", 1, 9), in("b")),
			ruled(between("1", 1, 9), in("a"), rule("x", "eq", "1")), ruled(between("1", 1, 9), rule("item_total", pricing.OperatorAbove, "1")))
		moduletest.Create(t, s.PriceSets, mug)
		sale := listed(pricing.ListSale, between("5", 5, 5))
		sale.Prices[0].PriceSetID = mug.ID
		moduletest.Create(t, s.PriceLists, sale)
		create := func(prices ...*pricing.Price) func(context.Context) error {
			return func(ctx context.Context) error {
				for _, p := range prices {
					p.PriceSetID = mug.ID
				}
				return s.Prices.Create(ctx, prices...)
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Name: "at a bound", Do: create(between("1", 9, 9)), Words: []string{mug.ID, mug.Prices[1].ID, "2 to 9", "9 to 9", "eur"}},
			moduletest.Refusal{Name: "without an end", Do: create(between("1", 100, 0)), Words: []string{mug.Prices[3].ID, "10 or more", "100 or more"}},
			moduletest.Refusal{Name: "in one call", Do: create(between("1", 0, 1), ruled(euros("3"), in("z")), between("2", 1, 1)), Words: []string{"up to 1", "1 to 1"}},
			moduletest.Refusal{Name: "with rules", Do: create(ruled(between("1", 9, 9), rule("x", "eq", "1"), in("a"))), Words: []string{mug.Prices[7].ID}},
			moduletest.Refusal{Name: "a changed price", Words: []string{"2 or more", "9.5 to 9.75"}, Do: func(ctx context.Context) error {
				_, err := s.Prices.Update(ctx, []string{mug.Prices[1].ID}, module.Patch{"max_quantity": nil})
				return err
			}},
			moduletest.Refusal{Name: "rules that are gone", Words: []string{mug.Prices[5].ID}, Do: func(ctx context.Context) error {
				return s.RemoveRules(ctx, mug.Prices[5].PriceRules[0].ID)
			}},
			moduletest.Refusal{Name: "rules that are added", Words: []string{mug.Prices[7].ID}, Do: func(ctx context.Context) error {
				return s.PriceRules.Create(ctx, &pricing.PriceRule{Attribute: "x", Value: "1", Operator: pricing.OperatorEqual, PriceID: mug.Prices[5].ID})
			}},
		)
		if err := s.Prices.SoftDelete(t.Context(), mug.Prices[1].ID); err != nil {
			t.Fatal(err)
		}
		if err := create(between("1", 9, 9))(t.Context()); err != nil {
			t.Errorf("where a tier was: %v", err)
		}
	})
}

// Prices that change together may trade quantities and rules.
func TestPricesChangeTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		mug := set(between("18", 1, 9), between("17", 10, 0), euros("3", in("a")), euros("4", in("b")))
		moduletest.Create(t, s.PriceSets, mug)
		low, high, a, b := mug.Prices[0], mug.Prices[1], mug.Prices[2], mug.Prices[3]
		low.MinQuantity, low.MaxQuantity, high.MinQuantity, high.MaxQuantity = high.MinQuantity, high.MaxQuantity, low.MinQuantity, low.MaxQuantity
		fresh := between("2", 1, 1)
		fresh.PriceSetID, fresh.PriceRules = mug.ID, []*pricing.PriceRule{in("a")}
		err := s.Change(t.Context(), &pricing.Changes{
			Save: []*pricing.Price{low, high, a}, Create: []*pricing.Price{fresh}, Delete: []string{b.ID},
			Rules: map[string][]*pricing.PriceRule{low.ID: {in("a"), rule("channel", "eq", "x")}, a.ID: {}},
		})
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]int64{low.ID: 2, high.ID: 0, a.ID: 0, fresh.ID: 1} {
			if p, err := s.Prices.Retrieve(t.Context(), id); err != nil || *p.RulesCount != want {
				t.Errorf("%s has %v rules (%v), want %d", id, p, err, want)
			}
		}
		if n, err := s.Prices.Count(t.Context(), nil); n != 4 || err != nil {
			t.Errorf("%d prices (%v)", n, err)
		}
	})
}

// Of concurrent calls that create tiers for the same quantity, one succeeds.
func TestConcurrentTiers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		mug := set(euros("20"))
		moduletest.Create(t, s.PriceSets, mug)
		errs := make(chan error)
		for n := range int64(6) {
			go func() {
				p := between("18", 5-n, 5+n)
				p.PriceSetID = mug.ID
				errs <- s.Prices.Create(t.Context(), p)
			}()
		}
		created := 0
		for range 6 {
			switch err := <-errs; {
			case err == nil:
				created++
			case fault.TypeOf(err) != fault.InvalidData:
				t.Error(err)
			}
		}
		if created != 1 {
			t.Errorf("%d tiers for the same quantity were created", created)
		}
	})
}
