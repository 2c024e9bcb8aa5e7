package pricing_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// listed returns a list in force with prices, for the set of a deal.
func listed(kind pricing.PriceListType, prices ...*pricing.Price) *pricing.PriceList {
	return &pricing.PriceList{Title: "List", Status: pricing.ListActive, Type: kind, Prices: prices}
}

// forGroup restricts a list to the customers of a group.
func forGroup(group string, l *pricing.PriceList) *pricing.PriceList {
	l.PriceListRules = []*pricing.PriceListRule{{Attribute: pricing.AttributeGroups, Value: model.ToJSON([]string{group, "others"})}}
	return l
}

func dated(l *pricing.PriceList, starts, ends time.Time) *pricing.PriceList {
	if !starts.IsZero() {
		l.StartsAt = &starts
	}
	if !ends.IsZero() {
		l.EndsAt = &ends
	}
	return l
}

func highest(p *pricing.Price) *pricing.Price {
	p.PriceRules[0].Priority = 7
	return p
}

// deal is the prices of a set, lists with more prices, a context in euros, and the
// expected result.
type deal struct {
	name     string
	prices   []*pricing.Price
	lists    []*pricing.PriceList
	in       pricing.Context
	pays     string // "" means no price
	original string // "" means the same
}

func deals(now time.Time) []deal {
	const one = "reg_1"
	total := func(n string) pricing.Context {
		return pricing.Context{Attributes: map[string][]string{"item_total": {n}}}
	}
	region := pricing.Context{RegionID: one}
	pieces := func(n int64) pricing.Context { return pricing.Context{Quantity: money.Int(n)} }
	group := func(ids ...string) pricing.Context { return pricing.Context{CustomerGroupIDs: ids} }
	tiers := func() []*pricing.Price {
		return []*pricing.Price{euros("20"), between("18", 3, 10), between("17", 11, 0)}
	}
	free := func() []*pricing.Price {
		return []*pricing.Price{euros("5"), euros("0", rule("item_total", pricing.OperatorAtLeast, "300"))}
	}
	base := func() []*pricing.Price { return []*pricing.Price{euros("20")} }
	later, before := now.Add(time.Hour), now.Add(-time.Hour)
	draft := listed(pricing.ListSale, euros("15"))
	draft.Status = pricing.ListDraft
	return []deal{
		{name: "the only price", prices: base(), pays: "20"},
		{name: "no price in the currency", prices: []*pricing.Price{{CurrencyCode: "usd", Amount: money.Int(20)}}},
		{name: "no price at all"},
		{name: "the lower of two", prices: []*pricing.Price{euros("20"), euros("19")}, pays: "19"},
		{name: "the region's, though it is higher", prices: []*pricing.Price{euros("20"), euros("21", in(one))}, in: region, pays: "21"},
		{name: "another region's does not hold", prices: []*pricing.Price{euros("20"), euros("19", in("reg_2"))}, in: region, pays: "20"},
		{name: "no region, no region's", prices: []*pricing.Price{euros("19", in(one))}},
		{name: "more rules", prices: []*pricing.Price{euros("1", in(one)), euros("2", in(one), rule("item_total", pricing.OperatorAbove, "5"))}, in: pricing.Context{RegionID: one, Attributes: map[string][]string{"item_total": {"5.01"}}}, pays: "2"},
		{name: "all rules must match", prices: []*pricing.Price{euros("3"), euros("2", in(one), rule("item_total", pricing.OperatorAbove, "5"))}, in: region, pays: "3"},
		{name: "the higher priority", prices: []*pricing.Price{euros("1", rule("a", "eq", "x")), highest(euros("2", rule("b", "eq", "y")))}, in: pricing.Context{Attributes: map[string][]string{"a": {"x"}, "b": {"y"}}}, pays: "2"},
		{name: "one piece", prices: tiers(), pays: "20"},
		{name: "below the bound", prices: tiers(), in: pieces(2), pays: "20"},
		{name: "at the lower bound", prices: tiers(), in: pieces(3), pays: "18"},
		{name: "at the upper bound", prices: tiers(), in: pieces(10), pays: "18"},
		{name: "above it", prices: tiers(), in: pieces(11), pays: "17"},
		{name: "a dearer price of the quantity's own", prices: []*pricing.Price{euros("20"), between("22", 0, 2)}, pays: "22"},
		{name: "below the total", prices: free(), in: total("299.99"), pays: "5"},
		{name: "at the total, by number", prices: free(), in: total("300.00"), pays: "0"},
		{name: "a total of ten times the digits", prices: free(), in: total("1000"), pays: "0"},
		{name: "a total that is not a number", prices: free(), in: total("much"), pays: "5"},
		{name: "a sale", prices: base(), lists: []*pricing.PriceList{listed(pricing.ListSale, euros("15"))}, pays: "15", original: "20"},
		{name: "a sale that is higher", prices: base(), lists: []*pricing.PriceList{listed(pricing.ListSale, euros("25"))}, pays: "20"},
		{name: "a sale without another price", lists: []*pricing.PriceList{listed(pricing.ListSale, euros("15"))}, pays: "15"},
		{name: "an override, though it is higher", prices: base(), lists: []*pricing.PriceList{listed(pricing.ListOverride, euros("25"))}, pays: "25"},
		{name: "the lower of two sales", prices: base(), lists: []*pricing.PriceList{listed(pricing.ListSale, euros("16")), listed(pricing.ListSale, euros("15"))}, pays: "15", original: "20"},
		{name: "a draft", prices: base(), lists: []*pricing.PriceList{draft}, pays: "20"},
		{name: "a sale to come", prices: base(), lists: []*pricing.PriceList{dated(listed(pricing.ListSale, euros("15")), later, time.Time{})}, pays: "20"},
		{name: "a sale of the past", prices: base(), lists: []*pricing.PriceList{dated(listed(pricing.ListSale, euros("15")), time.Time{}, before)}, pays: "20"},
		{name: "a sale of today", prices: base(), lists: []*pricing.PriceList{dated(listed(pricing.ListSale, euros("15")), before, later)}, pays: "15", original: "20"},
		{name: "a group's list", prices: base(), lists: []*pricing.PriceList{forGroup("vip", listed(pricing.ListOverride, euros("15")))}, in: group("x", "vip"), pays: "15"},
		{name: "a list of other groups", prices: base(), lists: []*pricing.PriceList{forGroup("vip", listed(pricing.ListOverride, euros("15")))}, in: group("x"), pays: "20"},
		{name: "the group's list before a general one", prices: base(), lists: []*pricing.PriceList{listed(pricing.ListSale, euros("14")), forGroup("vip", listed(pricing.ListSale, euros("15")))}, in: group("vip"), pays: "15", original: "20"},
	}
}

