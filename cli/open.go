package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// runE is the form of a command's work.
type runE = func(cmd *cobra.Command, args []string) error

// opened has the database open, and its tables looked at, while the command
// runs. A file that does not exist is not made: it would be an empty shop where
// another one was meant.
func (pr *Program) opened(run runE) runE {
	return func(cmd *cobra.Command, args []string) error {
		if path, ok := shop.SQLitePath(pr.Database()); ok && !exists(path) && exists(filepath.Dir(path)) {
			return fault.New(fault.UnexpectedState,
				"there is no SQLite file %s yet; `gorgon demo` makes one with a demo shop, `gorgon migrate` an empty one", path)
		}
		s, err := pr.Open(cmd.Context())
		if err != nil {
			return err
		}
		return pr.with(s, func() error { return run(cmd, args) })
	}
}

// migrated has the database open with its tables brought up to date while the
// command runs.
func (pr *Program) migrated(run runE) runE {
	return pr.connected(func(cmd *cobra.Command, args []string) error {
		// A look is sooner done than a comparison of all tables.
		if pr.Check(cmd.Context()) != nil {
			if _, err := pr.Migrate(cmd.Context(), schema.Options{}); err != nil {
				return err
			}
		}
		return run(cmd, args)
	})
}

// connected has the database open while the command runs, whatever tables it
// has.
func (pr *Program) connected(run runE) runE {
	return func(cmd *cobra.Command, args []string) error {
		s, err := pr.Connect(cmd.Context())
		if err != nil {
			return err
		}
		return pr.with(s, func() error { return run(cmd, args) })
	}
}

// with runs a command on an open shop, and closes it.
func (pr *Program) with(s *shop.Shop, run func() error) error {
	pr.Shop = s
	defer func() { pr.Shop = nil }()
	return errors.Join(run(), s.Close())
}

// inFolder points the program to a fresh SQLite file for a while: what is made
// there is thrown away.
func (pr *Program) inFolder(ctx context.Context, run func(ctx context.Context) error) error {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return err
	}
	meant := pr.database
	pr.database = "sqlite:" + filepath.Join(dir, "plan.db")
	defer func() { pr.database = meant }()
	return errors.Join(run(ctx), os.RemoveAll(dir))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
