package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) regions() []api.Route {
	return r.resources(
		api.Resource{
			One: "region", Many: "regions", Path: "/store/regions", Entity: "region", Limit: 50,
			Fields:  api.Fields("id, name, currency_code, created_at, updated_at, deleted_at, metadata, countries.*"),
			Allowed: allowedRegions,
		},
		api.Resource{
			One: "currency", Many: "currencies", Path: "/store/currencies", Entity: "currency", ID: "code", Key: "code", Limit: 50,
			Fields:  api.Fields("code, name, symbol, symbol_native, decimal_digits, rounding"),
			Allowed: allowedCurrencies,
		},
	)
}