// write creates the records of a deal, and returns the id of its set.
func (c deal) write(t *testing.T, s *pricing.Service) string {
	t.Helper()
	own := set(c.prices...)
	moduletest.Create(t, s.PriceSets, own)
	for _, l := range c.lists {
		for _, p := range l.Prices {
			p.PriceSetID = own.ID
		}
	}
	moduletest.Create(t, s.PriceLists, c.lists...)
	return own.ID
}

func TestThePriceThatHolds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		for _, c := range deals(time.Now()) {
			id := c.write(t, s)
			c.in.CurrencyCode = "EUR"
			found, err := s.Calculate(t.Context(), []string{id}, c.in)
			if err != nil {
				t.Fatal(err)
			}
			if c.original == "" {
				c.original = c.pays
			}
			got, ok := found[id]
			if ok != (c.pays != "") || ok && (got.CalculatedAmount.String() != c.pays || got.OriginalAmount.String() != c.original) {
				t.Errorf("%s: %s, originally %s (%t); want %s, originally %s", c.name, got.CalculatedAmount, got.OriginalAmount, ok, c.pays, c.original)
			}
		}
	})
}

// Deleted prices, rules, lists and sets are ignored.
func TestDeletedPricesDoNotHold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		own := set(euros("20"), euros("10"), euros("18", in("reg_1")))
		sale := listed(pricing.ListSale, euros("9"))
		id := deal{prices: own.Prices, lists: []*pricing.PriceList{sale}}.write(t, s)
		for _, step := range []struct {
			do   func() error
			want string
		}{
			{func() error { return nil }, "9"},
			{func() error { return s.PriceLists.SoftDelete(t.Context(), sale.ID) }, "10"},
			{func() error { return s.Prices.SoftDelete(t.Context(), own.Prices[1].ID) }, "20"},
			{func() error { return s.RemoveRules(t.Context(), own.Prices[2].PriceRules[0].ID) }, "18"},
			{func() error { return s.PriceSets.SoftDelete(t.Context(), id) }, "0"},
		} {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
			found, err := s.Calculate(t.Context(), []string{id}, pricing.Context{CurrencyCode: "eur"})
			if got := found[id].CalculatedAmount.String(); err != nil || got != step.want {
				t.Errorf("the price is %s, want %s (%v)", got, step.want, err)
			}
		}
	})
}

