package cli

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/show"
)

// linkFormats are the values of --format: a table, and languages of diagrams.
var linkFormats = []string{"table", "mermaid", "dot", "svg"}

func linksCommand(pr *Program) *cobra.Command {
	var format, around string
	cmd := csvFlag(&cobra.Command{
		Use:   "links",
		Short: "Print or draw the map of links between modules",
		Long: `Prints every link, one line for each direction: the field that queries follow, the
model it leads to, whether it leads to one record or many, and where it is kept.
A stored link has a table of its own, which ` + "`gorgon link`" + ` writes; a read-only link is
a column of one of its models. The command needs no database.

With --format, it draws all modules, models and links instead: as a picture (svg), or
for Mermaid, which GitHub draws in Markdown, or Graphviz (dot). With --around, only
the links of one module are printed or drawn.`,
		Example: `  gorgon links
  gorgon links --json
  gorgon links --around order
  gorgon links --around order --format svg > links.svg
  gorgon links --around cart --format mermaid
  gorgon links --format dot > map.dot`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := arguments()(cmd, args); err != nil {
				return err
			}
			return checkLinkFormat(cmd, format)
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := pr.Blueprint()
			if err != nil {
				return err
			}
			if format != "table" {
				return drawLinks(cmd.OutOrStdout(), b, format, around)
			}
			all, err := linksAround(b.Graph, around)
			switch {
			case err != nil:
				return err
			case wantsJSON(cmd):
				return printJSON(cmd, all)
			}
			return printLinks(cmd, all)
		},
	})
	cmd.Flags().StringVar(&format, "format", "table", "print a table, or draw: "+strings.Join(linkFormats[1:], ", "))
	cmd.Flags().StringVar(&around, "around", "", "only the links of a module")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(linkFormats, noFiles)) // the flag exists
	_ = cmd.RegisterFlagCompletionFunc("around", pr.completeModule)
	return cmd
}

func checkLinkFormat(cmd *cobra.Command, format string) error {
	switch {
	case !slices.Contains(linkFormats, format):
		return wrongUsage("--format takes %s, not %q%s", strings.Join(linkFormats, ", "), format, fault.DidYouMean(format, linkFormats))
	case wantsJSON(cmd) && cmd.Flags().Changed("format"):
		return wrongUsage("--format and --json exclude each other; leave one out")
	case wantsCSV(cmd) && cmd.Flags().Changed("format"):
		return wrongUsage("--format and --csv exclude each other; leave one out")
	}
	return nil
}

// drawLinks writes the diagram of a module's links or, if around is empty, of the
// whole shop.
func drawLinks(w io.Writer, b *shop.Blueprint, format, around string) error {
	d := diagram.Diagram{}
	if around == "" {
		d = diagram.All(b.Graph, b.Links)
	} else {
		var err error
		if d, err = diagram.Around(b.Graph, b.Links, around); err != nil {
			return err
		}
	}
	text := ""
	switch format {
	case "mermaid":
		text = d.Mermaid()
	case "dot":
		text = d.DOT()
	case "svg":
		text = d.SVG()
	}
	_, err := io.WriteString(w, text)
	return err
}

// linksAround returns the links that have an end in a module, or all links if
// module is empty.
func linksAround(g *model.Graph, module string) ([]link.Direction, error) {
	all := link.Map(g)
	if module == "" {
		return all, nil
	}
	if err := diagram.Check(g, module); err != nil {
		return nil, err
	}
	in := func(name string) bool { return name != "" && g.Named(name).Module == module }
	return slices.DeleteFunc(all, func(d link.Direction) bool { return !in(d.From) && !in(d.To) }), nil
}

func (pr *Program) completeModule(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	b, err := pr.Blueprint()
	if err != nil {
		return nil, noFiles // the command itself reports the error
	}
	return diagram.Modules(b.Graph), noFiles
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
		t.Add(d.From, d.Field, endOf(d.To), howMany(d.Many), d.Kind, d.HeldBy())
	}
	return t
}
