package shop

import (
	"context"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/notification"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/modules/translation"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Shop is a shop on its database. It is used by pointer and is safe for use by
// many goroutines.
type Shop struct {
	Blueprint *Blueprint
	Store     *module.Store // what services work on
	Query     *query.Engine // reads across modules
	Links     *link.Manager // writes stored links
	Auth      *auth.Service // logs people and programs in

	// The services of the built-in modules. Those of a shop's own are found with ServiceOf.
	APIKey        *apikey.Service
	Cart          *cart.Service
	Currency      *currency.Service
	Customer      *customer.Service
	Fulfillment   *fulfillment.Service
	Inventory     *inventory.Service
	Notification  *notification.Service
	Order         *order.Service
	Payment       *payment.Service
	Pricing       *pricing.Service
	Product       *product.Service
	Promotion     *promotion.Service
	Region        *region.Service
	SalesChannel  *saleschannel.Service
	StockLocation *stocklocation.Service
	Stores        *store.Service // not to be confused with Store
	Tax           *tax.Service
	Translation   *translation.Service
	User          *user.Service
}

// Open opens a shop whose tables are there; see Blueprint.Open.
func Open(ctx context.Context, c Config) (*Shop, error) {
	b, err := Build(c)
	if err != nil {
		return nil, err
	}
	return b.Open(ctx, "")
}

// newServices returns a shop with the services that the modules of a store
// provide.
func newServices(s *module.Store) *Shop {
	return &Shop{
		Store:         s,
		APIKey:        module.ServiceOf[*apikey.Service](s),
		Cart:          module.ServiceOf[*cart.Service](s),
		Currency:      module.ServiceOf[*currency.Service](s),
		Customer:      module.ServiceOf[*customer.Service](s),
		Fulfillment:   module.ServiceOf[*fulfillment.Service](s),
		Inventory:     module.ServiceOf[*inventory.Service](s),
		Notification:  module.ServiceOf[*notification.Service](s),
		Order:         module.ServiceOf[*order.Service](s),
		Payment:       module.ServiceOf[*payment.Service](s),
		Pricing:       module.ServiceOf[*pricing.Service](s),
		Product:       module.ServiceOf[*product.Service](s),
		Promotion:     module.ServiceOf[*promotion.Service](s),
		Region:        module.ServiceOf[*region.Service](s),
		SalesChannel:  module.ServiceOf[*saleschannel.Service](s),
		StockLocation: module.ServiceOf[*stocklocation.Service](s),
		Stores:        module.ServiceOf[*store.Service](s),
		Tax:           module.ServiceOf[*tax.Service](s),
		Translation:   module.ServiceOf[*translation.Service](s),
		User:          module.ServiceOf[*user.Service](s),
	}
}

// ServiceOf returns the service of type S that a module of the shop provides.
// It panics when none does.
//
//	brands := shop.ServiceOf[*brand.Service](s)
func ServiceOf[S any](s *Shop) S { return module.ServiceOf[S](s.Store) }

// From returns the same shop with times and ids of another source: what a
// demo or a test needs to be repeatable.
func (s *Shop) From(source module.Source) *Shop {
	out := newServices(s.Store.From(source))
	out.Blueprint, out.Query, out.Auth, out.Links = s.Blueprint, s.Query, s.Auth, s.Links.On(out.Store)
	return out
}

// DB returns the database.
func (s *Shop) DB() db.DB { return s.Store.DB }

// Do runs fn in a transaction that its context carries: the one ctx is already
// in, or a new one that is committed when fn returns nil.
func (s *Shop) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	return db.Do(ctx, s.Store.DB, fn)
}

// Check reports whether the database has the tables of the shop; if not, its
// error says what to do.
func (s *Shop) Check(ctx context.Context) error { return s.Blueprint.Schema.Check(ctx, s.DB()) }

// Indexed reports whether the database has the indexes that a migration builds after
// its transaction.
func (s *Shop) Indexed(ctx context.Context) (bool, error) {
	return s.Blueprint.Schema.Indexed(ctx, s.DB())
}

// Migrate changes the database's tables to those of the models and links, and
// runs the data migrations that have not run yet. It returns what it changed.
func (s *Shop) Migrate(ctx context.Context, o schema.Options) ([]schema.Change, error) {
	return s.Blueprint.Schema.Migrate(ctx, s.DB(), o)
}

// Folder returns the folder of the SQLite file that the shop was opened on, beside
// which it may keep others. For PostgreSQL it is "", the working folder.
func (s *Shop) Folder() string {
	if path, ok := SQLitePath(s.Blueprint.config.Database); ok {
		return filepath.Dir(path)
	}
	return ""
}

// Close closes the database.
func (s *Shop) Close() error { return s.DB().Close() }
