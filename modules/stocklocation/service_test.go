package stocklocation_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
)

var graph = moduletest.Graph(stocklocation.Module)

// A location gets an address, which is changed in place, and goes with it.
func TestAddressOfALocation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), stocklocation.New(moduletest.Open(t, d, graph))
		l := &stocklocation.StockLocation{Name: "Lyon"}
		if err := s.StockLocations.Create(ctx, l); err != nil {
			t.Fatal(err)
		}
		for _, change := range []module.Patch{{"address_1": "4 quai des Entrepôts", "country_code": "FR"}, {"city": "Lyon"}} {
			if err := s.SetAddress(ctx, l.ID, change); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.Addresses.List(ctx, nil, module.Page{})
		if err != nil || len(all) != 1 {
			t.Fatalf("%d addresses, %v", len(all), err)
		}
		if a := all[0]; a.Address1 != "4 quai des Entrepôts" || a.CountryCode != "fr" || a.City == nil || *a.City != "Lyon" {
			t.Errorf("%+v", a)
		}
		if err := s.Addresses.SoftDelete(ctx, all[0].ID); err != nil {
			t.Fatal(err)
		}
		if n, err := s.StockLocations.Count(ctx, nil); n != 0 || err != nil {
			t.Errorf("%d locations without their address, %v", n, err)
		}
	})
}

// What is wrong is named, and nothing of it is written.
func TestWrongLocations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), stocklocation.New(moduletest.Open(t, d, graph))
		address := func(street, country string) *stocklocation.Address {
			return &stocklocation.Address{Address1: street, CountryCode: country}
		}
		for says, l := range map[string]*stocklocation.StockLocation{
			"stock_location.name":                 {},
			"stock_location_address.country_code": {Name: "Lyon", Address: address("4 quai des Entrepôts", "France")},
			"stock_location_address.address_1":    {Name: "Lyon", Address: address("", "fr")},
		} {
			if err := s.StockLocations.Create(ctx, l); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", says, err)
			}
		}
		if err := s.SetAddress(ctx, "sloc_none", module.Patch{"address_1": "x", "country_code": "fr"}); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("an unknown location: %v", err)
		}
		locations, _ := s.StockLocations.Count(ctx, nil)
		addresses, err := s.Addresses.Count(ctx, nil)
		if locations != 0 || addresses != 0 || err != nil {
			t.Errorf("%d locations and %d addresses were written, %v", locations, addresses, err)
		}
	})
}
