package shop

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/schema"
)

// world is the first data migration of every shop. It gives a fresh one what
// regions are made of: the countries and currencies of the world.
func (b *Blueprint) world() schema.DataMigration {
	return schema.DataMigration{Name: "gorgon: countries and currencies of the world", Run: func(ctx context.Context, d db.DB) error {
		s := module.NewStore(d, b.Graph, b.Modules...)
		if _, err := region.New(s).AddWorld(ctx); err != nil {
			return err
		}
		_, err := currency.New(s).AddWorld(ctx)
		return err
	}}
}

// linksOfDeletedRecords dismisses links that outlived their records: before
// links followed their records, some deletions left them behind.
func (b *Blueprint) linksOfDeletedRecords() schema.DataMigration {
	return schema.DataMigration{Name: "gorgon: links follow their records", Run: func(ctx context.Context, d db.DB) error {
		_, err := b.On(d).Links.CatchUp(ctx)
		return err
	}}
}
