package currency

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "currency",
	Models: []*model.Model{
		Currencies,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages currencies.
type Service struct {
	Currencies module.Records[Currency]
	store      *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Currencies: module.For[Currency](s, Currencies),
		store:      s,
	}
}

// AddWorld adds the currencies of World that are missing, and returns how many it
// added.
func (s *Service) AddWorld(ctx context.Context) (added int, err error) {
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		there, err := s.Currencies.List(ctx, nil, module.Page{WithDeleted: true})
		if err != nil {
			return err
		}
		known := map[string]bool{}
		for _, c := range there {
			known[c.Code] = true
		}
		var missing []*Currency
		for _, c := range World {
			if !known[c.Code] {
				missing = append(missing, &c)
			}
		}
		added = len(missing)
		return s.Currencies.Create(ctx, missing...)
	})
	return added, err
}

// Check returns an invalid_data error, which names the field, unless there are
// currencies with all of the codes.
func (s *Service) Check(ctx context.Context, field string, codes ...string) error {
	if len(codes) == 0 {
		return nil
	}
	known, err := s.Currencies.List(ctx, module.Where{"code": codes}, module.Page{})
	if err != nil {
		return err
	}
	for _, code := range codes {
		if !slices.ContainsFunc(known, func(c *Currency) bool { return c.Code == code }) {
			return fault.New(fault.InvalidData, "%s: there is no currency %q", field, fault.Clip(code))
		}
	}
	return nil
}
