package gorgon

import (
	"context"
	"os"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/spf13/cobra"
)

// Config is how an App runs. Its zero value is a shop on an SQLite file in the
// working folder.
type Config struct {
	// Database is sqlite:FILE or postgres://user:password@host:port/name. Empty means the environment variable
	// GORGON_DATABASE, and without that sqlite:gorgon.db.
	Database string
	// Limits bound what one query may cost; each has a default.
	Limits query.Limits
	// Auth is how people and programs log in; its zero value is good.
	Auth auth.Config
	// Server is how the HTTP API is served; the flags of `gorgon start` come before it.
	Server Server
	// Migrations are changes of data, in order; each runs once per database, with `gorgon migrate`.
	Migrations []schema.DataMigration
}

// DefaultDatabase is where an App keeps its data when nothing else is said.
const DefaultDatabase = "sqlite:gorgon.db"

// App is a shop: modules, links, a database. New makes it; Module and Link add
// the shop's own; Open connects it. Query, Links and Auth are set by Open, and so
// are the services of the built-in modules.
type App struct {
	services
	Query  *query.Engine // reads across modules
	Links  *link.Manager // writes stored links
	Auth   *auth.Service // logs people and programs in
	Store  *module.Store // what services of the shop's own modules work on
	config Config

	modules     []*module.Module
	definitions []link.Definition
	graph       *model.Graph
	installed   []*link.Definition
	schema      *schema.Schema
	db          db.DB

	routes   []func(s *api.Shop) []api.Route
	command  *cobra.Command // made by Command
	database string         // what the flag --database says
}

// New makes an App with the built-in modules and links.
func New(c Config) *App {
	return &App{config: c, modules: Modules, definitions: Links}
}

// Module adds a module of the shop's own. It must come before Open.
func (a *App) Module(name string, models ...*model.Model) {
	a.modules = append(a.modules[:len(a.modules):len(a.modules)], module.New(name, models...))
}

// Link adds links of the shop's own. It must come before Open.
func (a *App) Link(definitions ...link.Definition) {
	a.definitions = append(a.definitions[:len(a.definitions):len(a.definitions)], definitions...)
}

// Graph is the graph of all models and links. Building it finds what is wrong
// with the modules and links that were added.
func (a *App) Graph() (*model.Graph, error) {
	if a.graph != nil {
		return a.graph, nil
	}
	var models []*model.Model
	for _, m := range a.modules {
		models = append(models, m.Models...)
	}
	g, err := model.NewGraph(append(models, link.Journal(), auth.SigningKeys())...)
	if err != nil {
		return nil, err
	}
	if a.installed, err = link.Install(g, a.definitions...); err != nil {
		return nil, err
	}
	a.graph, a.schema = g, schema.New(g.Models(), dataMigrations(g, a.config.Migrations)...)
	return g, nil
}

// Connect opens the database and sets everything up, but does not look whether
// its tables are there: what `gorgon migrate` needs.
func (a *App) Connect(ctx context.Context) error {
	g, err := a.Graph()
	if err != nil {
		return err
	}
	if a.db, err = OpenDatabase(ctx, a.databaseURL()); err != nil {
		return err
	}
	a.Store = &module.Store{DB: a.db, Graph: g}
	a.services = newServices(a.Store)
	a.Auth = auth.New(a.Store, a.config.Auth)
	a.Links = link.NewManager(a.Store, a.installed)
	a.Query = query.New(g, a.db, a.config.Limits)
	return nil
}

// Open is Connect and a look at the schema: a database that has not been
// migrated, or that a newer Gorgon has, is an error that says what to do.
func (a *App) Open(ctx context.Context) error {
	if err := a.Connect(ctx); err != nil {
		return err
	}
	if err := a.schema.Check(ctx, a.db); err != nil {
		_ = a.Close() // the schema is what matters
		return err
	}
	return nil
}

// Migrate brings the database's tables to those of the models and links.
func (a *App) Migrate(ctx context.Context, o schema.Options) ([]schema.Change, error) {
	return a.schema.Migrate(ctx, a.db, o)
}

// DB is the open database.
func (a *App) DB() db.DB { return a.db }

// Close closes the database.
func (a *App) Close() error {
	if a.db == nil {
		return nil
	}
	return a.db.Close()
}

func (a *App) databaseURL() string {
	for _, u := range []string{a.database, a.config.Database, os.Getenv("GORGON_DATABASE")} {
		if u != "" {
			return u
		}
	}
	return DefaultDatabase
}

// OpenDatabase opens sqlite:FILE or postgres://…. Messages never repeat the
// URL of a server, which may hold a password.
func OpenDatabase(ctx context.Context, url string) (db.DB, error) {
	scheme, rest, ok := strings.Cut(url, ":")
	switch {
	case ok && scheme == "sqlite" && rest != "":
		return sqlite.Open(strings.TrimPrefix(rest, "//"))
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		return postgres.Open(ctx, url)
	}
	return nil, fault.New(fault.InvalidData, "the database is not as it must be: write sqlite:FILE or postgres://user:password@host:5432/name")
}
