package tax

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Lines returns the taxes of each line, in the order of the lines, as the provider of the
// country finds them. It takes one statement for any number of lines. A country without a
// region has no taxes.
func (s *Service) Lines(ctx context.Context, lines []Line, to Address) ([][]TaxLine, error) {
	regions, err := s.regionsOf(ctx, lines, to)
	if err != nil {
		return nil, err
	}
	at := to.regions(regions)
	if len(at) == 0 || len(lines) == 0 {
		return make([][]TaxLine, len(lines)), nil
	}
	p, err := s.providerOf(at[len(at)-1])
	if err != nil {
		return nil, err
	}
	out, err := p.TaxLines(ctx, Request{lines, to, regions})
	if err == nil && len(out) != len(lines) {
		err = fault.New(fault.UnexpectedState, "tax provider %q returned the taxes of %d lines; it was asked for %d", p.TaxProviderID(), len(out), len(lines))
	}
	return out, err
}

// providerOf returns the provider of a country's region.
func (s *Service) providerOf(r *Region) (Provider, error) {
	id := SystemProviderID
	if r.ProviderID != nil {
		id = *r.ProviderID
	}
	p := s.providers()[id]
	if p == nil {
		return nil, fault.New(fault.InvalidData, "tax_region %q has the provider %q, which no module of the shop provides", r.CountryCode, id)
	}
	return p, nil
}

// regionsOf returns the regions that an address is in, with the rates that can apply to the
// lines.
func (s *Service) regionsOf(ctx context.Context, lines []Line, to Address) ([]*Region, error) {
	references := []string{}
	for _, l := range lines {
		for _, id := range []string{l.ProductID, l.ProductTypeID, l.ShippingOptionID} {
			if id != "" {
				references = append(references, id)
			}
		}
	}
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, s.regionsSQL(), fold(to.CountryCode), to.provinces(), references)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found tree
	for rows.Next() {
		if err := found.scan(rows); err != nil {
			return nil, err
		}
	}
	return found.regions, rows.Err()
}

// regionsSQL returns a query with a row for each region, rate and rule. The rows of a region
// are consecutive, as are those of a rate.
func (s *Service) regionsSQL() string {
	d := s.store.DB.Dialect()
	table := func(m *model.Model) string { return d.Quote(m.Table) }
	return "SELECT g.id, g.country_code, g.province_code, g.provider_id, t.id, t.rate, t.code, t.name, t.is_default, t.is_combinable, r.reference, r.reference_id" +
		" FROM " + table(Regions) + " AS g" +
		" LEFT JOIN " + table(Rates) + " AS t ON t.tax_region_id = g.id AND t.deleted_at IS NULL" +
		" LEFT JOIN " + table(RateRules) + " AS r ON r.tax_rate_id = t.id AND r.deleted_at IS NULL AND " + d.List("r.reference_id", 3) +
		" WHERE g.deleted_at IS NULL AND g.country_code = " + d.Placeholder(1) + " AND (g.province_code IS NULL OR " + d.List("g.province_code", 2) + ")" +
		" ORDER BY g.id, t.id"
}

// tree puts the rows of regionsSQL together.
type tree struct{ regions []*Region }

func (t *tree) scan(rows db.Rows) error {
	g := &Region{}
	var id, code, name, reference, referenceID *string
	var isDefault, isCombinable *bool
	var rate *money.Amount
	err := rows.Scan(&g.ID, &g.CountryCode, &g.ProvinceCode, &g.ProviderID, &id, &rate, &code, &name, &isDefault, &isCombinable, &reference, &referenceID)
	if err != nil {
		return err
	}
	if n := len(t.regions); n == 0 || t.regions[n-1].ID != g.ID {
		t.regions = append(t.regions, g)
	}
	g = t.regions[len(t.regions)-1]
	if id == nil {
		return nil
	}
	if n := len(g.TaxRates); n == 0 || g.TaxRates[n-1].ID != *id {
		g.TaxRates = append(g.TaxRates, &Rate{Base: model.Base{Record: model.Record{ID: *id}}, Rate: rate, Code: *code, Name: *name, IsDefault: *isDefault, IsCombinable: *isCombinable})
	}
	if reference != nil {
		last := g.TaxRates[len(g.TaxRates)-1]
		last.Rules = append(last.Rules, &RateRule{Reference: Reference(*reference), ReferenceID: *referenceID})
	}
	return nil
}
