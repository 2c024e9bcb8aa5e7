package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa"
)

func importCommand(pr *Program) *cobra.Command {
	return group(&cobra.Command{
		Use:     "import",
		Short:   "Take over a shop from another system",
		Long:    `Takes over the data of a shop that another system has kept.`,
		Example: `  gorgon import medusa postgres://medusa@localhost/shop`,
	}, importMedusaCommand(pr))
}

func importMedusaCommand(pr *Program) *cobra.Command {
	return &cobra.Command{
		Use:   "medusa URL",
		Short: "Take over a shop from Medusa 2.21",
		Long: `Reads the PostgreSQL database of a Medusa 2.21 shop and writes its rows into ours,
table by table, after making our tables. All of it is one transaction; a second
run writes only what is new or newer there. The source is not changed.

Tables of modules that we do not have are named with their rows, and so is every
row that could not be taken over as it is.`,
		Example: `  gorgon import medusa postgres://medusa@localhost/shop
  gorgon import medusa postgres://medusa@localhost/shop --database postgres://gorgon@localhost/gorgon --json`,
		Args: arguments("URL"),
		RunE: func(cmd *cobra.Command, args []string) error {
			// The source first: a wrong URL must not make us a database.
			source, err := openSource(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer source.Close() //nolint:errcheck // read only
			return pr.migrated(func(cmd *cobra.Command, _ []string) error { return pr.importMedusa(cmd, source) })(cmd, args)
		},
	}
}

// openSource connects to the shop to be read; no message repeats the URL,
// which may hold a password.
func openSource(ctx context.Context, url string) (*postgres.Database, error) {
	if !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return nil, fault.New(fault.InvalidData, "the URL of the shop to import begins with postgres://, as in postgres://user:password@host:5432/shop")
	}
	return postgres.Open(ctx, url)
}

func (pr *Program) importMedusa(cmd *cobra.Command, source *postgres.Database) error {
	p := newProgress(cmd)
	report, err := medusa.Import(cmd.Context(), source, pr.Store, medusa.Options{Progress: p.show})
	p.end()
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, report)
	}
	return printImport(cmd, report)
}

// printImport prints what became of every table.
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
	if err := t.Write(out, terminalWidth(out)); err != nil {
		return err
	}
	if len(r.Skipped) > 0 {
		fmt.Fprintln(out, "\nNot taken over, as Gorgon has no such tables yet:")
		skipped := &show.Table{Columns: []string{"TABLE", "MODULE", "ROWS"}, Right: []bool{false, false, true}}
		for _, s := range r.Skipped {
			skipped.Add(s.Table, s.Module, show.Int(s.Rows))
		}
		if err := skipped.Write(out, terminalWidth(out)); err != nil {
			return err
		}
	}
	if notes = append(notes, r.Notes...); len(notes) > 0 {
		fmt.Fprintln(out, "\nNotes:")
	}
	for _, n := range notes {
		fmt.Fprintln(out, "  "+show.OneLine(n))
	}
	_, err := fmt.Fprintf(out, "\n%s read, %d written\n", show.Plural(read, "row", "rows"), written)
	return err
}
