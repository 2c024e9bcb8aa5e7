package auth

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/auth"
)

// Attach lets an identity act as a user or customer, by setting for example
// {"customer_id": actorID} in its app_metadata. Tokens issued after that act as
// it. If the identity already is an actor of the type, the error is not_allowed;
// if there is no such identity, it is not_found.
func (s *Service) Attach(ctx context.Context, authIdentityID, actorType, actorID string) error {
	if err := s.knownActor(actorType); err != nil {
		return err
	}
	if err := module.Require(auth.Identities, actorKey(actorType), actorID); err != nil {
		return err
	}
	return s.changeActor(ctx, authIdentityID, func(o object) (model.RawJSON, error) {
		if o.text(actorKey(actorType)) != "" {
			return nil, fault.New(fault.NotAllowed, "this login already belongs to a %s; another one needs another login", actorType)
		}
		return o.with(actorKey(actorType), actorID), nil
	})
}

// Detach removes actors from the identities that act as them, so that no one can
// log in as them. The identities keep their emails and passwords, and can become
// other actors. Trusts no longer reports true for tokens issued before.
//
// A user or customer who is deleted through the store is detached in the same
// transaction, without a call of Detach. It is for actors that have no model in
// the store.
func (s *Service) Detach(ctx context.Context, actorType string, actorIDs ...string) error {
	if err := s.knownActor(actorType); err != nil {
		return err
	}
	d, key := s.store.DB.Dialect(), actorKey(actorType)
	actor := d.Quote("app_metadata") + " ->> CAST(" + d.Placeholder(1) + " AS text)"
	sql := "SELECT " + d.Quote("id") + " FROM " + d.Quote(auth.Identities.Table) + " WHERE " + d.List(actor, 2) + " ORDER BY 1"
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		ids, err := db.Collect[string](ctx, db.Use(ctx, s.store.DB), sql, key, actorIDs)
		if err != nil {
			return err
		}
		for _, id := range ids {
			err := s.changeActor(ctx, id, func(o object) (model.RawJSON, error) {
				if !slices.Contains(actorIDs, o.text(key)) { // changed in the meantime
					return model.ToJSON(o), nil
				}
				return o.without(key), nil
			})
			if err != nil && fault.TypeOf(err) != fault.NotFound { // a deleted identity cannot act
				return err
			}
		}
		db.AfterCommit(ctx, s.store.DB, s.Distrust)
		return nil
	})
}

// CanLogIn reports whether an identity acts as an actor.
func (s *Service) CanLogIn(ctx context.Context, actorType, actorID string) (bool, error) {
	d := s.store.DB.Dialect()
	sql := "SELECT count(*) FROM " + d.Quote(auth.Identities.Table) + " WHERE " + d.Quote("app_metadata") + " ->> CAST(" + d.Placeholder(1) +
		" AS text) = " + d.Placeholder(2) + " AND " + d.Quote("deleted_at") + " IS NULL"
	n, _, err := db.One[int64](ctx, db.Use(ctx, s.store.DB), sql, actorKey(actorType), actorID)
	return n > 0, err
}

// watcher returns the watcher that detaches actors when they are deleted.
func (s *Service) watcher() module.Watcher {
	return module.Watcher{
		Ops: []module.Op{module.Deleted, module.Removed},
		Of:  func(m *model.Model) bool { return slices.Contains(s.config.ActorTypes, m.Name) },
		See: func(ctx context.Context, _ *module.Store, c module.Change) error {
			return s.Detach(ctx, c.Model.Name, c.IDs...)
		},
	}
}

// changeActor changes the app_metadata of an identity under a lock.
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
