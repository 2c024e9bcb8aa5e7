package tax_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
)

// rate returns a rate whose code is its id; kind holds default, combinable, or neither.
func rate(id, percent, kind string, rules ...*tax.RateRule) *tax.Rate {
	r := &tax.Rate{Code: id, Name: "Tax " + id, Rules: rules, IsDefault: strings.Contains(kind, "default"), IsCombinable: strings.Contains(kind, "combinable")}
	r.ID = id
	if percent != "" {
		r.Rate = new(money.MustParse(percent))
	}
	return r
}

func on(reference tax.Reference, id string) *tax.RateRule {
	return &tax.RateRule{Reference: reference, ReferenceID: id}
}

func region(country, province string, rates ...*tax.Rate) *tax.Region {
	r := &tax.Region{CountryCode: country, TaxRates: rates}
	if province != "" {
		r.ProvinceCode = &province
	}
	return r
}

// world has rates on each level, and a province whose default is added to that of the
// country.
func world() []*tax.Region {
	return []*tax.Region{
		region("us", "",
			rate("us", "4", "default"), rate("us-food", "1", "", on(tax.ReferenceProductType, "food")),
			rate("us-tea", "0.5", "", on(tax.ReferenceProduct, "tea")), rate("us-post", "2", "", on(tax.ReferenceShippingOption, "post"))),
		region("us", "us-ca",
			rate("ca", "7.25", "default combinable"), rate("ca-food", "3", "", on(tax.ReferenceProductType, "food")),
			rate("ca-wine", "9.975", "combinable", on(tax.ReferenceProduct, "wine"))),
		region("us", "us-ny", rate("ny-tea", "8", "", on(tax.ReferenceProduct, "tea"))),
		region("de", "", rate("de-2", "7", "", on(tax.ReferenceProduct, "book")), rate("de-1", "6", "", on(tax.ReferenceProduct, "book")), rate("de-0", "", "default")),
		region("fr", "", rate("fr-food", "5.5", "", on(tax.ReferenceProductType, "food"))),
	}
}

func TestTaxes(t *testing.T) {
	t.Parallel()
	tea := tax.Line{ID: "l", ProductID: "tea", ProductTypeID: "food"}
	bread := tax.Line{ID: "l", ProductID: "bread", ProductTypeID: "food"}
	lamp := tax.Line{ID: "l", ProductID: "lamp"}
	wine := tax.Line{ID: "l", ProductID: "wine", ProductTypeID: "food"}
	post := tax.Line{ID: "l", ShippingOptionID: "post"}
	for _, c := range []struct {
		name, country, province string
		line                    tax.Line
		want                    string
	}{
		{"the default of the country", "us", "", lamp, "us 4"},
		{"a type before the default", "us", "", bread, "us-food 1"},
		{"a product before its type", "us", "", tea, "us-tea 0.5"},
		{"a shipping option", "us", "", post, "us-post 2"},
		{"another shipping option", "us", "", tax.Line{ID: "l", ShippingOptionID: "tea"}, "us 4"},
		{"codes in upper case", "US", " US-CA ", bread, "ca-food 3"},
		{"a province without its country", "us", "ca", bread, "ca-food 3"},
		{"the province before the country", "us", "us-ca", bread, "ca-food 3"},
		{"also before a closer rule of the country, which is added", "us", "us-ca", tea, "ca-food 3"},
		{"a combinable default", "us", "us-ca", lamp, "ca 7.25, us 4"},
		{"a combinable rate, with the closest of the country", "us", "us-ca", post, "ca 7.25, us-post 2"},
		{"a combinable rate of a product", "us", "us-ca", wine, "ca-wine 9.975, us-food 1"},
		{"a province without a rate for it", "us", "us-ny", lamp, "us 4"},
		{"a province with one", "us", "us-ny", tea, "ny-tea 8"},
		{"an unknown province", "us", "us-tx", lamp, "us 4"},
		{"an unknown country", "gb", "", lamp, ""},
		{"no address", "", "", lamp, ""},
		{"no rate for it", "fr", "", lamp, ""},
		{"two alike: the older one", "de", "", tax.Line{ID: "l", ProductID: "book"}, "de-1 6"},
		{"a rate without a number", "de", "", lamp, "de-0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := tax.Taxes([]tax.Line{c.line, {}}, tax.Address{CountryCode: c.country, ProvinceCode: c.province}, world())
			if len(got) != 2 || words(got[0]) != c.want {
				t.Errorf("taxes are %q, want %q", words(got[0]), c.want)
			}
			for _, l := range got[0] {
				if l.LineID != "l" || l.RateID != l.Code || l.Name != "Tax "+l.Code || l.ProviderID != "system" {
					t.Errorf("the line is %+v", l)
				}
			}
		})
	}
}

