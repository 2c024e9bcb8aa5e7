package translation

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "translation",
	Models: []*model.Model{
		Locales,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages locales.
type Service struct {
	Locales module.Records[Locale]
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{Locales: module.For[Locale](s, Locales)}
}

// AddWorld adds the locales of World that are missing.
func (s *Service) AddWorld(ctx context.Context) error {
	names := map[string]string{}
	for _, l := range World() {
		names[l.Code] = l.Name
	}
	codes := slices.Sorted(maps.Keys(names))
	return s.Locales.CreateMissing(ctx, codes, func(code string) *Locale { return &Locale{Code: code, Name: names[code]} })
}

// Find returns the codes as the shop spells them: de_at is de-AT. It returns an
// invalid_data error, which names the field, unless the shop has all of the locales.
func (s *Service) Find(ctx context.Context, field string, codes ...string) ([]string, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	out := make([]string, len(codes))
	for i, code := range codes {
		out[i], _ = spell(code) // what is no tag becomes und, which no locale has
	}
	found, err := s.Locales.List(ctx, module.Where{"code": out}, module.Page{})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, l := range found {
		known[l.Code] = true
	}
	for i, code := range out {
		if !known[code] {
			return nil, fault.New(fault.InvalidData, "%s: there is no locale %q; GET /admin/locales lists those that there are", field, fault.Clip(codes[i]))
		}
	}
	return out, nil
}
