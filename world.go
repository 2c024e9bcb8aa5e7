package gorgon

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/schema"
)

// dataMigrations are those of every shop, then those of the configuration. The
// first gives a fresh shop what regions are made of: the countries and the
// currencies of the world.
func dataMigrations(g *model.Graph, own []schema.DataMigration) []schema.DataMigration {
	world := schema.DataMigration{Name: "gorgon: countries and currencies of the world", Run: func(ctx context.Context, d db.DB) error {
		s := &module.Store{DB: d, Graph: g}
		if _, err := region.New(s).AddWorld(ctx); err != nil {
			return err
		}
		_, err := currency.New(s).AddWorld(ctx)
		return err
	}}
	return slices.Concat([]schema.DataMigration{world}, own)
}
