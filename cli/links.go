package cli

import (
	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/link"
)

func linksCommand(pr *Program) *cobra.Command {
	return csvFlag(&cobra.Command{
		Use:   "links",
		Short: "Print the map of links between modules",
		Long: `Prints every link, one line for each direction: the field that queries follow, the
model it leads to, whether it leads to one record or many, and where it is kept.
A stored link has a table of its own, which ` + "`gorgon link`" + ` writes; a read-only link is
a column of one of its models. The command needs no database.`,
		Example: `  gorgon links
  gorgon links --json`,
		Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := pr.Blueprint()
			if err != nil {
				return err
			}
			all := link.Map(b.Graph)
			if wantsJSON(cmd) {
				return printJSON(cmd, all)
			}
			return printLinks(cmd, all)
		},
	})
}

func printLinks(cmd *cobra.Command, all []link.Direction) error {
	if err := writeTable(cmd, linkTable(all)); err != nil {
		return err
	}
	footer(cmd, show.Plural(len(all), "direction", "directions")+"; `gorgon query` follows each by its field, at any depth; `gorgon link` writes the stored ones")
	return nil
}

// linkTable returns the map of links with a row for each direction.
func linkTable(all []link.Direction) *show.Table {
	t := &show.Table{Columns: []string{"FROM", "FIELD", "TO", "HOW MANY", "KIND", "HELD BY"}}
	for _, d := range all {
		t.Add(d.From, d.Field, endOf(d.To), howMany(d.Many), d.Kind, heldBy(d))
	}
	return t
}

// heldBy returns where a link is kept.
func heldBy(d link.Direction) string {
	if d.Table != "" {
		return "table " + d.Table
	}
	return "column " + d.Via
}
