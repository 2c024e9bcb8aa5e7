package auth

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/auth"
)

// Attach says that an identity is an actor: app_metadata gets {"customer_id":
// actorID}. Tokens made after that act as it. An identity that is an actor of
// that type already is a not_allowed error, an unknown one not_found.
func (s *Service) Attach(ctx context.Context, authIdentityID, actorType, actorID string) error {
	if err := s.knownActor(actorType); err != nil {
		return err
	}
	if err := module.Require(auth.Identities, actorKey(actorType), actorID); err != nil {
		return err
	}
	return s.changeActor(ctx, authIdentityID, func(o object) (model.RawJSON, error) {
		if o.text(actorKey(actorType)) != "" {
			return nil, fault.New(fault.NotAllowed, "this login belongs to a %s already; another one needs another login", actorType)
		}
		return o.with(actorKey(actorType), actorID), nil
	})
}

// Detach says that no identity is that actor any more: what is to be done when
// a user or customer is deleted, in the same transaction. The identity stays,
// with its email and password, and can become another actor. Tokens that were
// made before are good until they expire, but are not confirmed or refreshed.
func (s *Service) Detach(ctx context.Context, actorType, actorID string) error {
	if err := s.knownActor(actorType); err != nil {
		return err
	}
	d, key := s.store.DB.Dialect(), actorKey(actorType)
	sql := "SELECT " + d.Quote("id") + " FROM " + d.Quote(auth.Identities.Table) + " WHERE " +
		d.Quote("app_metadata") + " ->> CAST(" + d.Placeholder(1) + " AS text) = " + d.Placeholder(2)
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		ids, err := db.Collect[string](ctx, db.Use(ctx, s.store.DB), sql+" ORDER BY 1", key, actorID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			err := s.changeActor(ctx, id, func(o object) (model.RawJSON, error) {
				if o.text(key) != actorID { // since we looked
					return model.ToJSON(o), nil
				}
				return o.without(key), nil
			})
			if err != nil && fault.TypeOf(err) != fault.NotFound { // a deleted identity cannot act
				return err
			}
		}
		return nil
	})
}

// changeActor changes the app_metadata of an identity, which nobody else can
// change meanwhile.
func (s *Service) changeActor(ctx context.Context, id string, change func(object) (model.RawJSON, error)) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		found, err := s.identities.Lock(ctx, id)
		if err != nil {
			return err
		}
		identity := found[id]
		if identity == nil {
			return fault.New(fault.NotFound, "there is no auth_identity with id %q", id)
		}
		o, err := readObject("app_metadata of "+id, identity.AppMetadata)
		if err != nil {
			return err
		}
		next, err := change(o)
		if err != nil {
			return err
		}
		_, err = s.identities.Update(ctx, []string{id}, module.Patch{"app_metadata": next})
		return err
	})
}
