package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

func linkCommand(pr *Program) *cobra.Command {
	f := &linkFlags{}
	cmd := group(&cobra.Command{
		Use:   "link",
		Short: "Link records, dismiss links, list them",
		Long: `Writes and lists stored links: those with a table of their own. A record is named
by its entity and id, order=order_01…; ` + "`gorgon links`" + ` prints which links there are.`,
		Example: `  gorgon link create order=order_01ABC promotion=promo_01DEF
  gorgon link list order=order_01ABC promotion`,
	}, linkCreateCommand(pr, f), linkDismissCommand(pr, f), linkListCommand(pr, f))
	cmd.PersistentFlags().StringVar(&f.link, "link", "", "the link's table or entity, where two models have more than one link")
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
cardinality must allow it. A pair that is linked already stays as it is; its
extra columns take the values of --data.`,
		Example: `  gorgon link create order=order_01ABC cart=cart_01DEF
  gorgon link create product=prod_01ABC brand=brand_01DEF --data position=3`,
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
		Short: "Undo the link of two records",
		Long: `Undoes the link of two records. The link's row stays, marked as deleted. A pair
that is not linked is no error.`,
		Example:           `  gorgon link dismiss order=order_01ABC promotion=promo_01DEF`,
		Args:              arguments("END=ID", "END=ID"),
		ValidArgsFunction: pr.completeEnd,
		RunE: pr.opened(func(cmd *cobra.Command, args []string) error {
			links, pair, err := pr.pair(f, args, false)
			if err != nil {
				return err
			}
			rows, err := links.Dismiss(cmd.Context(), pair)
			if err != nil {
				return err
			}
			return printLinked(cmd, "dismissed", rows)
		}),
	}
}

func linkListCommand(pr *Program, f *linkFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "list END=ID END",
		Short: "List the links of a record",
		Long: `Lists the live links of a record to records of another model, with the extra
columns. With an id at both ends it tells whether the two are linked.`,
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
			if err != nil {
				return err
			}
			return printLinkRows(cmd, rows)
		}),
	}
}

// printLinked tells what was done to the rows of links.
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
	return t.Write(out, terminalWidth(out))
}
