package pricing_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// A list applies from the moment it starts to the one it ends, both included.
func TestAListAppliesBetweenItsDates(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		starts, ends := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC)
		id := deal{prices: []*pricing.Price{euros("20")}, lists: []*pricing.PriceList{dated(listed(pricing.ListSale, euros("15")), starts, ends)}}.write(t, pricing.New(store))
		for at, want := range map[time.Time]string{
			starts.Add(-time.Millisecond): "20", starts: "15", ends: "15", ends.Add(time.Millisecond): "20",
			starts.In(time.FixedZone("", 3600)): "15",
		} {
			s := pricing.New(store.From(module.Source{Now: func() time.Time { return at }}))
			found, err := s.Calculate(t.Context(), []string{id}, pricing.Context{CurrencyCode: "eur"})
			if got := found[id].CalculatedAmount.String(); got != want || err != nil {
				t.Errorf("at %s it costs %s, want %s (%v)", at, got, want, err)
			}
		}
	})
}

// offer is a price of the only set, as the naive evaluation sees it.
type offer struct {
	amount        int64
	min, max      int64  // 0 means no bound
	region, group string // rules of the price and of the list; "" means none
	list          pricing.PriceListType
	listed, draft bool
	from, to      int64 // hours from now; 0 means no bound
}

// buyer is a context.
type buyer struct {
	region   string
	groups   []string
	quantity int64
}

func (o offer) applies(b buyer) bool {
	if o.min != 0 && b.quantity < o.min || o.max != 0 && b.quantity > o.max || o.region != "" && o.region != b.region {
		return false
	}
	if !o.listed {
		return true
	}
	return !o.draft && o.from <= 0 && o.to >= 0 && (o.group == "" || slices.Contains(b.groups, o.group))
}

// rank returns what of two prices that apply the one to take has more of.
func (o offer) rank() [3]int64 {
	var rules, bounds int64
	for _, rule := range []string{o.region, o.group} {
		if rule != "" {
			rules++
		}
	}
	if o.min != 0 || o.max != 0 {
		bounds = 1
	}
	return [3]int64{rules, bounds, -o.amount}
}

// naive returns what the buyer pays and the original amount, by going through the
// offers: the best of the set and the best of the lists.
func naive(offers []offer, b buyer) string {
	var own, listed *offer
	for i := range offers {
		o := &offers[i]
		if !o.applies(b) {
			continue
		}
		best := &own
		if o.listed {
			best = &listed
		}
		if *best == nil || slices.Compare(sliceOf(o.rank()), sliceOf((*best).rank())) > 0 {
			*best = o
		}
	}
	switch {
	case own == nil && listed == nil:
		return "nothing"
	case own == nil, listed != nil && listed.list == pricing.ListOverride:
		return fmt.Sprintf("%d of %d", listed.amount, listed.amount)
	case listed != nil && listed.amount <= own.amount:
		return fmt.Sprintf("%d of %d", listed.amount, own.amount)
	}
	return fmt.Sprintf("%d of %d", own.amount, own.amount)
}

func sliceOf(a [3]int64) []int64 { return a[:] }

// drawOffers draws prices whose amounts differ, so that the choice is seen.
func drawOffers(t *rapid.T) []offer {
	amounts := rapid.Permutation([]int64{1, 2, 3, 4, 5, 6, 7, 8}).Draw(t, "amounts")
	out := make([]offer, rapid.IntRange(0, len(amounts)).Draw(t, "prices"))
	for i := range out {
		o := offer{amount: amounts[i], region: rapid.SampledFrom([]string{"", "", "reg_1", "reg_2"}).Draw(t, "region")}
		switch rapid.IntRange(0, 3).Draw(t, "bounds") { // one number for each price: no two tiers overlap
		case 1:
			o.min, o.max = int64(i+1), int64(i+1)
		}
		if o.listed = rapid.Bool().Draw(t, "listed"); o.listed {
			o.list = rapid.SampledFrom([]pricing.PriceListType{pricing.ListSale, pricing.ListOverride}).Draw(t, "type")
			o.group = rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "group")
			o.draft = rapid.IntRange(0, 4).Draw(t, "draft") == 0
			o.from = rapid.SampledFrom([]int64{0, 0, -2, 2}).Draw(t, "from")
			o.to = rapid.SampledFrom([]int64{0, 0, 5, -1}).Draw(t, "to")
			if o.from >= o.to { // a list does not end before it begins
				o.to = 0
			}
		}
		out[i] = o
	}
	return out
}

// records returns a set with the prices of offers, and their lists.
func records(offers []offer, now time.Time) (own *pricing.PriceSet, lists []*pricing.PriceList) {
	own = &pricing.PriceSet{Record: model.Record{ID: model.NewID("pset")}}
	hours := func(n int64) time.Time {
		if n == 0 {
			return time.Time{}
		}
		return now.Add(time.Duration(n) * time.Hour)
	}
	for _, o := range offers {
		p := between(fmt.Sprint(o.amount), o.min, o.max)
		if o.region != "" {
			p.PriceRules = []*pricing.PriceRule{in(o.region)}
		}
		if !o.listed {
			own.Prices = append(own.Prices, p)
			continue
		}
		p.PriceSetID = own.ID
		l := dated(listed(o.list, p), hours(o.from), hours(o.to))
		if o.group != "" {
			l = forGroup(o.group, l)
		}
		if o.draft {
			l.Status = pricing.ListDraft
		}
		lists = append(lists, l)
	}
	return own, lists
}

// Calculate agrees with an evaluation that goes through the prices one by one.
func TestCalculateAgreesWithANaiveEvaluation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		rapid.Check(t, func(rt *rapid.T) {
			offers := drawOffers(rt)
			own, lists := records(offers, time.Now())
			moduletest.Create(t, s.PriceSets, own)
			moduletest.Create(t, s.PriceLists, lists...)
			for _, b := range []buyer{{quantity: 1}, {region: "reg_1", quantity: 2}, {region: "reg_1", groups: []string{"a"}, quantity: 3}, {region: "reg_2", groups: []string{"x", "b"}, quantity: 4}} {
				found, err := s.Calculate(t.Context(), []string{own.ID}, pricing.Context{
					CurrencyCode: "eur", RegionID: b.region, CustomerGroupIDs: b.groups, Quantity: money.Int(b.quantity),
				})
				got := "nothing"
				if c, ok := found[own.ID]; ok {
					got = c.CalculatedAmount.String() + " of " + c.OriginalAmount.String()
				}
				if want := naive(offers, b); got != want || err != nil {
					rt.Fatalf("%+v pays %s, want %s (%v); of %+v", b, got, want, err, offers)
				}
			}
		})
	})
}

// The tiers of a list apply inside it: those of a sale beside the set's own.
func TestTiersInsideAList(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		id := deal{
			prices: []*pricing.Price{euros("20"), between("18", 3, 10), between("17", 11, 0)},
			lists:  []*pricing.PriceList{listed(pricing.ListSale, between("19", 2, 4), between("16", 5, 0))},
		}.write(t, s)
		for quantity, want := range map[int64]string{1: "20 of 20", 2: "19 of 20", 3: "18 of 18", 4: "18 of 18", 5: "16 of 18", 11: "16 of 17"} {
			found, err := s.Calculate(t.Context(), []string{id}, pricing.Context{CurrencyCode: "eur", Quantity: money.Int(quantity)})
			if got := found[id].CalculatedAmount.String() + " of " + found[id].OriginalAmount.String(); got != want || err != nil {
				t.Errorf("%d pieces cost %s, want %s (%v)", quantity, got, want, err)
			}
		}
	})
}
