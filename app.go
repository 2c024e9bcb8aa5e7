package gorgon

import (
	"context"
	"io"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/cli"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/spf13/cobra"
)

// Config is how an App runs. Its zero value is a shop on an SQLite file in the
// working folder. On the command line, a flag comes before an environment
// variable, and that before the Config.
type Config struct {
	// Name is what the program calls itself in help and messages. Default: the name of its file.
	Name string
	// Database is sqlite:FILE or postgres://user:password@host:port/name. Default: sqlite:gorgon.db.
	Database string
	// Limits bound what one query may cost; each has a default.
	Limits query.Limits
	// Auth is how people and programs log in. Default: tokens that live a day, signed with a key kept in the database.
	Auth auth.Config
	// Server is how the HTTP API is served; each setting has a default.
	Server server.Config
	// Migrations are changes of data, in order; each runs once per database, with `gorgon migrate`.
	Migrations []shop.Migration
}

// App is a shop with its command line. New makes it; Module, Modules, Link and
// Routes add the shop's own; Open opens it on its database, or Main runs it as
// a program.
type App struct {
	*shop.Shop // before Open or Connect, and after Close, it has no services, and queries return an error
	setup      cli.Setup
	program    *cli.Program
	isOpen     bool
}

// New returns an App with the built-in modules and links.
func New(c Config) *App {
	a := &App{Shop: &shop.Shop{}, setup: cli.Setup{
		Name:   c.Name,
		Shop:   shop.Config{Database: c.Database, Limits: c.Limits, Auth: c.Auth, Migrations: c.Migrations},
		Server: c.Server,
	}}
	a.program = cli.New(&a.setup)
	return a
}

// Module adds a module of the shop's own that has models and nothing else. It
// panics after Graph, Open, Connect or Main.
func (a *App) Module(name string, models ...*model.Model) { a.Modules(module.New(name, models...)) }

// Modules adds modules of the shop's own, with their rules and services. It
// panics after Graph, Open, Connect or Main.
func (a *App) Modules(modules ...*module.Module) {
	a.mustBeFirst("Modules")
	a.setup.Shop.Modules = append(a.setup.Shop.Modules, modules...)
}

// Link adds links of the shop's own. It panics after Graph, Open, Connect or Main.
func (a *App) Link(definitions ...link.Definition) {
	a.mustBeFirst("Link")
	a.setup.Shop.Links = append(a.setup.Shop.Links, definitions...)
}

// mustBeFirst panics if the modules and links are already put together, so that
// nothing that is added is left out in silence.
func (a *App) mustBeFirst(method string) {
	if a.program.Built() {
		panic("gorgon: " + method + " must be called before Graph, Open, Connect and Main")
	}
}

// Routes adds routes of the shop's own to the HTTP API. The function is called
// with the open shop. It must come before Handler and Main. A route of the same
// method and path as a built-in one takes its place, which the log says.
//
//	app.Routes(func(s *shop.Shop) []api.Route { return []api.Route{{Method: "GET", Path: "/admin/report", …}} })
func (a *App) Routes(routes func(s *shop.Shop) []api.Route) {
	a.setup.Routes = append(a.setup.Routes, routes)
}

// Graph returns the graph of all models and links. It needs no database, and
// finds what is wrong with the modules and links that were added.
func (a *App) Graph() (*model.Graph, error) {
	b, err := a.program.Blueprint()
	if err != nil {
		return nil, err
	}
	return b.Graph, nil
}

// Open opens the shop on its database. A database that has not been migrated,
// or that a newer binary has migrated, is an error that says what to do. So is
// an App that is open already.
func (a *App) Open(ctx context.Context) error { return a.open(ctx, a.program.Open) }

// Connect opens the shop on its database, whatever tables it has: what Migrate
// needs.
func (a *App) Connect(ctx context.Context) error { return a.open(ctx, a.program.Connect) }

func (a *App) open(ctx context.Context, open func(context.Context) (*shop.Shop, error)) error {
	if a.isOpen {
		return fault.New(fault.NotAllowed, "the shop is open already: close it first")
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	a.Shop, a.isOpen = s, true
	return nil
}

// Close closes the shop. Closing one that is not open does nothing.
func (a *App) Close() error {
	if !a.isOpen {
		return nil
	}
	s := a.Shop
	a.Shop, a.isOpen = &shop.Shop{}, false
	return s.Close()
}

// Handler returns the HTTP API of the App, which must be open, with the
// settings of Config.Server.
func (a *App) Handler() http.Handler {
	return server.Handler(a.Shop, a.setup.Server, a.setup.Routes)
}

// ListenAndServe serves the HTTP API of the App, which must be open, until ctx
// ends; then it finishes the requests in flight. It calls ready with the
// address once it listens; ready may be nil.
func (a *App) ListenAndServe(ctx context.Context, ready func(address string)) error {
	return server.ListenAndServe(ctx, a.Shop, a.setup.Server, a.setup.Routes, ready)
}

// Command returns the root of the command line. A shop adds commands of its own
// to it before Main:
//
//	app.Command().AddCommand(&cobra.Command{Use: "greet", RunE: …})
//
// They have the flags --database and --json; Open opens the database that is
// meant. A *fault.Error that their RunE returns is printed like our own.
func (a *App) Command() *cobra.Command { return a.program.Command() }

// Run runs one command line, without the program's name, and returns the exit
// status: 0 when all went well, 1 after an error or when `verify` found
// something, 2 when the command line itself is wrong. Answers go to stdout,
// errors and progress to stderr. It may be called again, but not by two
// goroutines at a time.
func (a *App) Run(ctx context.Context, args []string, stdout, stderr io.Writer, stdin io.Reader) int {
	return a.program.Run(ctx, args, stdout, stderr, stdin)
}

// Main runs the command line of the process and ends the process with its exit
// status. The first interrupt ends the command cleanly, a second one at once.
func (a *App) Main() { a.program.Main() }
