package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/show"
)

func importCommand(pr *Program) *cobra.Command {
	return group(&cobra.Command{
		Use:     "import",
		Short:   "Import a shop from another system",
		Long:    `Imports the data of a shop from the database of another system.`,
		Example: `  gorgon import medusa postgres://medusa@localhost/shop`,
	}, importMedusaCommand(pr))
}

func importMedusaCommand(pr *Program) *cobra.Command {
	return &cobra.Command{
		Use:   "medusa URL",
		Short: "Import a shop from Medusa 2.21",
		Long: `Copies the rows of a Medusa 2.21 shop from its PostgreSQL database, table by table.
The tables of the target are created or brought up to date first. The import is
one transaction and safe to repeat: a second run writes only rows that are new or
newer in the source. The source is not changed.

Unsupported tables are listed with their row counts, and so is every row that was
left out or changed. "gorgon verify" may exit with status 1 afterwards, with what the
original got wrong: it is imported as it was.`,
		Example: `  gorgon import medusa postgres://medusa@localhost/shop
  gorgon import medusa postgres://medusa@localhost/shop --database postgres://gorgon@localhost/gorgon --json`,
		Args: arguments("URL"),
		RunE: func(cmd *cobra.Command, args []string) error {
			// The source comes first: with a wrong URL no database is created.
			source, err := openSource(cmd.Context(), args[0])
			if err != nil {
				return about("the source", err)
			}
			defer source.Close() //nolint:errcheck // read only
			target, err := pr.Connect(cmd.Context())
			if err != nil {
				return about("the target", err)
			}
			return pr.with(target, func() error {
				if err := pr.update(cmd.Context()); err != nil {
					return about("the target", err)
				}
				return pr.importMedusa(cmd, source)
			})
		},
	}
}

// openSource connects to the database to import from. No message repeats the
// URL, which may hold a password.
func openSource(ctx context.Context, url string) (*postgres.Database, error) {
	if !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return nil, fault.New(fault.InvalidData, "invalid URL of the shop to import: want postgres://user:password@host:5432/shop")
	}
	return postgres.Open(ctx, url)
}

func (pr *Program) importMedusa(cmd *cobra.Command, source *postgres.Database) error {
	p := newProgress(cmd)
	var report *medusa.Report
	err := pr.Do(cmd.Context(), func(ctx context.Context) (err error) {
		if err := pr.RemoveDefaults(ctx); err != nil {
			return err
		}
		if report, err = medusa.Import(ctx, source, pr.Store, medusa.Options{Progress: p.show}); err != nil {
			return err
		}
		return pr.AddDefaults(ctx)
	})
	p.end()
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, report)
	}
	return printImport(cmd, report)
}

// printImport prints what was imported, by table, and what was not.
func printImport(cmd *cobra.Command, r *medusa.Report) error {
	out := cmd.OutOrStdout()
	t := &show.Table{Columns: []string{"TABLE", "READ", "WRITTEN", "UNCHANGED", "LEFT OUT"}, Right: []bool{false, true, true, true, true}}
	var notes []string
	var read, written int64
	for _, m := range r.Tables {
		t.Add(m.Table, show.Int(m.Read), show.Int(m.Written), show.Int(m.Unchanged), show.Int(m.Refused))
		read, written = read+m.Read, written+m.Written
		for _, n := range m.Notes {
			notes = append(notes, m.Table+": "+n)
		}
	}
	if err := writeTable(cmd, t); err != nil {
		return err
	}
	if err := printSkipped(cmd, r.Skipped); err != nil {
		return err
	}
	printNotes(out, append(notes, r.Notes...))
	_, err := fmt.Fprintf(out, "\n%s read, %d written\n", show.Plural(read, "row", "rows"), written)
	return err
}

// printSkipped prints the tables that were not imported.
func printSkipped(cmd *cobra.Command, skipped []medusa.SkippedTable) error {
	if len(skipped) == 0 {
		return nil
	}
	fmt.Fprintln(cmd.OutOrStdout(), "\nNot imported, because Gorgon has no such tables yet:")
	t := &show.Table{Columns: []string{"TABLE", "MODULE", "ROWS"}, Right: []bool{false, false, true}}
	for _, s := range skipped {
		t.Add(s.Table, s.Module, show.Int(s.Rows))
	}
	return writeTable(cmd, t)
}

func printNotes(w io.Writer, notes []string) {
	if len(notes) > 0 {
		fmt.Fprintln(w, "\nNotes:")
	}
	for _, n := range notes {
		fmt.Fprintln(w, "  "+show.OneLine(n))
	}
}
