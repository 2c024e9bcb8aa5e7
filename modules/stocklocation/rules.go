package stocklocation

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records: a location has a name, and an
// address has its first line and a country.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(StockLocations, module.Rules[StockLocation]{Each: func(l *StockLocation) error {
			return module.Require(StockLocations, "name", l.Name)
		}}),
		module.On(Addresses, module.Rules[Address]{Each: checkAddress}),
	}
}

// checkAddress checks an address, and puts its country code into lower case.
func checkAddress(a *Address) error {
	a.CountryCode = strings.ToLower(a.CountryCode)
	if len(a.CountryCode) != 2 {
		return fault.New(fault.InvalidData, "stock_location_address.country_code cannot be %q; it must be a country code of two letters, such as de", fault.Clip(a.CountryCode))
	}
	return module.Require(Addresses, "address_1", a.Address1)
}
