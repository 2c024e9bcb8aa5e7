package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// read returns the query of the command line.
func (f *queryFlags) read(cmd *cobra.Command, args []string) (r query.Request, err error) {
	limited := cmd.Flags().Changed("limit")
	if f.request != "" {
		r, limited, err = readRequest(cmd.Context(), f.request, cmd.InOrStdin())
	} else {
		r, err = f.build(args[0], limited)
	}
	if err != nil {
		return r, err
	}
	switch {
	case f.all && limited:
		return r, wrongUsage("the query has a limit; leave it out, or --all")
	case !limited && !f.forPrograms(cmd):
		r.Limit = humanPage
	}
	r.Count, r.Estimate = true, !f.forPrograms(cmd)
	return r, nil
}

// build returns the query that the flags describe.
func (f *queryFlags) build(entity string, limited bool) (r query.Request, err error) {
	if limited {
		switch {
		case f.limit < 0:
			return r, fault.New(fault.InvalidData, "limit is %d; it must not be negative", f.limit)
		case f.limit == 0:
			r.Limit = query.None
		default:
			r.Limit = f.limit
		}
	}
	r.Entity, r.Offset, r.After, r.WithDeleted, r.Version = entity, f.offset, f.after, f.withDeleted, f.version
	r.Order, r.Fields = commas(f.order), fieldsOr(f.fields, "*")
	r.Filters, err = parseFilters(f.filters)
	return r, err
}

// fieldsOr returns the paths of --fields, or else the one that stands for none.
func fieldsOr(given []string, none string) []string {
	if fields := commas(given); len(fields) > 0 {
		return fields
	}
	return []string{none}
}

// commas splits each of the values at commas.
func commas(values []string) []string {
	var out []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			out = append(out, strings.TrimSpace(part))
		}
	}
	return out
}

// parseFilters parses filters of the form path=value or path[$op]=value, all of
// which must match.
func parseFilters(texts []string) (query.Filters, error) {
	var all []query.Filters
	for _, text := range texts {
		one, err := parseFilter(text)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
		return all[0], nil
	}
	return query.Filters{"$and": all}, nil
}

func parseFilter(text string) (query.Filters, error) {
	name, given, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return nil, wrongUsage("--filter %q is not a condition; write path=value or 'path[$op]=value'", text)
	}
	path, rest, bracketed := strings.Cut(name, "[")
	if !bracketed {
		return query.Filters{path: filterValue(nil, given)}, nil
	}
	operators, ok := brackets(rest)
	if !ok || path == "" {
		return nil, wrongUsage("--filter %q: %q is not a path with an operator; write 'path[$op]=value'", text, name)
	}
	v := filterValue(operators, given)
	for _, operator := range slices.Backward(operators) {
		v = map[string]any{operator: v}
	}
	return query.Filters{path: v}, nil
}

// brackets splits the rest of a filter's name behind its first bracket:
// "$none][title]" is $none and title.
func brackets(rest string) (operators []string, ok bool) {
	inside, ok := strings.CutSuffix(rest, "]")
	operators = strings.Split(inside, "][")
	return operators, ok && !strings.ContainsAny(strings.Join(operators, ""), "[]")
}

// filterValue returns the value of a filter: a list for an operator that takes
// one, nil for null, and a string otherwise, from which the query engine parses
// numbers and times.
func filterValue(operators []string, given string) any {
	if len(operators) > 0 {
		switch operators[len(operators)-1] {
		case "$in", "$nin", "$contains", "$overlap", "$contained":
			list := []any{}
			for part := range strings.SplitSeq(given, ",") {
				list = append(list, scalarValue(strings.TrimSpace(part)))
			}
			return list
		}
	}
	return scalarValue(given)
}

func scalarValue(given string) any {
	if given == "null" {
		return nil
	}
	return given
}

// readRequest reads a query in JSON. limited reports whether the query has a
// limit.
func readRequest(ctx context.Context, file string, stdin io.Reader) (r query.Request, limited bool, err error) {
	b, err := readFile(ctx, file, stdin)
	if err != nil {
		return r, false, err
	}
	if !utf8.Valid(b) {
		return r, false, fault.New(fault.InvalidData, "the query in %s is not valid UTF-8 text", sourceName(file))
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(b, &r); errors.As(err, &syntax) {
		return r, false, fault.New(fault.InvalidData, "the query in %s is not JSON: %s", sourceName(file), fault.JSONProblem(err))
	} else if err != nil {
		return r, false, err
	}
	type page struct {
		Limit, Take *int
	}
	var asked struct {
		Limit      *int
		Pagination page
	}
	err = json.Unmarshal(b, &asked) // cannot fail after r was decoded
	return r, asked.Limit != nil || asked.Pagination.Limit != nil || asked.Pagination.Take != nil, err
}

func readFile(ctx context.Context, file string, stdin io.Reader) ([]byte, error) {
	if file == "-" {
		return untilDone(ctx, func() ([]byte, error) { return io.ReadAll(stdin) })
	}
	b, err := os.ReadFile(file)
	var problem *fs.PathError
	if errors.As(err, &problem) {
		return nil, fault.Wrap(err, fault.InvalidData, "the query file %s cannot be read: %s", file, problem.Err)
	}
	return b, err
}

func sourceName(file string) string {
	if file == "-" {
		return "standard input"
	}
	return file
}