func TestCalculateAnswersInTheFormOfTheAPI(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		named := func(id string, p *pricing.Price) *pricing.Price { p.ID = id; return p }
		own := set(named("price_own", euros("220.50")))
		own.ID = "pset_1"
		moduletest.Create(t, s.PriceSets, own)
		tier := named("price_sale", between("199", 1, 9))
		tier.PriceSetID = own.ID
		sale := listed(pricing.ListSale, tier)
		sale.ID = "plist_1"
		moduletest.Create(t, s.PriceLists, sale)
		moduletest.Create(t, s.PricePreferences, &pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: new("eur"), IsTaxInclusive: true})
		found, err := s.Calculate(t.Context(), []string{own.ID, own.ID, "pset_nope", "\x00", "\xff"}, pricing.Context{CurrencyCode: "eur", RegionID: "\xff"})
		if err != nil || len(found) != 1 {
			t.Fatalf("%d prices (%v)", len(found), err)
		}
		got, err := json.Marshal(found[own.ID])
		if err != nil {
			t.Fatal(err)
		}
		want := `{"id":"pset_1","is_calculated_price_price_list":true,"is_calculated_price_tax_inclusive":true,"calculated_amount":199,` +
			`"raw_calculated_amount":{"value":"199","precision":20},"is_original_price_price_list":false,"is_original_price_tax_inclusive":true,` +
			`"original_amount":220.5,"raw_original_amount":{"value":"220.5","precision":20},"currency_code":"eur",` +
			`"calculated_price":{"id":"price_sale","price_list_id":"plist_1","price_list_type":"sale","min_quantity":1,"max_quantity":9},` +
			`"original_price":{"id":"price_own","price_list_id":null,"price_list_type":null,"min_quantity":null,"max_quantity":null}}`
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
	})
}

// The preference of the region applies to prices for the region, that of the currency
// to others.
func TestPreferences(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		both, plain := set(euros("20"), euros("19", in("reg_1")), euros("18", in("reg_2"))), set(euros("20"))
		moduletest.Create(t, s.PriceSets, both, plain)
		moduletest.Create(t, s.PricePreferences,
			&pricing.PricePreference{Attribute: pricing.AttributeRegion, Value: new("reg_1"), IsTaxInclusive: true},
			&pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: new("usd"), IsTaxInclusive: true},
		)
		inclusive := func(set *pricing.PriceSet, region string) bool {
			t.Helper()
			found, err := s.Calculate(t.Context(), []string{set.ID}, pricing.Context{CurrencyCode: "eur", RegionID: region})
			if err != nil || len(found) != 1 {
				t.Fatalf("%d prices (%v)", len(found), err)
			}
			return found[set.ID].IsCalculatedPriceTaxInclusive
		}
		for _, c := range []struct {
			set    *pricing.PriceSet
			region string
			want   bool
		}{{both, "reg_1", true}, {both, "reg_2", false}, {both, "", false}, {plain, "reg_1", false}} {
			if got := inclusive(c.set, c.region); got != c.want {
				t.Errorf("in region %q taxes are included: %t", c.region, got)
			}
		}
		moduletest.Create(t, s.PricePreferences, &pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: new("eur"), IsTaxInclusive: true})
		if !inclusive(plain, "reg_1") || !inclusive(both, "reg_2") {
			t.Error("the preference of the currency is ignored")
		}
	})
}

func TestLinesHaveTheirOwnQuantities(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := pricing.New(moduletest.Open(t, d, graph))
		mug, cup := set(euros("20"), between("18", 3, 0)), set(euros("9"))
		moduletest.Create(t, s.PriceSets, mug, cup)
		lines := []pricing.Line{{PriceSetID: mug.ID, Quantity: money.Int(3)}, {PriceSetID: "nope"}, {PriceSetID: mug.ID}, {PriceSetID: cup.ID, Quantity: money.Int(4)}}
		found, err := s.CalculateLines(t.Context(), lines, pricing.Context{CurrencyCode: "eur"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			if f == nil {
				got = append(got, "none")
				continue
			}
			got = append(got, f.CalculatedAmount.String())
		}
		if diff := cmp.Diff([]string{"18", "none", "20", "9"}, got); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
	})
}

func TestACurrencyIsNeeded(t *testing.T) {
	t.Parallel()
	s := pricing.New(moduletest.Open(t, dbtest.SQLite(t), graph))
	for _, code := range []string{"", "euro", "\xff\xff\xff"} {
		_, err := s.Calculate(t.Context(), nil, pricing.Context{CurrencyCode: code})
		var f *fault.Error
		if !errors.As(err, &f) || f.Type != fault.InvalidData {
			t.Errorf("currency %q: %v", code, err)
		}
	}
	if found, err := s.Calculate(t.Context(), nil, pricing.Context{CurrencyCode: "eur"}); len(found) != 0 || found == nil || err != nil {
		t.Errorf("of no sets: %v (%v)", found, err)
	}
}
