package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Setup describes a shop that is not open yet, and how to serve it.
type Setup struct {
	Name   string // what the program calls itself; default: the name of its file
	Shop   shop.Config
	Server server.Config
	Routes []func(s *shop.Shop) []api.Route // the shop's own, in addition to the built-in ones
}

// Program is the command line of a shop. It runs one command at a time.
type Program struct {
	*shop.Shop // nil unless a command has it open
	setup      *Setup
	blueprint  *shop.Blueprint
	root       *cobra.Command
	database   string       // the value of --database
	logins     *auth.Config // replaces the setup's while `start` runs
}

// New returns the command line of a shop. The setup may still change until the
// first command runs.
func New(s *Setup) *Program {
	pr := &Program{setup: s}
	pr.root = pr.rootCommand()
	return pr
}

// Command returns the root of the command line, to which a shop adds commands of
// its own.
func (pr *Program) Command() *cobra.Command { return pr.root }

// Blueprint returns the blueprint of the shop. It is built on the first call.
func (pr *Program) Blueprint() (*shop.Blueprint, error) {
	if pr.blueprint != nil {
		return pr.blueprint, nil
	}
	var err error
	pr.blueprint, err = shop.Build(pr.setup.Shop)
	return pr.blueprint, err
}

// Built reports whether the blueprint has been built, so that a change of the
// setup's modules and links would have no effect.
func (pr *Program) Built() bool { return pr.blueprint != nil }

// Database returns the URL of the database: that of the flag --database, else
// of the environment variable GORGON_DATABASE, else of the Config, else the
// default.
func (pr *Program) Database() string {
	for _, url := range []string{pr.database, os.Getenv("GORGON_DATABASE"), pr.setup.Shop.Database} {
		if url != "" {
			return url
		}
	}
	return shop.DefaultDatabase
}

// checkVariable returns an error that names GORGON_DATABASE if the database is
// that of the variable, and no URL.
func (pr *Program) checkVariable() error {
	url := os.Getenv("GORGON_DATABASE")
	if pr.database != "" || url == "" {
		return nil
	}
	if err := shop.CheckDatabase(url); err != nil {
		return fault.Wrap(err, fault.TypeOf(err), "GORGON_DATABASE: %s", err)
	}
	return nil
}

// Open opens the shop on its database, which must have been migrated.
func (pr *Program) Open(ctx context.Context) (*shop.Shop, error) {
	b, err := pr.Blueprint()
	if err != nil {
		return nil, err
	}
	if err := pr.checkVariable(); err != nil {
		return nil, err
	}
	return b.Open(ctx, pr.Database())
}

// Connect opens the shop on its database, whatever tables it has.
func (pr *Program) Connect(ctx context.Context) (*shop.Shop, error) {
	b, err := pr.Blueprint()
	if err != nil {
		return nil, err
	}
	if pr.logins != nil {
		b = b.WithAuth(*pr.logins)
	}
	if err := pr.checkVariable(); err != nil {
		return nil, err
	}
	return b.Connect(ctx, pr.Database())
}
