package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

func migrateCommand(pr *Program) *cobra.Command {
	var planned, destructive bool
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database's tables up to date",
		Long: `Makes and changes tables until they are those of the models and links, then runs
the data migrations that have not run yet. All of it is one transaction, and one
process at a time. A second run finds nothing to do.

A change that would lose values is refused unless --allow-destructive is given.
With --plan the changes are printed as SQL and not made.`,
		Example: `  gorgon migrate --plan
  gorgon migrate --database postgres://gorgon@localhost/shop`,
		Args: arguments(),
	}
	cmd.Flags().BoolVar(&planned, "plan", false, "print the changes and make none")
	cmd.Flags().BoolVar(&destructive, "allow-destructive", false, "make changes that lose values, too")
	apply := pr.connected(func(cmd *cobra.Command, _ []string) error {
		return pr.applyMigration(cmd, schema.Options{AllowDestructive: destructive})
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if planned {
			return pr.planMigration(cmd, args)
		}
		return apply(cmd, args)
	}
	return cmd
}

// change is a change of the schema as JSON.
type change struct {
	Table       string `json:"table"`
	Summary     string `json:"summary"`
	SQL         string `json:"sql"`
	Destructive bool   `json:"destructive"`
}

func changesOf(list []schema.Change) []change {
	out := make([]change, len(list))
	for i, c := range list {
		out[i] = change{c.Table, c.Summary, c.SQL, c.Destructive}
	}
	return out
}

// planMigration prints the changes. For a file that does not exist they are
// those of an empty one; the file is not made.
func (pr *Program) planMigration(cmd *cobra.Command, args []string) error {
	print := pr.connected(func(cmd *cobra.Command, _ []string) error {
		p, err := pr.blueprint.Schema.Plan(cmd.Context(), pr.DB())
		if err != nil {
			return err
		}
		if wantsJSON(cmd) {
			return printJSON(cmd, changesOf(p.Changes))
		}
		_, err = fmt.Fprint(cmd.OutOrStdout(), p)
		return err
	})
	if path, ok := shop.SQLitePath(pr.Database()); ok && !exists(path) && exists(filepath.Dir(path)) {
		return pr.inFolder(cmd.Context(), func(context.Context) error { return print(cmd, args) })
	}
	return print(cmd, args)
}

func (pr *Program) applyMigration(cmd *cobra.Command, o schema.Options) error {
	applied, err := pr.Migrate(cmd.Context(), o)
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, changesOf(applied))
	}
	out := cmd.OutOrStdout()
	for _, c := range applied {
		if c.Table != "" {
			fmt.Fprintf(out, "%s: %s\n", c.Table, c.Summary)
		} else {
			fmt.Fprintln(out, c.Summary)
		}
	}
	if len(applied) == 0 {
		fmt.Fprintln(out, "The database is up to date.")
	} else {
		fmt.Fprintf(out, "%s made; the database is up to date.\n", show.Plural(len(applied), "change", "changes"))
	}
	return nil
}
