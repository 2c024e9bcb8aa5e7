package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/tax"
)

var (
	taxRateColumns = body.ColumnsOf(tax.Rates, "rate", "code", "name", "is_default", "is_combinable", "tax_region_id", "metadata").
			With(body.Optional("rate", body.Amount))
	changedRateColumns = body.ColumnsOf(tax.Rates, "rate", "code", "name", "is_default", "is_combinable", "metadata").
				With(body.Optional("rate", body.Amount))
	taxRateRuleColumns = body.ColumnsOf(tax.RateRules, "reference", "reference_id")

	newTaxRates     = body.For[markets.NewTaxRate](taxRateColumns, taxRateRuleColumns)
	taxRateChanges  = body.For[markets.TaxRateChange](changedRateColumns.Optional(), taxRateRuleColumns)
	newTaxRateRules = body.For[markets.NewTaxRateRule](taxRateRuleColumns)
)

func (r *routes) taxRates() []api.Route {
	rates := api.Resource{
		One: "tax_rate", Many: "tax_rates", Path: "/admin/tax-rates", Entity: "tax_rate", Access: api.Admin, Limit: 20,
		Fields: api.Fields(`id, name, code, rate, tax_region_id, is_default, is_combinable, created_by, created_at, updated_at, deleted_at, metadata,
			tax_region.*, rules.*`),
		Create: api.Writes(newTaxRates, func(ctx context.Context, c *api.Call, in *markets.NewTaxRate) (string, error) {
			return r.markets.CreateTaxRate(ctx, in, creator(c))
		}),
		Update: api.Writes(taxRateChanges, func(ctx context.Context, c *api.Call, in *markets.TaxRateChange) (string, error) {
			return c.Param("id"), r.markets.UpdateTaxRate(ctx, c.Param("id"), in, creator(c))
		}),
		Delete: r.Tax.Rates.SoftDelete,
	}
	return append(rates.Routes(r.Shop),
		rates.Action(r.Shop, "/rules", "Add a rule to a tax rate", api.Writes(newTaxRateRules,
			func(ctx context.Context, c *api.Call, in *markets.NewTaxRateRule) (string, error) {
				return c.Param("id"), r.markets.AddTaxRateRules(ctx, c.Param("id"), []markets.NewTaxRateRule{*in}, creator(c))
			})),
		r.taxRateRules(rates).DeleteRoute(r.Shop))
}

// taxRateRules are those of one tax rate.
func (r *routes) taxRateRules(rates api.Resource) api.Resource {
	return api.Resource{
		One: "tax_rate_rule", Path: "/admin/tax-rates/{id}/rules", Entity: "tax_rate_rule", Access: api.Admin,
		Delete: r.Tax.RateRules.SoftDelete,
		Lookup: api.Lookup{Param: "rule_id"},
		Owner: api.Ownership{Parent: &rates, Check: func(ctx context.Context, c *api.Call) error {
			n, err := r.Tax.RateRules.Count(ctx, module.Where{"id": c.Param("rule_id"), "tax_rate_id": c.Param("id")})
			if err == nil && n == 0 {
				err = fault.New(fault.NotFound, "Tax rate with id: %s has no rule with id: %s", fault.Clip(c.Param("id")), fault.Clip(c.Param("rule_id")))
			}
			return err
		}},
	}
}
