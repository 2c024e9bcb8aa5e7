package stocklocation

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "stock_location",
	Models: []*model.Model{
		StockLocations, Addresses,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages stock locations and their addresses.
type Service struct {
	StockLocations module.Records[StockLocation]
	Addresses      module.Records[Address]
	store          *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		StockLocations: module.For[StockLocation](s, StockLocations),
		Addresses:      module.For[Address](s, Addresses),
		store:          s,
	}
}

// SetAddress changes the address of a location, or gives it one if it has none.
func (s *Service) SetAddress(ctx context.Context, id string, change module.Patch) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		locked, err := s.StockLocations.Lock(ctx, id)
		if err != nil {
			return err
		}
		switch l := locked[id]; {
		case l == nil:
			return s.StockLocations.Exist(ctx, id)
		case l.AddressID != nil:
			_, err := s.Addresses.Update(ctx, []string{*l.AddressID}, change)
			return err
		}
		a, err := s.Addresses.Make(change)
		if err != nil {
			return err
		}
		if err := s.Addresses.Create(ctx, a); err != nil {
			return err
		}
		_, err = s.StockLocations.Update(ctx, []string{id}, module.Patch{"address_id": a.ID})
		return err
	})
}
