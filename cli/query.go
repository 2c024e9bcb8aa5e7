package cli

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/query"
)

// humanPage is how many records are shown when no limit is given and a person
// reads.
const humanPage = 20

func queryCommand(pr *Program) *cobra.Command {
	f := &queryFlags{}
	cmd := &cobra.Command{
		Use:   "query ENTITY",
		Short: "Ask for records and all that they are linked to",
		Long: `Asks for records of an entity (a model or a link table; completion and ` + "`gorgon links`" + `
know the names), with what they are linked to, in one statement.

Fields are dotted paths: id, customer.email, items.*, items.variant.sku. A path
that ends in a relation means all its columns; items.$count and
items.$sum.quantity aggregate a list. Without --fields all own columns are read.

Filters are path=value. Repeated ones must all hold. An operator stands in
brackets behind the path: 'total[$gte]=100', 'status[$in]=pending,completed' (a
list, split at commas), 'items.title[$ilike]=%shirt%'. The value null is null:
customer=null finds orders without a customer.

A query whose conditions are not all "and" is asked as JSON: --request FILE, or
--request - for standard input. The answer's metadata counts all matching
records. With --json the limit is the largest page when none is given; without,
it is 20.`,
		Example: `  gorgon query order --fields id,display_id,customer.email,items.variant.sku --order -display_id --limit 5
  gorgon query order --filter payment_collections.status=completed --filter 'display_id[$gt]=100' --json
  gorgon query order --fields 'id,items.$count' --order '-items.$count'
  gorgon query product --fields id,title,orders --explain
  echo '{"entity": "order", "fields": ["id"], "filters": {"cart": null}}' | gorgon query --request -`,
		Args:              f.args,
		ValidArgsFunction: pr.completeEntity,
		RunE:              pr.opened(func(cmd *cobra.Command, args []string) error { return f.run(pr, cmd, args) }),
	}
	f.add(pr, cmd)
	return cmd
}

// queryFlags are the flags of `gorgon query`.
type queryFlags struct {
	fields, filters, order []string
	limit, offset          int
	after                  string
	withDeleted            bool
	version                int64
	request                string
	explain, databasePlan  bool
}

func (f *queryFlags) add(pr *Program, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.fields, "fields", nil, "paths to answer, separated by commas")
	flags.StringArrayVar(&f.filters, "filter", nil, "path=value or 'path[$op]=value'; may be repeated")
	flags.StringArrayVar(&f.order, "order", nil, "paths to sort by, separated by commas; - before a path for descending")
	flags.IntVar(&f.limit, "limit", 0, "how many records at the most")
	flags.IntVar(&f.offset, "offset", 0, "how many records to skip")
	flags.StringVar(&f.after, "after", "", "go on behind an earlier answer: its metadata.next")
	flags.BoolVar(&f.withDeleted, "with-deleted", false, "show soft-deleted records, too")
	flags.Int64Var(&f.version, "version", 0, "an order's items, shipping and summary as of that version")
	flags.StringVar(&f.request, "request", "", "a FILE with the whole query as JSON; - is standard input")
	flags.BoolVar(&f.explain, "explain", false, "show the plan and the SQL instead of an answer")
	flags.BoolVar(&f.databasePlan, "database-plan", false, "show the database's own plan instead of an answer")
	for _, name := range []string{"fields", "order"} {
		_ = cmd.RegisterFlagCompletionFunc(name, pr.completePath) // the flag exists
	}
}

// args accepts an entity, or a whole request instead of it.
func (f *queryFlags) args(cmd *cobra.Command, args []string) error {
	if f.request == "" {
		return arguments("ENTITY")(cmd, args)
	}
	for _, name := range []string{"fields", "filter", "order", "limit", "offset", "after", "with-deleted", "version"} {
		if cmd.Flags().Changed(name) {
			return wrongUsage("--request holds the whole query: leave out --%s", name)
		}
	}
	if len(args) > 0 {
		return wrongUsage("--request names the entity: leave out %q", args[0])
	}
	return nil
}

func (f *queryFlags) run(pr *Program, cmd *cobra.Command, args []string) error {
	r, err := f.read(cmd, args)
	if err != nil {
		return err
	}
	if f.explain || f.databasePlan {
		return f.printPlan(pr, cmd, r)
	}
	res, err := pr.Query.Graph(cmd.Context(), r)
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printResult(cmd, res)
	}
	return pr.printRecords(cmd, r, res)
}

// printResult prints an answer as JSON, the records as the database wrote
// them.
func printResult(cmd *cobra.Command, res *query.Result) error {
	metadata, err := json.Marshal(res.Metadata)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "{\"data\":%s,\"metadata\":%s}\n", res.Data, metadata)
	return err
}

// printRecords prints an answer as a table, and below it how much of all that
// is.
func (pr *Program) printRecords(cmd *cobra.Command, r query.Request, res *query.Result) error {
	m, err := pr.blueprint.Graph.Model(r.Entity)
	if err != nil {
		return err
	}
	t, err := show.Records(pr.blueprint.Graph, m, r.Fields, res.Data)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if res.Rows > 0 {
		if err := t.Write(out, terminalWidth(out)); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	_, err = fmt.Fprintln(out, pageLine(res))
	return err
}

// pageLine says how many records there are beside those shown.
func pageLine(res *query.Result) string {
	count := *res.Metadata.Count // always asked for
	switch {
	case count == 0:
		return "no records"
	case res.Rows == res.Metadata.Take && int64(res.Metadata.Skip+res.Rows) < count:
		return fmt.Sprintf("%d of %d; --limit N for more", res.Rows, count)
	}
	return fmt.Sprintf("%d of %d", res.Rows, count)
}

// plan is what --explain and --database-plan print.
type plan struct {
	Plan     string `json:"plan,omitempty"`
	SQL      string `json:"sql,omitempty"`
	Args     int    `json:"args"`
	Database string `json:"database_plan,omitempty"`
}

func (f *queryFlags) printPlan(pr *Program, cmd *cobra.Command, r query.Request) error {
	e, err := pr.Query.Explain(r)
	if err != nil {
		return err
	}
	p := plan{Args: e.Args}
	if f.explain {
		p.Plan, p.SQL = e.Plan, e.SQL
	}
	if f.databasePlan {
		if p.Database, err = pr.Query.DatabasePlan(cmd.Context(), r); err != nil {
			return err
		}
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, p)
	}
	for _, part := range []struct{ title, text string }{{"Plan", p.Plan}, {"SQL, its values as placeholders", p.SQL}, {"The database's plan", p.Database}} {
		if part.text != "" {
			fmt.Fprintf(cmd.OutOrStdout(), "-- %s\n%s\n", part.title, show.Plain(part.text))
		}
	}
	return nil
}

// printJSON prints one line of JSON.
func printJSON(cmd *cobra.Command, v any) error {
	e := json.NewEncoder(cmd.OutOrStdout())
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
