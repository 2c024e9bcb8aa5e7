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

// runE is the type of cobra.Command.RunE.
type runE = func(cmd *cobra.Command, args []string) error

// opened returns a RunE that opens the shop, checks its tables and calls run. It
// does not create a missing SQLite file: after a typo in the name that would be
// an empty shop.
func (pr *Program) opened(run runE) runE {
	return func(cmd *cobra.Command, args []string) error {
		if path, missing := pr.missingFile(); missing {
			return fault.New(fault.UnexpectedState,
				"there is no SQLite file %s yet; `gorgon demo` creates one with a demo shop, `gorgon migrate` an empty one", path)
		}
		s, err := pr.Open(cmd.Context())
		if err != nil {
			return err
		}
		return pr.with(s, func() error { return run(cmd, args) })
	}
}

// migrated returns a RunE that opens the shop, brings its tables up to date and
// calls run.
func (pr *Program) migrated(run runE) runE {
	return pr.connected(func(cmd *cobra.Command, args []string) error {
		if err := pr.update(cmd.Context()); err != nil {
			return err
		}
		return run(cmd, args)
	})
}

// update brings the tables of the open shop up to date.
func (pr *Program) update(ctx context.Context) error {
	if pr.Check(ctx) == nil { // much cheaper than comparing all tables, as Migrate does
		if built, err := pr.Indexed(ctx); built || err != nil {
			return err
		}
	}
	_, err := pr.Migrate(ctx, schema.Options{})
	return err
}

// connected returns a RunE that opens the shop, whatever tables its database
// has, and calls run.
func (pr *Program) connected(run runE) runE {
	return func(cmd *cobra.Command, args []string) error {
		s, err := pr.Connect(cmd.Context())
		if err != nil {
			return err
		}
		return pr.with(s, func() error { return run(cmd, args) })
	}
}

// with calls run while s is the open shop of the program, and then closes s.
func (pr *Program) with(s *shop.Shop, run func() error) error {
	pr.Shop = s
	defer func() { pr.Shop = nil }()
	return errors.Join(run(), s.Close())
}

// onScratchFile calls run while the program's database is a new SQLite file,
// which it then removes.
func (pr *Program) onScratchFile(run func() error) error {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return err
	}
	given := pr.database
	pr.database = "sqlite:" + filepath.Join(dir, "plan.db")
	defer func() { pr.database = given }()
	return errors.Join(run(), os.RemoveAll(dir))
}

// missingFile returns the SQLite file of the database, and reports whether it
// has yet to be created. A file in a directory that does not exist is left to
// the driver, which has the better message.
func (pr *Program) missingFile() (path string, missing bool) { return missingFile(pr.Database()) }

func missingFile(url string) (path string, missing bool) {
	path, ok := shop.SQLitePath(url)
	return path, ok && !exists(path) && exists(filepath.Dir(path))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
