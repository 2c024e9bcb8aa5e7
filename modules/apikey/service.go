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

// Service manages API keys.
type Service struct {
	APIKeys module.Records[APIKey]
	store   *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{APIKeys: module.For[APIKey](s, APIKeys), store: s}
}

// Revoke revokes a key at a time, which may be in the future, and records the
// user who asked for it. If the key was to be revoked later, the new time
// replaces the old one. If there is no such key, the error is not_found; if it
// is already revoked, it is not_allowed.
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
			return fault.New(fault.NotAllowed, "the API key %q is already revoked", k.Title)
		}
		_, err = s.APIKeys.Update(ctx, []string{id}, module.Patch{"revoked_at": at, "revoked_by": by})
		return err
	})
}

// Delete soft-deletes keys. Unknown ids are ignored. If one of the keys has not
// been revoked, the error is not_allowed and none is deleted.
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
