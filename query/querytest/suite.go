package querytest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Size is the amount of work of one run of the suite.
type Size struct {
	Seed     uint64 // of the first world; the next worlds count up from it
	Worlds   int    // random schemas
	Requests int    // random requests for each
}

// SizeFromEnv returns s, changed by the environment variables GORGON_ORACLE_SEED,
// GORGON_ORACLE_WORLDS and GORGON_ORACLE_QUERIES, which is the number of requests
// for all worlds together.
func SizeFromEnv(s Size) Size {
	number := func(name string, or int) int {
		if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
			return n
		}
		return or
	}
	s.Seed = uint64(number("GORGON_ORACLE_SEED", int(s.Seed)))
	s.Worlds = number("GORGON_ORACLE_WORLDS", s.Worlds)
	s.Requests = number("GORGON_ORACLE_QUERIES", s.Requests*s.Worlds) / max(1, s.Worlds)
	return s
}

// maxMismatches is the number of mismatches after which a run stops.
const maxMismatches = 5

// Run executes random requests on the database and in the evaluator. It reports the
// first few mismatches, minimized.
func Run(t *testing.T, d db.DB, size Size) {
	t.Helper()
	t.Logf("worlds from seed %d: %d, with %d requests each", size.Seed, size.Worlds, size.Requests)
	mismatches := 0
	for i := range uint64(size.Worlds) {
		seed := size.Seed + i
		w, err := NewWorld(seed, fmt.Sprintf("w%d_", seed))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if err := Create(t.Context(), d, w.Graph, w.Data); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, w.Describe())
		}
		s := &session{world: w, db: d, engines: [2]*query.Engine{query.New(w.Graph, d, query.Limits{MaxCount: maxCount}), query.New(w.Graph, d, query.Limits{})}}
		if report := s.compareAll(t.Context(), size.Requests); report != "" {
			mismatches++
			t.Errorf("world %d, %s", seed, report)
		}
		if mismatches >= maxMismatches {
			t.Fatalf("stopped after %d mismatches", mismatches)
		}
		if err := Drop(t.Context(), d, w.Graph); err != nil {
			t.Fatal(err)
		}
	}
}

// session is a world in a database, with an engine for it.
type session struct {
	world   *World
	db      db.DB
	engines [2]*query.Engine // the first finds that many records match, where the other finds few
	engine  *query.Engine    // of the request at hand
	streams bool             // execute every request as a stream, too
}

// compareAll executes a number of requests, every shape twice, and half as many
// invalid ones, and those whose filters are empty. It stops at the first mismatch and returns a report of it.
func (s *session) compareAll(ctx context.Context, requests int) string {
	for n := range uint64(requests) {
		shape, values := n/2, n%2
		s.streams, s.engine = shape%4 == 1, s.engines[shape/4%2]
		r := s.world.Request(shape, values)
		if shape%4 == 0 {
			var err error
			if r, err = throughJSON(r); err != nil {
				return fmt.Sprintf("request %d: %v\n%s", shape, err, Describe(r))
			}
		}
		if report := s.try(ctx, r); report != "" {
			return fmt.Sprintf("request %d with values %d\n%s", shape, values, report)
		}
		if values == 0 {
			continue
		}
		if report := s.try(ctx, s.world.Broken(shape)); report != "" {
			return fmt.Sprintf("broken request %d\n%s", shape, report)
		}
	}
	for n, r := range s.world.Empties() {
		s.engine = s.engines[n%2]
		if report := s.try(ctx, r); report != "" {
			return "request with an empty filter\n" + report
		}
	}
	return ""
}

// counting returns how a request counts, as its JSON says it.
func counting(r query.Request) any {
	if r.Count && r.Estimate {
		return "estimated"
	}
	return r.Count
}

// throughJSON encodes a request as JSON and decodes it again.
func throughJSON(r query.Request) (query.Request, error) {
	lists := map[string]any{}
	for path, l := range r.Lists {
		lists[path] = map[string]any{"filters": l.Filters, "order": l.Order, "limit": l.Limit, "offset": l.Offset}
	}
	out := map[string]any{
		"entity": r.Entity, "fields": r.Fields, "filters": r.Filters, "order": r.Order, "offset": r.Offset, "count": counting(r),
		"with_deleted": r.WithDeleted, "version": r.Version, "lists": lists, "keep_order": r.KeepOrder, "require_keys": r.RequireKeys,
	}
	if r.Limit > 0 {
		out["limit"] = r.Limit
	}
	b, err := json.Marshal(out)
	if err != nil {
		return r, err
	}
	in := query.Request{Visible: r.Visible} // which has no JSON
	return in, json.Unmarshal(b, &in)
}

// try executes one request. It returns the report of a mismatch, or "".
func (s *session) try(ctx context.Context, r query.Request) string {
	if s.compare(ctx, r) == "" {
		return ""
	}
	r = s.shrink(ctx, r)
	s.shrinkRows(ctx, r)
	report := fmt.Sprintf("%s\n\nrequest:\n%s\n", s.compare(ctx, r), Describe(r))
	if want, _, err := Evaluate(s.world.Graph, s.world.Data, r); err == nil {
		report += "evaluator: " + indented(want) + "\n"
	}
	if got, err := s.engine.Graph(ctx, r); err == nil {
		report += "database:  " + string(got.Data) + "\n"
	}
	if x, err := s.engine.Explain(r); err == nil {
		report += fmt.Sprintf("plan:\n%s\n%s\n", x.Plan, x.SQL)
	}
	return report + "\nworld:\n" + s.world.Describe()
}

