package gorgon

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/spf13/cobra"
)

func linkCommand(a *App) *cobra.Command {
	return group(&cobra.Command{
		Use:   "link",
		Short: "Link records, dismiss links, list them",
		Long: `Writes and lists stored links: those with a table of their own. A record is named
by its entity and id, order=order_01…; ` + "`gorgon links`" + ` prints which links there are.`,
		Example: `  gorgon link create order=order_01ABC promotion=promo_01DEF
  gorgon link list order=order_01ABC promotion`,
	}, linkCreateCommand(a), linkDismissCommand(a), linkListCommand(a))
}

func linkCreateCommand(a *App) *cobra.Command {
	var data []string
	cmd := &cobra.Command{
		Use:   "create END=ID END=ID",
		Short: "Link two records",
		Long: `Links two records of different modules. Both must exist, and the link's
cardinality must allow it. A pair that is linked already stays as it is; its
extra columns take the values of --data.`,
		Example: `  gorgon link create order=order_01ABC cart=cart_01DEF
  gorgon link create product=prod_01ABC brand=brand_01DEF --data position=3`,
		Args:              arguments("END=ID", "END=ID"),
		ValidArgsFunction: a.completeEnd,
		RunE: a.opened(func(cmd *cobra.Command, args []string) error {
			pair, err := a.pair(args, false)
			if err != nil {
				return err
			}
			values, err := a.linkData(pair, data)
			if err != nil {
				return err
			}
			rows, err := a.Links.CreateWith(cmd.Context(), link.Entry{Pair: pair, Data: values})
			if err != nil {
				return err
			}
			return printLinked(cmd, "linked", rows)
		}),
	}
	cmd.Flags().StringArrayVar(&data, "data", nil, "column=value for an extra column of the link; may be repeated")
	return cmd
}

func linkDismissCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "dismiss END=ID END=ID",
		Short: "Undo the link of two records",
		Long: `Undoes the link of two records. The link's row stays, marked as deleted. A pair
that is not linked is no error.`,
		Example:           `  gorgon link dismiss order=order_01ABC promotion=promo_01DEF`,
		Args:              arguments("END=ID", "END=ID"),
		ValidArgsFunction: a.completeEnd,
		RunE: a.opened(func(cmd *cobra.Command, args []string) error {
			pair, err := a.pair(args, false)
			if err != nil {
				return err
			}
			rows, err := a.Links.Dismiss(cmd.Context(), pair)
			if err != nil {
				return err
			}
			return printLinked(cmd, "dismissed", rows)
		}),
	}
}

func linkListCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "list END=ID END",
		Short: "List the links of a record",
		Long: `Lists the live links of a record to records of another model, with the extra
columns. With an id at both ends it tells whether the two are linked.`,
		Example: `  gorgon link list order=order_01ABC promotion
  gorgon link list promotion=promo_01DEF order --json`,
		Args:              arguments("END=ID", "END"),
		ValidArgsFunction: a.completeEnd,
		RunE: a.opened(func(cmd *cobra.Command, args []string) error {
			pair, err := a.pair(args, true)
			if err != nil {
				return err
			}
			rows, err := a.Links.List(cmd.Context(), pair)
			if err != nil {
				return err
			}
			return printLinkRows(cmd, rows)
		}),
	}
}

// pair reads two ends of the form entity=id. With open ends, one id may be
// left out.
func (a *App) pair(args []string, open bool) (link.Pair, error) {
	pair, given := link.Pair{}, 0
	for _, arg := range args {
		entity, id, named := strings.Cut(arg, "=")
		if !open && (!named || id == "") {
			return nil, wrongUsage("%q is no end of a link; write ENTITY=ID, such as order=order_01…", arg)
		}
		m, err := a.graph.Model(entity)
		if err != nil {
			return nil, err
		}
		if _, twice := pair[m]; twice {
			return nil, wrongUsage("both ends are %s; a link joins two models", m)
		}
		pair[m] = id
		if id != "" {
			given++
		}
	}
	if given == 0 {
		return nil, wrongUsage("neither end has an id; write ENTITY=ID for one of them")
	}
	return pair, nil
}

// linkData reads column=value for the extra columns of the pair's link. Values
// are text, so those of other kinds are read as their JSON.
func (a *App) linkData(pair link.Pair, given []string) (link.Data, error) {
	if len(given) == 0 {
		return nil, nil
	}
	data := link.Data{}
	for _, text := range given {
		name, v, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, wrongUsage("--data %q is no value of a column; write column=value", text)
		}
		data[name] = columnValue(a.linkColumn(pair, name), v)
	}
	return data, nil
}

// linkColumn is an extra column of a link between the pair's models; nil when
// there is none, which the link manager then says.
func (a *App) linkColumn(pair link.Pair, name string) *model.Field {
	models := slices.Collect(maps.Keys(pair))
	for _, d := range a.installed {
		if d.Rows() != nil && slices.Contains(models, d.Left.Model) && slices.Contains(models, d.Right.Model) {
			if f := d.Rows().Field(name); f != nil {
				return f
			}
		}
	}
	return nil
}

// printLinked tells what was done to the rows of links.
func printLinked(cmd *cobra.Command, done string, rows []link.Row) error {
	if wantsJSON(cmd) {
		return printJSON(cmd, rows)
	}
	for _, r := range rows {
		fmt.Fprintf(cmd.OutOrStdout(), "%s %s (%s %s)\n", done, oneLine(strings.Join(keysOf(r), " and ")), r.Link, r.ID)
	}
	if len(rows) == 0 {
		fmt.Fprintln(cmd.OutOrStdout(), "they were not linked")
	}
	return nil
}

// keysOf are the keys of a row in the order of their columns: "cart cart_01…".
func keysOf(r link.Row) []string {
	var out []string
	for _, column := range slices.Sorted(maps.Keys(r.Keys)) {
		out = append(out, strings.TrimSuffix(column, "_id")+" "+r.Keys[column])
	}
	return out
}

func printLinkRows(cmd *cobra.Command, rows []link.Row) error {
	out := cmd.OutOrStdout()
	if wantsJSON(cmd) {
		return printJSON(cmd, rows)
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(out, "no links")
		return err
	}
	keys, extra := slices.Sorted(maps.Keys(rows[0].Keys)), slices.Sorted(maps.Keys(rows[0].Data))
	t := &table{columns: slices.Concat([]string{"id"}, keys, extra, []string{"created_at"})}
	for _, r := range rows {
		cells := []string{r.ID}
		for _, k := range keys {
			cells = append(cells, oneLine(r.Keys[k]))
		}
		for _, k := range extra {
			cells = append(cells, oneLine(shownValue(r.Data[k])))
		}
		t.add(append(cells, r.CreatedAt.UTC().Format(model.TimeFormat))...)
	}
	return t.write(out, terminalWidth(out))
}
