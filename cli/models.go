package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/show"
)

func modelsCommand(pr *Program) *cobra.Command {
	return csvFlag(&cobra.Command{
		Use:   "models [ENTITY]",
		Short: "List what queries can read: entities, fields, relations and links",
		Long: `Lists the entities that ` + "`gorgon query`" + ` and ` + "`gorgon export`" + ` read, which are models and
link tables, or the fields, relations and links of one of them. Each is a name that
a path can follow: items.variant.sku. The command needs no database.`,
		Example: `  gorgon models
  gorgon models order
  gorgon models order --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 1:
				return arguments("ENTITY")(cmd, args)
			case len(args) == 1 && wantsCSV(cmd):
				return wrongUsage("--csv lists all entities; leave out %q, or use --json", args[0])
			}
			return nil
		},
		ValidArgsFunction: pr.completeEntity,
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := pr.Blueprint()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return printModels(cmd, b.Graph)
			}
			m, err := pr.model(args[0])
			if err != nil {
				return err
			}
			return printModel(cmd, link.Describe(b.Graph, m))
		},
	})
}

// model returns the model of an entity. The error of an unknown one says where
// the names are.
func (pr *Program) model(entity string) (*model.Model, error) {
	m, err := pr.blueprint.Graph.Model(entity)
	return m, lists(err, "gorgon models")
}

// lists adds to an error about an unknown name which command lists the names.
func lists(err error, command string) error {
	if err == nil {
		return nil
	}
	return fault.Wrap(err, fault.TypeOf(err), "%s; `%s` lists them", err, command)
}

// summary is a line of the list of models.
type summary struct {
	Entity    string   `json:"entity"`
	Names     []string `json:"names"` // all names of the entity, the first one too
	Module    string   `json:"module"`
	Table     string   `json:"table"`
	Fields    int      `json:"fields"`
	Relations int      `json:"relations"`
	Links     int      `json:"links"`
}

// printModels prints the models that have a name in queries.
func printModels(cmd *cobra.Command, g *model.Graph) error {
	all := []summary{}
	for _, d := range link.DescribeAll(g) {
		all = append(all, summary{d.Entity, d.Names, d.Module, d.Table, len(d.Fields), len(d.Relations), len(d.Links)})
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, all)
	}
	t := &show.Table{Columns: []string{"ENTITY", "MODULE", "TABLE", "FIELDS", "RELATIONS", "LINKS"}, Right: []bool{false, false, false, true, true, true}}
	for _, s := range all {
		t.Add(s.Entity, s.Module, s.Table, show.Int(s.Fields), show.Int(s.Relations), show.Int(s.Links))
	}
	if err := writeTable(cmd, t); err != nil {
		return err
	}
	footer(cmd, show.Plural(len(all), "entity", "entities")+"; `gorgon models ENTITY` shows one of them")
	return nil
}

func printModel(cmd *cobra.Command, d link.Description) error {
	if wantsJSON(cmd) {
		return printJSON(cmd, d)
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s: module %s, table %s, names %s\n\n", d.Entity, d.Module, d.Table, strings.Join(d.Names, ", "))
	fields := &show.Table{Columns: []string{"FIELD", "KIND", "NULL", "DEFAULT", ""}}
	for _, f := range d.Fields {
		null, more := "", strings.Join(f.Enum, " | ")
		if f.Null {
			null = "null"
		}
		if f.References != "" {
			more = "→ " + f.References
		}
		fields.Add(f.Name, f.Kind, null, f.Default, more)
	}
	if err := writeTable(cmd, fields); err != nil {
		return err
	}
	if err := printRelations(cmd, out, "RELATION", d.Relations); err != nil {
		return err
	}
	return printRelations(cmd, out, "LINK", d.Links)
}

func printRelations(cmd *cobra.Command, out io.Writer, title string, all []link.EdgeDescription) error {
	if len(all) == 0 {
		return nil
	}
	t := &show.Table{Columns: []string{title, "TO", "HOW MANY", "KIND", "HELD BY"}}
	for _, r := range all {
		t.Add(r.Name, endOf(r.To), howMany(r.Many), r.Kind, r.Held)
	}
	fmt.Fprintln(out)
	return writeTable(cmd, t)
}

func howMany(many bool) string {
	if many {
		return "many"
	}
	return "one"
}

// endOf returns the model that an edge leads to.
func endOf(to string) string {
	if to == "" {
		return "(outside the database)"
	}
	return to
}
