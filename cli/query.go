package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/export"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/show"
)

// humanPage is the limit of a query without --limit and --json.
const humanPage = 20

func queryCommand(pr *Program) *cobra.Command {
	f := &queryFlags{}
	cmd := &cobra.Command{
		Use:   "query ENTITY",
		Short: "Query records together with the records they are linked to",
		Long: `Queries the records of an entity, together with the records they are linked to, in
one SQL statement. An entity is a model or a link table; ` + "`gorgon models`" + ` lists
their names, ` + "`gorgon models order`" + ` what paths can follow from one of them.

Fields are dotted paths: id, customer.email, items.*, items.variant.sku. A path
that ends in a relation selects all of its columns; items.$count and
items.$sum.quantity aggregate a list. The default is all columns of the entity.

A filter is path=value; --filter may be repeated, and all filters must match. An
operator follows the path in brackets: 'total[$gte]=100',
'status[$in]=pending,completed' (a comma-separated list),
'items.title[$ilike]=%shirt%'. The value null means null: customer=null finds
orders without a customer.

For conditions other than "and", pass the whole query as JSON with --request FILE,
or --request - for standard input. The metadata of the result counts all matching
records. The default limit is 20, or the largest page with --json and --csv; --all
has none. A line on standard error says when there is more.`,
		Example: `  gorgon query order --fields id,display_id,customer.email,items.variant.sku --order -display_id --limit 5
  gorgon query order --filter payment_collections.status=completed --filter 'display_id[$gt]=100' --json
  gorgon query order --fields 'id,items.$count' --order '-items.$count'
  gorgon query customer --fields email,first_name --all --csv
  gorgon query product --fields id,title,sales_channels.name --explain
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
	all, csv               bool
	explain, databasePlan  bool
}

func (f *queryFlags) add(pr *Program, cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.fields, "fields", nil, "comma-separated paths to select")
	flags.StringArrayVar(&f.filters, "filter", nil, "path=value or 'path[$op]=value'; may be repeated")
	flags.StringArrayVar(&f.order, "order", nil, "comma-separated paths to sort by; a leading - sorts descending")
	flags.IntVar(&f.limit, "limit", 0, "maximum number of records")
	flags.BoolVar(&f.all, "all", false, "all records, however many; they are streamed")
	flags.IntVar(&f.offset, "offset", 0, "number of records to skip")
	flags.StringVar(&f.after, "after", "", "continue after an earlier page: the value of its metadata.next")
	flags.BoolVar(&f.withDeleted, "with-deleted", false, "include soft-deleted records")
	flags.Int64Var(&f.version, "version", 0, "show the items, shipping and summary of orders as of this version")
	flags.StringVar(&f.request, "request", "", "a `file` with the whole query as JSON; - is standard input")
	flags.BoolVar(&f.csv, "csv", false, "print CSV")
	flags.BoolVar(&f.explain, "explain", false, "show the plan and the SQL instead of records")
	flags.BoolVar(&f.databasePlan, "database-plan", false, "show the query plan of the database instead of records")
	pr.completeQueryFlags(cmd)
}

// args checks the arguments: an entity, or none with --request.
func (f *queryFlags) args(cmd *cobra.Command, args []string) error {
	switch {
	case f.csv && wantsJSON(cmd):
		return wrongUsage("--csv and --json exclude each other; leave one out")
	case f.all && cmd.Flags().Changed("limit"):
		return wrongUsage("--all and --limit exclude each other; leave one out")
	}
	if f.request == "" {
		return arguments("ENTITY")(cmd, args)
	}
	for _, name := range []string{"fields", "filter", "order", "limit", "offset", "after", "with-deleted", "version"} {
		if cmd.Flags().Changed(name) {
			return wrongUsage("--request holds the whole query; leave out --%s", name)
		}
	}
	if len(args) > 0 {
		return wrongUsage("--request names the entity; leave out %q", args[0])
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
	if f.all {
		return f.printAll(pr, cmd, r)
	}
	res, err := pr.Query.Graph(cmd.Context(), r)
	if err != nil {
		return pr.withNames(err, r)
	}
	switch {
	case wantsJSON(cmd):
		err = printResult(cmd, res)
	case f.csv:
		err = pr.printCSV(cmd, r, res)
	default:
		err = pr.printRecords(cmd, r, res)
	}
	if err == nil && (capped(res) || !f.forPrograms(cmd)) {
		footer(cmd, pageLine(res))
	}
	return err
}

// forPrograms reports whether the output is for programs to read.
func (f *queryFlags) forPrograms(cmd *cobra.Command) bool { return f.csv || wantsJSON(cmd) }

// printResult prints a result as JSON, with the records as the database wrote
// them.
func printResult(cmd *cobra.Command, res *query.Result) error {
	metadata, err := json.Marshal(res.Metadata)
	if err != nil {
		return err
	}
	return printRaw(cmd, fmt.Appendf(nil, "{\"data\":%s,\"metadata\":%s}", res.Data, metadata))
}

// printRecords prints a result as a table.
func (pr *Program) printRecords(cmd *cobra.Command, r query.Request, res *query.Result) error {
	m, err := pr.model(r.Entity)
	if err != nil {
		return err
	}
	t, err := show.Records(pr.blueprint.Graph, m, r.Fields, res.Data)
	if err != nil || res.Rows == 0 {
		return err
	}
	return writeTable(cmd, t)
}

// printCSV prints a result as CSV.
func (pr *Program) printCSV(cmd *cobra.Command, r query.Request, res *query.Result) error {
	all, err := show.Parse(res.Data)
	if err != nil {
		return err
	}
	c := show.NewCSV(cmd.OutOrStdout(), export.Columns(pr.Query, r))
	if err := c.Header(); err != nil {
		return err
	}
	for _, record := range all.Elements() {
		if err := c.Value(record); err != nil {
			return err
		}
	}
	return nil
}

// capped reports whether the limit, and not the end of the records, ended a page.
func capped(res *query.Result) bool {
	return res.Rows == res.Metadata.Take && int64(res.Metadata.Skip+res.Rows) < *res.Metadata.Count // read always requests it
}

// pageLine returns a line that tells how many of all records are shown.
func pageLine(res *query.Result) string {
	count, about := *res.Metadata.Count, ""
	if res.Metadata.SearchIsPartial {
		return fmt.Sprintf("%d of about %d; the search looked at the first records only: search for longer or rarer words", res.Rows, count)
	}
	if res.Metadata.CountIsEstimate {
		about = "about "
	}
	switch {
	case count == 0:
		return "no records"
	case capped(res):
		return fmt.Sprintf("%d of %s%d; --limit N for more, --all for all", res.Rows, about, count)
	}
	return fmt.Sprintf("%d of %s%d", res.Rows, about, count)
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
		return pr.withNames(err, r)
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
	p.print(cmd.OutOrStdout())
	return nil
}

func (p plan) print(w io.Writer) {
	for _, part := range []struct{ title, text string }{
		{"Plan", p.Plan}, {"SQL, with placeholders for values", p.SQL}, {"The database's plan", p.Database},
	} {
		if part.text != "" {
			fmt.Fprintf(w, "-- %s\n%s\n", part.title, show.Plain(part.text))
		}
	}
}
