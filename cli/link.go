package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/show"
)

func linkCommand(pr *Program) *cobra.Command {
	f := &linkFlags{}
	cmd := group(&cobra.Command{
		Use:   "link",
		Short: "Create, dismiss and list links between records",
		Long: `Writes and lists stored links, which are those with a table of their own. A record
is given by its entity and id, such as order=order_01…; ` + "`gorgon links`" + ` prints all
links.`,
		Example: `  gorgon link create order=order_01ABC promotion=promo_01DEF
  gorgon link list order=order_01ABC promotion`,
	}, linkCreateCommand(pr, f), linkDismissCommand(pr, f), linkListCommand(pr, f))
	cmd.PersistentFlags().StringVar(&f.link, "link", "", "the link's table or entity, when two models have more than one link")
	return cmd
}

// linkFlags are the flags of `gorgon link`.
type linkFlags struct {
	link string
	data []string // of create
}

func linkCreateCommand(pr *Program, f *linkFlags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "create END=ID END=ID",
		Short: "Link two records",
		Long: `Links two records of different modules. Both must exist, and the link's
cardinality must allow it. A pair that is already linked stays linked; only its
extra columns are set to the values of --data.`,
		Example: `  gorgon link create order=order_01ABC cart=cart_01DEF
  gorgon link create product=prod_01ABC brand=brand_01DEF --data note=handmade`,
		Args:              arguments("END=ID", "END=ID"),
		ValidArgsFunction: pr.completeEnd,
		RunE: pr.opened(func(cmd *cobra.Command, args []string) error {
			links, pair, err := pr.pair(f, args, false)
			if err != nil {
				return err
			}
			values, err := pr.linkData(f, pair)
			if err != nil {
				return err
			}
			rows, err := links.CreateWith(cmd.Context(), link.Entry{Pair: pair, Data: values})
			if err != nil {
				return err
			}
			return printLinked(cmd, "linked", rows)
		}),
	}
	cmd.Flags().StringArrayVar(&f.data, "data", nil, "column=value for an extra column of the link; may be repeated")
	return cmd
}

func linkDismissCommand(pr *Program, f *linkFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "dismiss END=ID END=ID",
		Short: "Remove the link between two records",
		Long: `Removes the link between two records. The row of the link remains, marked as
deleted. It is not an error when the records are not linked, but both must exist.`,
		Example:           `  gorgon link dismiss order=order_01ABC promotion=promo_01DEF`,
		Args:              arguments("END=ID", "END=ID"),
		ValidArgsFunction: pr.completeEnd,
		RunE: pr.opened(func(cmd *cobra.Command, args []string) error {
			links, pair, err := pr.pair(f, args, false)
			if err != nil {
				return err
			}
			rows, err := links.Dismiss(cmd.Context(), pair)
			if err == nil && len(rows) == 0 {
				err = links.Exist(cmd.Context(), pair) // an id with a typo is linked to nothing
			}
			if err != nil {
				return err
			}
			return printLinked(cmd, "dismissed", rows)
		}),
	}
}

func linkListCommand(pr *Program, f *linkFlags) *cobra.Command {
	return csvFlag(&cobra.Command{
		Use:   "list END=ID END",
		Short: "List the links of a record",
		Long: `Lists the links of a record to records of another model, with their extra columns.
Dismissed links are left out. With an id at both ends it shows whether the two
records are linked.`,
		Example: `  gorgon link list order=order_01ABC promotion
  gorgon link list promotion=promo_01DEF order --json`,
		Args:              arguments("END=ID", "END"),
		ValidArgsFunction: pr.completeEnd,
		RunE: pr.opened(func(cmd *cobra.Command, args []string) error {
			links, pair, err := pr.pair(f, args, true)
			if err != nil {
				return err
			}
			rows, err := links.List(cmd.Context(), pair)
			if err == nil && len(rows) == 0 {
				err = links.Exist(cmd.Context(), pair)
			}
			if err != nil {
				return err
			}
			return printLinkRows(cmd, rows)
		}),
	})
}

// printLinked prints which link rows a command has written.
func printLinked(cmd *cobra.Command, done string, rows []link.Row) error {
	if wantsJSON(cmd) {
		return printJSON(cmd, rows)
	}
	for _, r := range rows {
		fmt.Fprintf(cmd.OutOrStdout(), "%s %s (%s %s)\n", done, show.OneLine(strings.Join(keysOf(r), " and ")), r.Link, r.ID)
	}
	if len(rows) == 0 {
		fmt.Fprintln(cmd.OutOrStdout(), "they were not linked")
	}
	return nil
}

// keysOf returns the keys of a row in the order of their columns, such as
// "cart cart_01…".
func keysOf(r link.Row) []string {
	var out []string
	for _, column := range slices.Sorted(maps.Keys(r.Keys)) {
		out = append(out, strings.TrimSuffix(column, "_id")+" "+r.Keys[column])
	}
	return out
}

func printLinkRows(cmd *cobra.Command, rows []link.Row) error {
	if wantsJSON(cmd) {
		return printJSON(cmd, rows)
	}
	if len(rows) == 0 {
		footer(cmd, "no links")
		return nil
	}
	keys, extra := slices.Sorted(maps.Keys(rows[0].Keys)), slices.Sorted(maps.Keys(rows[0].Data))
	t := &show.Table{Columns: slices.Concat([]string{"id"}, keys, extra, []string{"created_at"})}
	for _, r := range rows {
		cells := []string{r.ID}
		for _, k := range keys {
			cells = append(cells, show.OneLine(r.Keys[k]))
		}
		for _, k := range extra {
			cells = append(cells, show.OneLine(shownValue(r.Data[k])))
		}
		t.Add(append(cells, r.CreatedAt.UTC().Format(model.TimeFormat))...)
	}
	return writeTable(cmd, t)
}
