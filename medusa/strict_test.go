package medusa_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
)

// The comparison detects every change of our results: of a value, a key, or a record of a
// list.
func TestComparisonNoticesEveryChange(t *testing.T) {
	t.Parallel()
	j := newJudge(t, dbtest.SQLite(t))
	changes := 0
	for _, a := range medusatest.Answers(t) {
		if !slices.Contains([]string{"q002", "q031", "q178", "q208", "q222", "q238", "q329", "q403"}, a.ID) {
			continue
		}
		m, err := j.engine.Models().Model(entityOf(a))
		must(err)
		q := newQuestion(j.engine.Models(), m, a.Request)
		whole := &comparison{question: q, rules: map[string]bool{}, summaries: j.summaries}
		theirs, fields := whole.original(a)
		ours, _, err := j.ask(t.Context(), q.with(fields))
		must(err)
		noticed := func(what string) {
			changes++
			if strings.Contains(what, ".summary.") && strings.Contains(what, "pending_difference") {
				return // what is pending now is compared with answers of the HTTP API
			}
			if whole.fits(func(c *comparison) { c.data(theirs, ours) }) {
				t.Errorf("%s: nothing noticed when %s", a.ID, what)
			}
		}
		if !whole.fits(func(c *comparison) { c.data(theirs, ours) }) {
			t.Fatalf("%s differs as it is", a.ID)
		}
		change(ours, "data", func(v any) { ours, _ = v.([]any) }, noticed)
	}
	if changes < 1000 {
		t.Errorf("only %d changes were tried", changes)
	}
}

// change makes every possible change below a value, one at a time. set replaces the value.
func change(v any, path string, set func(any), try func(what string)) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			change(value, path+"."+key, func(n any) { v[key] = n }, try)
			delete(v, key)
			try(path + "." + key + " is missing")
			v[key] = value
		}
	case []any:
		for i, value := range v {
			change(value, path, func(n any) { v[i] = n }, try)
		}
		if len(v) > 0 {
			set(v[1:])
			try(path + " lacks a record")
			set(append(slices.Clone(v), v[0]))
			try(path + " has a record twice")
			set(v)
		}
	default:
		set(other(v))
		try(path + " is another")
		set(v)
	}
}

// other returns a value that is not v.
func other(v any) any {
	switch v := v.(type) {
	case string:
		return v + "x"
	case bool:
		return !v
	case json.Number:
		return "1" + v
	}
	return "x"
}

func entityOf(a medusatest.Answer) string {
	var asked struct{ Entity string }
	must(json.Unmarshal(a.Request, &asked))
	return asked.Entity
}
