package tax

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/money"
)

// Line is what is taxed: a product, or a way of shipping.
type Line struct {
	ID               string
	ProductID        string
	ProductTypeID    string
	ShippingOptionID string
}

// Address is where a line goes. The province may be with or without its country: us-ca or ca.
type Address struct {
	CountryCode  string
	ProvinceCode string
}

// TaxLine is a tax on a line.
type TaxLine struct {
	LineID     string
	RateID     string
	Code       string
	Name       string
	Rate       money.Amount // in percent
	ProviderID string       // the name of the provider, such as system: not the id of its row
}

// Taxes returns the taxes of each line, in the order of the lines, by the rates of the regions
// that the address is in. A line that no rate applies to has none.
func Taxes(lines []Line, to Address, regions []*Region) [][]TaxLine {
	at := to.regions(regions)
	out := make([][]TaxLine, len(lines))
	for i, l := range lines {
		for _, r := range at {
			rate := r.rateOf(l)
			if rate == nil {
				continue
			}
			out[i] = append(out[i], rate.on(l))
			if !rate.IsCombinable {
				break
			}
		}
	}
	return out
}

// regions returns the regions that an address is in, the province first.
func (a Address) regions(all []*Region) []*Region {
	var country *Region
	provinces := map[string]*Region{}
	for _, r := range all {
		switch {
		case r.CountryCode != fold(a.CountryCode):
		case r.ProvinceCode == nil:
			country = r
		default:
			provinces[*r.ProvinceCode] = r
		}
	}
	var out []*Region
	for _, code := range a.provinces() {
		if r := provinces[code]; r != nil {
			out = append(out, r)
			break
		}
	}
	if country != nil {
		out = append(out, country)
	}
	return out
}

// provinces returns the codes that the province of an address may have, as it is first.
func (a Address) provinces() []string {
	code, country := fold(a.ProvinceCode), fold(a.CountryCode)
	if code == "" {
		return []string{}
	}
	if bare, ok := strings.CutPrefix(code, country+"-"); ok {
		return []string{code, bare}
	}
	return []string{code, country + "-" + code}
}

// fold returns a code of a country or province as regions have it.
func fold(code string) string { return strings.ToLower(strings.TrimSpace(code)) }

// rateOf returns the most specific rate of a region for a line, or nil. Of equals it is the
// one with the lower id: the older one.
func (r *Region) rateOf(l Line) *Rate {
	var best *Rate
	var most specificity
	for _, rate := range r.TaxRates {
		s := rate.specificity(l)
		if s > most || s == most && s > 0 && rate.ID < best.ID {
			best, most = rate, s
		}
	}
	return best
}

// specificity is how closely a rate names a line; 0 means that it does not apply.
type specificity int

func (r *Rate) specificity(l Line) specificity {
	var most specificity
	if r.IsDefault {
		most = 1
	}
	for _, rule := range r.Rules {
		most = max(most, rule.specificity(l))
	}
	return most
}

func (r *RateRule) specificity(l Line) specificity {
	switch id := r.ReferenceID; {
	case id == "":
		return 0
	case r.Reference == ReferenceProduct && id == l.ProductID, r.Reference == ReferenceShippingOption && id == l.ShippingOptionID:
		return 3
	case r.Reference == ReferenceProductType && id == l.ProductTypeID:
		return 2
	}
	return 0
}

// on returns the tax of a rate on a line.
func (r *Rate) on(l Line) TaxLine {
	t := TaxLine{LineID: l.ID, RateID: r.ID, Code: r.Code, Name: r.Name, ProviderID: systemName}
	if r.Rate != nil {
		t.Rate = *r.Rate
	}
	return t
}
