package medusa_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/query"
)

// judge runs the recorded requests and compares the results.
type judge struct {
	engine    *query.Engine
	rules     map[string]bool  // the rules needed so far
	summaries map[string][]any // our rows of order_summary, by order
}

// newJudge imports the sample shop into d and returns a judge for it.
func newJudge(t *testing.T, d db.DB) *judge {
	t.Helper()
	source := open(t, medusatest.Shop(t))
	s := store(t, d)
	importShop(t, source, s)
	j := &judge{engine: query.New(s.Graph, d, query.Limits{}), rules: map[string]bool{}, summaries: map[string][]any{}}
	rows, _, err := j.ask(t.Context(), json.RawMessage(`{"entity": "order_summary", "fields": ["*"]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		order, _ := row.(map[string]any)["order_id"].(string)
		j.summaries[order] = append(j.summaries[order], row)
	}
	return j
}

// ask runs a request. Numbers in the result are json.Number.
func (j *judge) ask(ctx context.Context, request json.RawMessage) (data []any, m query.Metadata, err error) {
	var r query.Request
	if err := json.Unmarshal(request, &r); err != nil {
		return nil, m, err
	}
	res, err := j.engine.Graph(ctx, r)
	if err != nil {
		return nil, m, err
	}
	return decode(res.Data), res.Metadata, nil
}

func decode(b []byte) []any {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var data []any
	if err := d.Decode(&data); err != nil {
		panic(err)
	}
	return data
}

// record returns how our result differs from a recorded answer.
func (j *judge) record(ctx context.Context, a medusatest.Answer) []string {
	if a.Error != nil {
		return j.failure(ctx, a)
	}
	m, err := j.engine.Models().Model(entityOf(a))
	if err != nil {
		return []string{err.Error()}
	}
	q := newQuestion(j.engine.Models(), m, a.Request)
	c := &comparison{question: q, rules: j.rules, summaries: j.summaries}
	for _, r := range q.uses {
		c.use(r)
	}
	if q.refused {
		if _, _, err := j.ask(ctx, a.Request); fault.TypeOf(err) != fault.InvalidData {
			c.differ("", "the request as it is should be refused as invalid_data; it is %v", err)
		}
	}
	j.compare(ctx, c, a)
	return c.wrong
}

// compare requests everything that Medusa returned, and compares that. Then it makes the
// recorded request, whose result must be the requested part of it.
func (j *judge) compare(ctx context.Context, c *comparison, a medusatest.Answer) {
	q := c.question
	theirs, fields := c.original(a)
	if len(fields) == 0 {
		return // we have none of the fields, so the request was refused
	}
	ours, meta, err := j.ask(ctx, q.with(fields))
	if err != nil {
		c.differ("", "ours refuses it: %v", err)
		return
	}
	c.data(theirs, ours)
	c.metadata(a.Response.Metadata, meta)
	if len(q.known) > 0 {
		part, _, err := j.ask(ctx, q.with(q.known))
		want := each(ours, func(r any) any { return q.part(q.root, r, "") })
		if diff := cmp.Diff(want, any(part)); err != nil || diff != "" {
			c.differ("", "what was asked is not part of the whole: want -, got + (%v)\n%s", err, diff)
		}
	}
}

// original returns the recorded data in the form of ours, and the fields in it.
func (c *comparison) original(a medusatest.Answer) (data []any, fields []string) {
	for _, record := range a.Response.Data {
		data = append(data, placed(c.question.root, record, func() { c.use(rulePlacing) }))
	}
	return data, c.question.all(data)
}

func (c *comparison) metadata(theirs map[string]any, ours query.Metadata) {
	if theirs == nil {
		c.use(ruleMetadata)
		return
	}
	mine := map[string]any{"skip": ours.Skip, "take": ours.Take}
	if ours.Count != nil {
		mine["count"] = *ours.Count
	}
	for k, v := range theirs {
		if fmt.Sprint(v) != fmt.Sprint(mine[k]) {
			c.differ("metadata."+k, "%v there, %v here", v, mine[k])
		}
	}
}

// failure compares errors.
func (j *judge) failure(ctx context.Context, a medusatest.Answer) []string {
	_, _, err := j.ask(ctx, a.Request)
	switch got := fault.TypeOf(err); {
	case err == nil:
		return []string{"an error there, an answer here"}
	case a.Error.Type == "" && got == fault.InvalidData:
		j.rules[ruleUntyped] = true
		return nil
	case string(got) != a.Error.Type:
		return []string{fmt.Sprintf("error %q there, %q here: %v", a.Error.Type, got, err)}
	}
	return nil
}

// Our results equal the recorded answers, except for what docs/differences.md explains.
func TestAnswersAreThoseOfTheOriginal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		j := newJudge(t, d)
		wrong := map[string][]string{}
		for _, a := range medusatest.Answers(t) {
			if list := j.record(t.Context(), a); len(list) > 0 {
				wrong[a.ID] = list
			}
		}
		readDifferences(t).check(t, j.rules, wrong)
	})
}
