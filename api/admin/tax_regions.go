package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/tax"
)

var (
	taxRegionColumns     = body.ColumnsOf(tax.Regions, "country_code", "provider_id", "province_code", "parent_id", "metadata")
	defaultRateColumns   = body.ColumnsOf(tax.Rates, "rate", "code", "name", "is_combinable", "metadata").With(body.Optional("rate", body.Amount))
	changedRegionColumns = body.ColumnsOf(tax.Regions, "provider_id", "province_code", "metadata").With(body.Optional("provider_id", body.Text))

	newTaxRegions    = body.For[markets.NewTaxRegion](taxRegionColumns, defaultRateColumns)
	taxRegionChanges = body.For[module.Patch](changedRegionColumns)
)

func (r *routes) taxRegions() []api.Route {
	records := r.Tax.Regions
	return r.resource(api.Resource{
		One: "tax_region", Many: "tax_regions", Path: "/admin/tax-regions", Entity: "tax_region", Limit: 20,
		Fields: api.Fields(`id, country_code, province_code, parent_id, provider_id, created_by, created_at, updated_at, deleted_at, metadata,
			children{*, tax_rates{*, rules.*}}, parent.*, tax_rates{*, rules.*}`),
		Create: api.Writes(newTaxRegions, func(ctx context.Context, c *api.Call, in *markets.NewTaxRegion) (string, error) {
			return r.markets.CreateTaxRegion(ctx, in, creator(c))
		}),
		Update: api.Writes(taxRegionChanges, func(ctx context.Context, c *api.Call, in *module.Patch) (string, error) {
			return c.Param("id"), api.Update(ctx, records, c.Param("id"), *in)
		}),
		Delete: records.SoftDelete,
	})
}
