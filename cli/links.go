package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/link"
)

func linksCommand(pr *Program) *cobra.Command {
	return &cobra.Command{
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
			return printLinks(cmd.OutOrStdout(), all)
		},
	}
}

func printLinks(w io.Writer, all []link.Direction) error {
	t := linkTable(all)
	if err := t.Write(w, terminalWidth(w)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s. `gorgon query` follows each by its field, at any depth; `gorgon link` writes the stored ones.\n",
		show.Plural(len(all), "direction", "directions"))
	return err
}

// linkTable returns the map of links with a row for each direction.
func linkTable(all []link.Direction) *show.Table {
	t := &show.Table{Columns: []string{"FROM", "FIELD", "TO", "HOW MANY", "KIND", "HELD BY"}}
	for _, d := range all {
		many, to, by := "one", d.To, "column "+d.Via
		if d.Many {
			many = "many"
		}
		if d.Table != "" {
			by = "table " + d.Table
		}
		if to == "" {
			to = "(outside the database)"
		}
		t.Add(d.From, d.Field, to, many, d.Kind, by)
	}
	return t
}
