package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/export"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/show"
)

// exportFlags are the flags of `gorgon export`.
type exportFlags struct {
	fields, filters, order []string
	withDeleted            bool
	format, output         string
}

func exportCommand(pr *Program) *cobra.Command {
	f := &exportFlags{}
	cmd := &cobra.Command{
		Use:   "export ENTITY",
		Short: "Export all records of an entity as NDJSON or CSV",
		Long: `Writes all records of an entity that match the filters, however many there are: one
JSON object per line (ndjson), or a table (csv). Fields and filters are those of
` + "`gorgon query`" + `. Memory does not grow with the number of records.

In CSV a column of a linked record is named by its path (customer.email), null is
empty, and lists and JSON are JSON; text that a spreadsheet would run as a formula has
an apostrophe before it, and is as it was in ndjson. With --output the records go to a file, which
only its owner can read, in place of one of that name; it is complete, or not
written at all.`,
		Example: `  gorgon export order --fields id,display_id,customer.email,'items.*' > orders.ndjson
  gorgon export customer --format csv --filter has_account=true --output customers.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.format != "ndjson" && f.format != "csv" {
				return wrongUsage("--format takes ndjson or csv, not %q", f.format)
			}
			return arguments("ENTITY")(cmd, args)
		},
		ValidArgsFunction: pr.completeEntity,
		RunE:              pr.opened(func(cmd *cobra.Command, args []string) error { return f.run(pr, cmd, args[0]) }),
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "ndjson", "ndjson or csv")
	flags.StringArrayVar(&f.fields, "fields", nil, "comma-separated paths to select")
	flags.StringArrayVar(&f.filters, "filter", nil, "path=value or 'path[$op]=value'; may be repeated")
	flags.StringArrayVar(&f.order, "order", nil, "comma-separated paths to sort by; a leading - sorts descending")
	flags.BoolVar(&f.withDeleted, "with-deleted", false, "include soft-deleted records")
	flags.StringVar(&f.output, "output", "", "`file` to write, instead of standard output")
	pr.completeQueryFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"ndjson", "csv"}, noFiles)) // the flag exists
	return cmd
}

// exported is the result of an export to a file.
type exported struct {
	File    string `json:"file"`
	Records int64  `json:"records"`
}

func (f *exportFlags) run(pr *Program, cmd *cobra.Command, entity string) error {
	r := query.Request{Entity: entity, Fields: fieldsOr(f.fields, "*"), Order: commas(f.order), WithDeleted: f.withDeleted}
	var err error
	if r.Filters, err = parseFilters(f.filters); err != nil {
		return err
	}
	if err := pr.Query.Prepare(r); err != nil {
		return pr.withNames(err, r) // before a file is created
	}
	if f.output == "" {
		_, err := pr.export(cmd, r, f.format, cmd.OutOrStdout())
		return err
	}
	file, err := createFile(f.output)
	if err != nil {
		return err
	}
	defer file.discard()
	n, err := pr.export(cmd, r, f.format, file)
	if err != nil {
		return err
	}
	if err := file.replace(); err != nil {
		return err
	}
	return done(cmd, exported{f.output, n}, "exported %s to %s\n", show.Plural(n, "record", "records"), show.OneLine(f.output))
}

// export writes the records of a query and returns their number. It reports
// progress unless a person sees the records pass.
func (pr *Program) export(cmd *cobra.Command, r query.Request, format string, w io.Writer) (int64, error) {
	p := newProgress(cmd).later()
	defer p.end()
	if isTerminal(w) {
		p.out = io.Discard
	}
	return export.Write(cmd.Context(), pr.Query, r, export.Format(format), w, func(n int64) { p.show("records", n, 0) })
}