func words(lines []tax.TaxLine) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Code+" "+l.Rate.String())
	}
	return strings.Join(out, ", ")
}

// naive finds the taxes of a line in another way: it sorts all rates that apply by how close
// they are.
func naive(l tax.Line, to tax.Address, regions []*tax.Region) string {
	type candidate struct {
		key  string
		rate *tax.Rate
		home bool
	}
	var all []candidate
	for _, g := range regions {
		if g.CountryCode != to.CountryCode || g.ProvinceCode != nil && *g.ProvinceCode != to.ProvinceCode {
			continue
		}
		place := "1"
		if g.ProvinceCode != nil {
			place = "0"
		}
		for _, r := range g.TaxRates {
			names := func(reference tax.Reference, id string) bool {
				return id != "" && slices.ContainsFunc(r.Rules, func(u *tax.RateRule) bool { return u.Reference == reference && u.ReferenceID == id })
			}
			closeness := ""
			switch {
			case names(tax.ReferenceProduct, l.ProductID), names(tax.ReferenceShippingOption, l.ShippingOptionID):
				closeness = "a"
			case names(tax.ReferenceProductType, l.ProductTypeID):
				closeness = "b"
			case r.IsDefault:
				closeness = "c"
			default:
				continue
			}
			all = append(all, candidate{place + closeness + r.ID, r, g.ProvinceCode == nil})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.key, b.key) })
	if len(all) == 0 {
		return ""
	}
	out := all[0].rate.Code
	if !all[0].home && all[0].rate.IsCombinable {
		for _, c := range all {
			if c.home {
				return out + " " + c.rate.Code
			}
		}
	}
	return out
}

func TestTaxesAreThoseOfANaiveSearch(t *testing.T) {
	t.Parallel()
	ids := rapid.SampledFrom([]string{"", "a", "b", "c"})
	rule := rapid.Custom(func(t *rapid.T) *tax.RateRule {
		return on(rapid.SampledFrom([]tax.Reference{tax.ReferenceProduct, tax.ReferenceProductType, tax.ReferenceShippingOption}).Draw(t, "reference"), ids.Draw(t, "id"))
	})
	rapid.Check(t, func(t *rapid.T) {
		n := 0
		rates := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) *tax.Rate {
			n++
			r := rate(fmt.Sprintf("%d-%d", rapid.IntRange(0, 9).Draw(t, "id"), n), "5", rapid.SampledFrom([]string{"", "default", "combinable"}).Draw(t, "kind"))
			r.Rules = rapid.SliceOfN(rule, 0, 3).Draw(t, "rules")
			return r
		}), 0, 4)
		var regions []*tax.Region
		for _, place := range rapid.Permutation([]string{"us", "us us-a", "us us-b", "de", "de de-a"}).Draw(t, "places") {
			if country, province, _ := strings.Cut(place, " "); rapid.Bool().Draw(t, "there") {
				regions = append(regions, region(country, province, rates.Draw(t, "rates")...))
			}
		}
		to := tax.Address{CountryCode: rapid.SampledFrom([]string{"us", "de", "fr"}).Draw(t, "country"), ProvinceCode: rapid.SampledFrom([]string{"", "us-a", "de-a", "us-c"}).Draw(t, "province")}
		lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) tax.Line {
			return tax.Line{ProductID: ids.Draw(t, "product"), ProductTypeID: ids.Draw(t, "type"), ShippingOptionID: ids.Draw(t, "option")}
		}), 0, 4).Draw(t, "lines")
		var want, got []string
		for _, l := range lines {
			want = append(want, naive(l, to, regions))
		}
		for _, found := range tax.Taxes(lines, to, regions) {
			var codes []string
			for _, l := range found {
				codes = append(codes, l.Code)
			}
			got = append(got, strings.Join(codes, " "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
	})
}
