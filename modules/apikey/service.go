package apikey

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "api_key",
	Models: []*model.Model{
		APIKeys,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service keeps API keys.
type Service struct {
	APIKeys module.Records[APIKey]
	store   *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{APIKeys: module.For[APIKey](s, APIKeys), store: s}
}

// Revoke makes a key worthless from an instant on, which may lie ahead, and
// notes the user who asked for it. An unknown key is a not_found error, one
// that is revoked already a not_allowed error; one that is to be revoked later
// gets the new instant.
func (s *Service) Revoke(ctx context.Context, id, by string, at time.Time) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		found, err := s.APIKeys.Lock(ctx, id)
		if err != nil {
			return err
		}
		k := found[id]
		if k == nil {
			return fault.New(fault.NotFound, "there is no api_key with id %q", id)
		}
		if k.revoked(s.store.Now()) {
			return fault.New(fault.NotAllowed, "the API key %q is revoked already", k.Title)
		}
		_, err = s.APIKeys.Update(ctx, []string{id}, module.Patch{"revoked_at": at, "revoked_by": by})
		return err
	})
}

// Delete soft-deletes keys; ids that are not there are passed over. A key that
// is not revoked yet is a not_allowed error, and none is deleted.
func (s *Service) Delete(ctx context.Context, ids ...string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		found, err := s.APIKeys.Lock(ctx, ids...)
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(found)) {
			if k := found[id]; !k.revoked(s.store.Now()) {
				return fault.New(fault.NotAllowed, "the API key %q (%s) is in use: revoke it before you delete it", k.Title, id)
			}
		}
		return s.APIKeys.SoftDelete(ctx, ids...)
	})
}
