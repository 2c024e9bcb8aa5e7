package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/show"
)

func migrateCommand(pr *Program) *cobra.Command {
	var planned, destructive bool
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the database's tables up to date",
		Long: `Creates and alters tables to match the models and links, then runs the data
migrations that have not run yet. It is one transaction, only one process runs it
at a time, and a second run has nothing to do.

A change that would lose data is refused unless --allow-destructive is given.
With --plan the changes are printed as SQL and not applied.`,
		Example: `  gorgon migrate --plan
  gorgon migrate --database postgres://gorgon@localhost/shop`,
		Args: arguments(),
	}
	cmd.Flags().BoolVar(&planned, "plan", false, "print the changes and do not apply them")
	cmd.Flags().BoolVar(&destructive, "allow-destructive", false, "apply changes that lose data, too")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if planned {
			return pr.planMigration(cmd, args)
		}
		return pr.connected(func(cmd *cobra.Command, _ []string) error {
			return pr.applyMigration(cmd, schema.Options{AllowDestructive: destructive})
		})(cmd, args)
	}
	return cmd
}

// change is the JSON of a schema.Change.
type change struct {
	Table       string `json:"table"`
	Summary     string `json:"summary"`
	SQL         string `json:"sql"`
	Destructive bool   `json:"destructive"`

	Notes []string `json:"notes,omitempty"`
}

func changesOf(list []schema.Change) []change {
	out := make([]change, len(list))
	for i, c := range list {
		out[i] = change{c.Table, c.Summary, c.SQL, c.Destructive, c.Notes}
	}
	return out
}

// planMigration prints the changes that a migration would make. For a file that
// does not exist these are the changes to an empty one; it does not create the
// file.
func (pr *Program) planMigration(cmd *cobra.Command, args []string) error {
	run := pr.connected(func(cmd *cobra.Command, _ []string) error { return pr.printMigration(cmd) })
	if _, missing := pr.missingFile(); missing {
		return pr.onScratchFile(func() error { return run(cmd, args) })
	}
	return run(cmd, args)
}

func (pr *Program) printMigration(cmd *cobra.Command) error {
	p, err := pr.blueprint.Schema.Plan(cmd.Context(), pr.DB())
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, changesOf(p.Changes))
	}
	if _, err := fmt.Fprint(cmd.OutOrStdout(), p); err != nil {
		return err
	}
	if p.Ahead && !p.Empty() {
		fmt.Fprintln(cmd.OutOrStdout(), "\n-- note: another binary has migrated the database on, and this one runs with it; only --allow-destructive makes these changes")
	}
	return pr.printLeftovers(cmd, "-- note: ")
}

// printLeftovers names tables of links that are no longer read.
func (pr *Program) printLeftovers(cmd *cobra.Command, prefix string) error {
	left, err := pr.blueprint.Schema.Leftovers(cmd.Context(), pr.DB())
	for _, l := range left {
		fmt.Fprintln(cmd.OutOrStdout(), prefix+l.String())
	}
	return err
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
		for _, n := range c.Notes {
			fmt.Fprintln(out, "  note: "+show.OneLine(n))
		}
	}
	if len(applied) == 0 {
		if err := pr.printUpToDate(cmd); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(out, "%s applied; the database is up to date.\n", show.Plural(len(applied), "change", "changes"))
	}
	return pr.printLeftovers(cmd, "Note: ")
}

// printUpToDate says that nothing was changed. A newer binary, or one with one
// module more, may have migrated the database on: then Migrate keeps what it added.
func (pr *Program) printUpToDate(cmd *cobra.Command) error {
	p, err := pr.blueprint.Schema.Plan(cmd.Context(), pr.DB())
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if p.Empty() {
		fmt.Fprintln(out, "The database is up to date.")
		return nil
	}
	fmt.Fprintf(out, "Nothing was changed: another binary has migrated the database on, and this one runs with it. To take away what it does not need, run `%s migrate --allow-destructive`:\n", cmd.Root().Name())
	for _, c := range p.Changes {
		fmt.Fprintf(out, "  %s: %s\n", c.Table, c.Summary)
	}
	return nil
}