// compare returns how the database's result differs, or "".
func (s *session) compare(ctx context.Context, r query.Request) string {
	want, count, refusal := Evaluate(s.world.Graph, s.world.Data, r)
	res, err := s.engine.Graph(ctx, r)
	if fault.TypeOf(err) != fault.TypeOf(refusal) {
		return fmt.Sprintf("the evaluator's error is %v, the database's %v", refusal, err)
	}
	if err != nil {
		return ""
	}
	if d := compareResult(want, res); d != "" {
		return d
	}
	if r.Count && (res.Metadata.Count == nil || *res.Metadata.Count != int64(count)) {
		return fmt.Sprintf("count: want %d, got %s", count, short(res.Metadata.Count))
	}
	if r.Count {
		if d := s.compareEstimate(ctx, r, res, count); d != "" {
			return d
		}
	}
	if s.streams {
		if d := s.compareStream(ctx, r, want); d != "" {
			return d
		}
	}
	return s.comparePages(ctx, r)
}

// maxCount is so small that many counts are estimates.
const maxCount = 3

// compareEstimate compares the result of a request whose count may be an
// estimate: up to maxCount it must not be one. Of counted models it need not be one
// above, either.
func (s *session) compareEstimate(ctx context.Context, r query.Request, exact *query.Result, count int) string {
	r.Estimate = true
	if through, err := throughJSON(r); err != nil || through.Estimate != r.Estimate || !through.Count {
		return fmt.Sprintf("through JSON, the count is %t, estimated %t (%v)", through.Count, through.Estimate, err)
	}
	res, err := s.engines[0].Graph(ctx, r)
	if err != nil {
		return fmt.Sprintf("with an estimated count, the error is %v", err)
	}
	m := res.Metadata
	switch {
	case m.SearchIsPartial && strings.HasPrefix(string(exact.Data), strings.TrimSuffix(string(res.Data), "]")):
	case string(res.Data) != string(exact.Data) || m.Next != exact.Metadata.Next:
		return fmt.Sprintf("with an estimated count, the result is %s", res.Data)
	case m.CountIsEstimate && searches(r):
	case m.CountIsEstimate != (count > maxCount) && (m.CountIsEstimate || !s.counts(r)):
		return fmt.Sprintf("whether %d of %d is an estimate: %t", *m.Count, count, m.CountIsEstimate)
	case !m.CountIsEstimate && *m.Count != int64(count) || *m.Count < maxCount && count > maxCount:
		return fmt.Sprintf("the estimate of %d is %d", count, *m.Count)
	}
	return ""
}

// counts reports whether the database keeps the number of the entity's records.
func (s *session) counts(r query.Request) bool {
	m, err := s.world.Graph.Model(r.Entity)
	return err == nil && m.Counted && schema.Counter(s.db.Dialect(), m) != ""
}

// searches reports whether a request may have looked at some records only.
func searches(r query.Request) bool { return strings.Contains(fmt.Sprint(r.Filters), "q:") }

// compareStream compares the records of Each, which ignores Count and RequireKeys.
func (s *session) compareStream(ctx context.Context, r query.Request, want []map[string]any) string {
	data := []byte{'['}
	rows := 0
	err := s.engine.Each(ctx, r, func(record []byte) error {
		if rows++; rows > 1 {
			data = append(data, ',')
		}
		data = append(data, record...)
		return nil
	})
	if err != nil {
		return "the stream: " + err.Error()
	}
	if d := compareResult(want, &query.Result{Data: append(data, ']'), Rows: rows}); d != "" {
		return "the stream: " + d
	}
	return ""
}

func compareResult(want []map[string]any, res *query.Result) string {
	got, err := decode(res.Data)
	if err != nil {
		return "the database's result is not JSON: " + err.Error()
	}
	if d := diff("data", anySlice(want), got); d != "" {
		return d
	}
	if res.Rows != len(want) {
		return fmt.Sprintf("rows: want %d, got %d", len(want), res.Rows)
	}
	return ""
}

// comparePages follows the cursors of a request to the last page. Only requests with
// a limit and without an offset have such pages.
func (s *session) comparePages(ctx context.Context, r query.Request) string {
	if r.Limit <= 0 || r.Offset > 0 || r.KeepOrder {
		return ""
	}
	all := r
	all.Limit = 0
	want, _, err := Evaluate(s.world.Graph, s.world.Data, all)
	if err != nil {
		return "the evaluator: " + err.Error()
	}
	for n := 0; ; n++ {
		res, err := s.engine.Graph(ctx, r)
		if err != nil {
			return fmt.Sprintf("page %d: %v", n, err)
		}
		if d := compareResult(page(want, r.Limit, n*r.Limit), res); d != "" {
			return fmt.Sprintf("page %d: %s", n, d)
		}
		if r.After = res.Metadata.Next; r.After == "" {
			if seen := n*r.Limit + res.Rows; seen != len(want) {
				return fmt.Sprintf("the last page ends at record %d of %d", seen, len(want))
			}
			return ""
		}
	}
}
