package shop

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Blueprint is a shop without a database: modules and links, joined into one
// graph, and the tables that follow from it.
type Blueprint struct {
	Modules []*module.Module
	Graph   *model.Graph       // all models, and the edges between them
	Links   []*link.Definition // as they are installed in the graph
	Schema  *schema.Schema     // the tables of the graph
	config  Config
}

// Build returns the blueprint of a shop. It finds what is wrong with the
// settings, and with the shop's own modules and links.
func Build(c Config) (*Blueprint, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	b := &Blueprint{Modules: slices.Concat(Modules, []*module.Module{statuses}, c.Modules), config: c}
	models := slices.Concat(module.Models(b.Modules...), auth.Models(), []*model.Model{link.Journal()})
	var err error
	if b.Graph, err = model.NewGraph(models...); err != nil {
		return nil, err
	}
	if b.Links, err = link.Install(b.Graph, slices.Concat(Links, c.Links)...); err != nil {
		return nil, err
	}
	b.Schema = schema.New(b.Graph.Models(), b.migrations()...)
	return b, nil
}

// WithAuth returns the blueprint with other settings for logins.
func (b *Blueprint) WithAuth(c auth.Config) *Blueprint {
	out := *b
	out.config.Auth = c
	return &out
}

// Connect opens the shop on a database, whatever tables it has: what a
// migration needs. An empty url means the Config's.
func (b *Blueprint) Connect(ctx context.Context, url string) (*Shop, error) {
	for _, u := range []string{b.config.Database, DefaultDatabase} {
		if url == "" {
			url = u
		}
	}
	d, err := OpenDatabase(ctx, url)
	if err != nil {
		return nil, err
	}
	on := *b
	on.config.Database = url
	return on.On(d), nil
}

// On returns the shop on a database that is open, whatever tables it has.
func (b *Blueprint) On(d db.DB) *Shop {
	store := module.NewStore(d, b.Graph, b.Modules...)
	s := newServices(store)
	s.Blueprint = b
	s.Links = link.NewManager(store, b.Links)
	s.Query = query.New(b.Graph, d, b.config.Limits, s.computed()...)
	s.Auth = auth.New(store, b.config.Auth)
	return s
}

// Open is Connect and a look at the tables: a database that has not been
// migrated, or that a newer binary has migrated, is an error that says what to
// do.
func (b *Blueprint) Open(ctx context.Context, url string) (*Shop, error) {
	s, err := b.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := s.Check(ctx); err != nil {
		_ = s.Close() // the schema is what matters
		return nil, err
	}
	return s, nil
}
