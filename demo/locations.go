package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
)

// makeLocations creates the warehouse, from which all is sent, and the depot in
// America.
func (w *world) makeLocations(ctx context.Context) error {
	w.depot = home{street: new("4 quai des Entrepôts"), city: new("Lyon"), postal: new("69002"), country: new("fr")}
	w.warehouse = &stocklocation.StockLocation{Name: "Warehouse Lyon", Address: &stocklocation.Address{
		Address1: *w.depot.street, City: w.depot.city, PostalCode: w.depot.postal, CountryCode: *w.depot.country,
	}}
	w.overseas = &stocklocation.StockLocation{Name: "Depot Newark", Address: &stocklocation.Address{
		Address1: "118 Port Street", City: new("Newark"), Province: new("nj"), PostalCode: new("07114"), CountryCode: "us",
	}}
	return w.StockLocation.StockLocations.Create(ctx, w.warehouse, w.overseas)
}

// linkLocations links the locations with the channels that they serve, and with how
// they ship: each has the set of its area.
func (w *world) linkLocations(ctx context.Context, by *fulfillment.ProviderRecord, europe, america *fulfillment.Set) error {
	locations := stocklocation.StockLocations
	pairs := []link.Pair{
		{locations: w.warehouse.ID, fulfillment.Sets: europe.ID}, {locations: w.overseas.ID, fulfillment.Sets: america.ID},
		{locations: w.warehouse.ID, saleschannel.SalesChannels: w.till.ID},
	}
	for _, l := range []*stocklocation.StockLocation{w.warehouse, w.overseas} {
		pairs = append(pairs, link.Pair{locations: l.ID, fulfillment.Providers: by.ID},
			link.Pair{locations: l.ID, saleschannel.SalesChannels: w.online.ID}, link.Pair{locations: l.ID, saleschannel.SalesChannels: w.market.ID})
	}
	_, err := w.Links.Create(ctx, pairs...)
	return err
}
