package gorgon

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/spf13/cobra"
)

// runE is the form of a command's work.
type runE = func(cmd *cobra.Command, args []string) error

// opened has the database open, and its tables looked at, while the command
// runs. A file that does not exist is not made: it would be an empty shop where
// another one was meant.
func (a *App) opened(run runE) runE {
	return func(cmd *cobra.Command, args []string) error {
		if path, ok := sqlitePath(a.databaseURL()); ok && !exists(path) && exists(filepath.Dir(path)) {
			return fault.New(fault.UnexpectedState,
				"there is no SQLite file %s yet; `gorgon demo` makes one with a demo shop, `gorgon migrate` an empty one", path)
		}
		if err := a.Open(cmd.Context()); err != nil {
			return err
		}
		return a.closing(run(cmd, args))
	}
}

// migrated has the database open with its tables brought up to date while the
// command runs.
func (a *App) migrated(run runE) runE {
	return a.connected(func(cmd *cobra.Command, args []string) error {
		// A look is sooner done than a comparison of all tables.
		if a.schema.Check(cmd.Context(), a.db) != nil {
			if _, err := a.Migrate(cmd.Context(), schema.Options{}); err != nil {
				return err
			}
		}
		return run(cmd, args)
	})
}

// connected has the database open while the command runs, whatever tables it
// has.
func (a *App) connected(run runE) runE {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.Connect(cmd.Context()); err != nil {
			return err
		}
		return a.closing(run(cmd, args))
	}
}

// closing closes the database; err, which came before, is what matters more.
func (a *App) closing(err error) error {
	return errors.Join(err, a.Close())
}

// inFolder points the App to a fresh SQLite file for a while: what is made
// there is thrown away.
func (a *App) inFolder(ctx context.Context, run func(ctx context.Context) error) error {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return err
	}
	meant := a.database
	a.database = "sqlite:" + filepath.Join(dir, "plan.db")
	defer func() { a.database = meant }()
	return errors.Join(run(ctx), os.RemoveAll(dir))
}

// sqlitePath is the file of an SQLite database; ok is false for another one.
func sqlitePath(url string) (path string, ok bool) {
	scheme, rest, ok := strings.Cut(url, ":")
	return strings.TrimPrefix(rest, "//"), ok && scheme == "sqlite" && rest != ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
