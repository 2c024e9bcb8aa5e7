package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) currencies() []api.Route {
	return r.resource(api.Resource{
		One: "currency", Many: "currencies", Path: "/store/currencies", Entity: "currency", Limit: 50,
		Fields:  api.Fields("code, name, symbol, symbol_native, decimal_digits, rounding"),
		Lookup:  api.Lookup{Param: "code", Column: "code"},
		Visible: r.show("currency", allowedCurrencies),
	})
}
