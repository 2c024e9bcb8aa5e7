package tax

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// checkRegions checks regions against the regions and providers that they refer to.
func (s *Service) checkRegions(ctx context.Context, regions []*Region) error {
	ids := module.IDs(regions, func(r *Region) string { return r.ID })
	known, err := s.Regions.Lock(ctx, append(ids, module.IDs(regions, parentOf)...)...)
	if err != nil {
		return err
	}
	written := map[string]*Region{}
	for _, r := range regions {
		written[r.ID] = r
	}
	var chosen []*Region // a new provider
	for _, r := range regions {
		parent := written[parentOf(r)]
		if parent == nil {
			parent = known[parentOf(r)]
		}
		before := known[r.ID]
		if err := module.FirstError(checkPlace(r, before), checkParent(r, parent)); err != nil {
			return err
		}
		if r.ProviderID != nil && (before == nil || before.ProviderID == nil || *before.ProviderID != *r.ProviderID) {
			chosen = append(chosen, r)
		}
	}
	return s.checkProviders(ctx, chosen)
}

func parentOf(r *Region) string {
	if r.ParentID == nil {
		return ""
	}
	return *r.ParentID
}

// checkPlace checks that a region stays where it is: its rates and provinces would not fit
// another country.
func checkPlace(r, before *Region) error {
	if before == nil || before.CountryCode == r.CountryCode && parentOf(before) == parentOf(r) {
		return nil
	}
	return fault.New(fault.InvalidData, "tax_region %q cannot change its country or parent; create another region", r.ID)
}

// checkParent checks that a province is below the region of its country.
func checkParent(r, parent *Region) error {
	switch {
	case r.ParentID == nil:
		return nil
	case parent == nil:
		return fault.New(fault.NotFound, "tax_region.parent_id: there is no tax_region with id %q", fault.Clip(*r.ParentID))
	case parent.ParentID != nil:
		return fault.New(fault.InvalidData, "tax_region.parent_id cannot be %q, which is a province; it must be the region of a country", parent.ID)
	case parent.CountryCode != r.CountryCode:
		return fault.New(fault.InvalidData, "tax_region.parent_id cannot be %q, which is in %q; the province %q is in %q", parent.ID, parent.CountryCode, *r.ProvinceCode, r.CountryCode)
	}
	return nil
}

// checkProviders checks that the providers of regions are enabled. That they exist, the
// database checks.
func (s *Service) checkProviders(ctx context.Context, regions []*Region) error {
	ids := module.IDs(regions, func(r *Region) string { return *r.ProviderID })
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	off, err := s.Providers.List(ctx, module.Where{"id": ids, "is_enabled": false}, module.Page{Limit: 1})
	if err != nil || len(off) == 0 {
		return err
	}
	return fault.New(fault.InvalidData, "tax_region.provider_id cannot be %q; the provider is not enabled", off[0].ID)
}
