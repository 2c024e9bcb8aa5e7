package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/copydb"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/show"
)

// copyFlags are the flags of `gorgon copy`.
type copyFlags struct{ from, to string }

func copyCommand(pr *Program) *cobra.Command {
	f := &copyFlags{}
	cmd := &cobra.Command{
		Use:   "copy",
		Short: "Copy the whole shop to another database",
		Long: `Copies every record to another database, of the same kind or the other: links,
logins, API keys and deleted records too. Order numbers go on where they are, and
tokens keep working. So a shop that outgrows SQLite moves to PostgreSQL in one go.

The target gets its tables first, and must hold no records. The copy is one
transaction: when it is interrupted or refused, the target holds no records still.
The source is not changed. It is read as it is at one moment; what is written to it
later is not copied, so stop the server first. In the end the rows are counted and
the target is checked as by ` + "`gorgon verify`" + `.

--from is the database of --database unless given. A password in a URL is visible
in the list of processes; PGPASSWORD or a file ~/.pgpass hold it as well.`,
		Example: `  gorgon copy --from sqlite:gorgon.db --to postgres://gorgon@localhost/shop
  gorgon copy --from postgres://gorgon@localhost/shop --to sqlite:shop.db`,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.to == "" {
				return wrongUsage("%s needs --to, the database to copy to", cmd.CommandPath())
			}
			return arguments()(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(pr, cmd) },
	}
	cmd.Flags().StringVar(&f.from, "from", "", "database to copy from: sqlite:FILE or postgres://user:password@host:port/name")
	cmd.Flags().StringVar(&f.to, "to", "", "database to copy to, likewise")
	return cmd
}

func (f *copyFlags) run(pr *Program, cmd *cobra.Command) error {
	ctx := cmd.Context()
	from, err := pr.openFrom(ctx, f.from)
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // read only
	fresh, err := pr.fresh(ctx)
	if err != nil {
		return err
	}
	p := newProgress(cmd)
	report, err := pr.copyTo(ctx, from, f.to, copydb.Options{Fresh: fresh, Progress: p.show})
	p.end()
	if err != nil {
		return err
	}
	return printCopy(cmd, report)
}

// openFrom opens the shop to copy from, whose tables must be up to date. It does
// not create a missing SQLite file.
func (pr *Program) openFrom(ctx context.Context, url string) (*shop.Shop, error) {
	if url == "" {
		url = pr.Database()
	}
	if path, missing := missingFile(url); missing {
		return nil, fault.New(fault.UnexpectedState, "the source: there is no SQLite file %s", path)
	}
	b, err := pr.Blueprint()
	if err != nil {
		return nil, err
	}
	s, err := b.Open(ctx, url)
	return s, about("the source", err)
}

// fresh returns what a migration of an empty database leaves behind.
func (pr *Program) fresh(ctx context.Context) (held copydb.Holding, err error) {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := pr.blueprint.Connect(ctx, "sqlite:"+filepath.Join(dir, "fresh.db")+"?synchronous=off")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		return nil, err
	}
	return copydb.Hold(ctx, s.DB(), s.Blueprint.Graph)
}

// copyTo copies a shop to another database. A target that holds records is
// refused before its tables are changed.
func (pr *Program) copyTo(ctx context.Context, from *shop.Shop, url string, o copydb.Options) (report *copydb.Report, err error) {
	to, err := pr.blueprint.Connect(ctx, url)
	if err != nil {
		return nil, about("the target", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if same, err := copydb.Same(ctx, from.DB(), to.DB()); err != nil {
		return nil, about("the target", err)
	} else if same {
		return nil, fault.New(fault.InvalidData, "the source and the target are the same database; --to must name another one")
	}
	held, err := copydb.Hold(ctx, to.DB(), to.Blueprint.Graph)
	if err != nil {
		return nil, about("the target", err)
	}
	if err := held.Beyond(o.Fresh); err != nil {
		return nil, err
	}
	if to.Check(ctx) != nil {
		if _, err := to.Migrate(ctx, schema.Options{}); err != nil {
			return nil, about("the target", err)
		}
	}
	return copydb.Run(ctx, from.Store, to.Store, o)
}

// about says which of two databases a fault is about.
func about(which string, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	return fault.Wrap(err, f.Type, "%s: %s", which, f.Message)
}

func printCopy(cmd *cobra.Command, r *copydb.Report) error {
	if wantsJSON(cmd) {
		if err := printJSON(cmd, r); err != nil {
			return err
		}
	} else {
		out := cmd.OutOrStdout()
		for _, s := range r.Skipped {
			fmt.Fprintf(out, "not copied: %s, %s of a table that is not Gorgon's\n", show.OneLine(s.Table), show.Plural(s.Rows, "row", "rows"))
		}
		filled := 0
		for _, t := range r.Tables {
			if t.Rows > 0 {
				filled++
			}
		}
		fmt.Fprintf(out, "copied %s of %s; the counts are equal\n", show.Plural(r.Rows, "row", "rows"), show.Plural(filled, "table", "tables"))
		printProblems(out, r.Verify)
		if !r.Verify.OK {
			fmt.Fprintln(out, "the source has the same problems; everything was copied as it is")
		}
	}
	if !r.Verify.OK {
		return errFound
	}
	return nil
}
