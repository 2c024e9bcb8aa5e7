package cli

import (
	"bufio"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
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
empty, and lists and JSON are JSON. With --output the records go to a file, which
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
func (pr *Program) export(cmd *cobra.Command, r query.Request, format string, w io.Writer) (n int64, err error) {
	p := newProgress(cmd).later()
	defer p.end()
	if isTerminal(w) {
		p.out = io.Discard
	}
	out := bufio.NewWriterSize(w, 1<<16)
	write := line(out)
	if format == "csv" {
		c := show.NewCSV(out, columns(pr.Query, r))
		if err := c.Header(); err != nil {
			return 0, err
		}
		write = c.Record
	}
	err = stream(cmd.Context(), pr.Query, r, func(record []byte) error {
		n++
		p.show("records", n, 0)
		return write(record)
	})
	if err != nil {
		return n, err
	}
	return n, out.Flush()
}

// line returns a function that writes a record as one line of JSON.
func line(w *bufio.Writer) func(record []byte) error {
	return func(record []byte) error {
		if err := show.Compact(w, record); err != nil {
			return err
		}
		return w.WriteByte('\n')
	}
}

// stream calls yield with each record of a query until ctx ends.
func stream(ctx context.Context, e *query.Engine, r query.Request, yield func(record []byte) error) error {
	return e.Each(ctx, r, func(record []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return yield(record)
	})
}

// columns returns the columns of a table of the records of a query, which is
// valid: those of linked records by their paths, and one for a list.
func columns(e *query.Engine, r query.Request) []string {
	var out []string
	add := func(column string) {
		if !slices.Contains(out, column) {
			out = append(out, column)
		}
	}
	for _, path := range r.Fields {
		found, _ := e.Lookup(r.Entity, path)
		end, below := listIn(found), found.Columns()
		prefix := strings.TrimSuffix(path, "*")
		switch {
		case strings.Contains(path, "$"): // an aggregate
			add(path)
		case end >= 0:
			add(strings.Join(strings.Split(path, ".")[:end+1], "."))
		case len(below) == 0: // a column
			add(path)
		case prefix != "" && !strings.HasSuffix(prefix, "."):
			prefix += "."
			fallthrough
		default:
			for _, name := range below {
				add(prefix + name)
			}
		}
	}
	return out
}

// listIn returns the index of the first relation of a path that is one value in a
// record: a list, a JSON document, or what is outside the database. It is -1 if
// there is none.
func listIn(f query.Found) int {
	return slices.IndexFunc(f.Edges, func(e *model.Edge) bool { return e.Many || e.Content != "" || e.To == nil })
}
