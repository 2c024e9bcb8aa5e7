package flows

import (
	"context"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// Flows are the operations of a shop. It is used by pointer, by many
// goroutines.
type Flows struct {
	Services
	users   module.Records[user.User]
	invites module.Records[user.Invite]
}

// Services are what flows work with.
type Services struct {
	Store         *module.Store
	Links         *link.Manager
	Auth          *auth.Service
	Customers     *customer.Service
	Products      *product.Service
	Prices        *pricing.Service
	Regions       *region.Service
	SalesChannels *saleschannel.Service
	Shops         *store.Service
}

// New makes the flows.
func New(s Services) *Flows {
	return &Flows{s, module.For[user.User](s.Store, user.Users), module.For[user.Invite](s.Store, user.Invites)}
}

// do runs a flow in one transaction.
func (f *Flows) do(ctx context.Context, fn func(ctx context.Context) error) error {
	return db.Do(ctx, f.Store.DB, fn)
}

// remove soft-deletes records, and dismisses their links.
func remove[T any](ctx context.Context, f *Flows, of module.Records[T], ids ...string) error {
	if err := of.SoftDelete(ctx, ids...); err != nil {
		return err
	}
	_, err := f.Links.Delete(ctx, of.Model(), ids...)
	return err
}
