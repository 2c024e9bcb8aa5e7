package medusa_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// comparison compares a recorded answer with our result, and records which rules it
// needed.
type comparison struct {
	question  *question
	rules     map[string]bool
	wrong     []string         // the differences, with their paths
	summaries map[string][]any // see judge
}

func (c *comparison) use(rule string) { c.rules[rule] = true }

func (c *comparison) differ(path, format string, args ...any) {
	c.wrong = append(c.wrong, path+": "+fmt.Sprintf(format, args...))
}

// data compares whole results, record by record, in order.
func (c *comparison) data(theirs, ours []any) {
	if len(theirs) != len(ours) {
		c.differ("", "%d records there, %d here", len(theirs), len(ours))
		return
	}
	for i := range theirs {
		c.record(c.question.root, theirs[i], ours[i], "")
	}
}

// record compares two records at p. path ends in a dot, except at the root.
func (c *comparison) record(p place, theirs, ours any, path string) {
	t, okT := theirs.(map[string]any)
	o, okO := ours.(map[string]any)
	if !okT || !okO {
		c.differ(path, "%v there, %v here", brief(theirs), brief(ours))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(t)) {
		c.key(p, key, t[key], o, path)
	}
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if _, there := t[key]; !there {
			c.notThere(p, key, o[key], path)
		}
	}
}

// key compares what Medusa returned under a key.
func (c *comparison) key(p place, key string, theirs any, ours map[string]any, path string) {
	next, relation := p.step(key)
	column := p.column(key)
	if column == nil && !relation {
		rule := absence(key)
		if rule == ruleUnknown {
			c.differ(path+key, "there only")
			return
		}
		c.use(rule)
		return
	}
	if relation && isStub(p, key, theirs) && !c.question.below(path+key) {
		c.stub(p.stub(key), theirs, ours, path+key)
		return
	}
	mine, here := ours[key]
	if !here {
		c.differ(path+key, "there only")
		return
	}
	if !c.question.asks(p, path+key) && !c.question.below(path+key) {
		c.use(map[bool]string{true: rulePulled, false: ruleLeak}[relation])
	}
	switch {
	case column != nil && strings.HasPrefix(key, "raw_") && column.Name != key:
		c.use(ruleRaw)
		c.json(theirs, mine, path+key)
	case column != nil:
		c.value(column, theirs, mine, path+key)
	case next.content():
		c.content(next, theirs, mine, ours, path+key)
	default:
		c.relation(next, theirs, mine, path+key)
	}
}

// stub compares the id in a relation with the column that has it.
func (c *comparison) stub(column string, theirs any, ours map[string]any, path string) {
	c.use(ruleStub)
	r, _ := theirs.(map[string]any)
	if mine, here := ours[column]; !here || mine != r["id"] {
		c.differ(path, "the id %v there, %s %v here", r["id"], column, mine)
	}
}

// notThere checks a key that only our result has.
func (c *comparison) notThere(p place, key string, ours any, path string) {
	switch list, _ := ours.([]any); {
	case ours == nil || list != nil && len(list) == 0:
		c.use(ruleAbsent)
	case computed.MatchString(key):
		c.use(ruleTotals)
	case c.question.asks(p, path+key) || c.question.below(path+key):
		c.differ(path+key, "here only: %s", brief(ours))
	default:
		c.use(ruleLeak) // another record of the answer has it
	}
}

// value compares the values of a column.
func (c *comparison) value(f *model.Field, theirs, ours any, path string) {
	if f.Kind == model.JSON {
		if f.Name == "totals" {
			c.summary(theirs, ours, path)
		} else {
			c.json(theirs, ours, path)
		}
		return
	}
	if f.Kind == model.TextList {
		if a, b := fmt.Sprint(theirs), fmt.Sprint(ours); a != b {
			c.differ(path, "%s there, %s here", a, b)
		}
		return
	}
	if was, now, ok := digits(theirs, ours, path); ok {
		theirs, ours = was, now
	}
	a, isNumber := theirs.(json.Number)
	b, both := ours.(json.Number)
	if isNumber && both {
		c.number(a, b, path)
		return
	}
	if theirs != ours {
		c.differ(path, "%s there, %s here", brief(theirs), brief(ours))
	}
}

// digits returns the numbers in the texts of a raw companion.
func digits(theirs, ours any, path string) (a, b json.Number, ok bool) {
	t, okT := theirs.(string)
	o, okO := ours.(string)
	return json.Number(t), json.Number(o), okT && okO && strings.HasSuffix(path, ".value") && strings.Contains(path, "raw_")
}

// summary compares totals of an order. What is pending was that of the moment when a
// version was made, unless totals were asked for.
func (c *comparison) summary(theirs, ours any, path string) {
	if c.fits(func(trial *comparison) { trial.json(theirs, ours, path) }) {
		c.json(theirs, ours, path)
		return
	}
	c.use(ruleSummaries)
	c.json(settled(theirs), settled(ours), path)
}

// settled returns a summary without what is pending.
func settled(summary any) any {
	s, ok := summary.(map[string]any)
	if !ok {
		return summary
	}
	s = maps.Clone(s)
	delete(s, "pending_difference")
	delete(s, "raw_pending_difference")
	return s
}

// number compares numbers by value. Medusa's have been converted to doubles.
func (c *comparison) number(theirs, ours json.Number, path string) {
	a, errA := money.Parse(theirs.String())
	b, errB := money.Parse(ours.String())
	if errA == nil && errB == nil && a.Equal(b) {
		return
	}
	x, errX := strconv.ParseFloat(theirs.String(), 64)
	y, errY := strconv.ParseFloat(ours.String(), 64)
	if errX != nil || errY != nil || x != y {
		c.differ(path, "%s there, %s here", theirs, ours)
		return
	}
	c.use(ruleDouble)
}

// json compares arbitrary JSON, without exceptions.
func (c *comparison) json(theirs, ours any, path string) {
	switch t := theirs.(type) {
	case map[string]any:
		o, ok := ours.(map[string]any)
		if !ok || len(o) != len(t) {
			c.differ(path, "%s there, %s here", brief(theirs), brief(ours))
			return
		}
		for k := range t {
			c.json(t[k], o[k], path+"."+k)
		}
	case []any:
		o, ok := ours.([]any)
		if !ok || len(o) != len(t) {
			c.differ(path, "%s there, %s here", brief(theirs), brief(ours))
			return
		}
		for i := range t {
			c.json(t[i], o[i], path+"."+strconv.Itoa(i))
		}
	default:
		c.value(&model.Field{}, theirs, ours, path)
	}
}

// relation compares the records at the end of a relation.
func (c *comparison) relation(p place, theirs, ours any, path string) {
	list, isList := theirs.([]any)
	mine, many := ours.([]any)
	if isList != many && theirs != nil {
		c.use(ruleShape)
	}
	records := elements(theirs)
	if isList && len(records) != len(list) {
		c.use(ruleHoles)
	}
	if !many {
		mine = elements(ours)
	}
	if len(records) == 0 && len(mine) == 0 {
		return
	}
	if len(records) != len(mine) {
		c.differ(path, "%d records there, %d here", len(records), len(mine))
		return
	}
	c.set(p, records, mine, path+".")
}

// set compares records in any order: by id, or else each with the first that matches.
func (c *comparison) set(p place, theirs, ours []any, path string) {
	left := slices.Clone(ours)
	for i, t := range theirs {
		at := slices.IndexFunc(left, func(o any) bool { return c.same(p, t, o, path) })
		if at < 0 {
			c.record(p, t, left[0], path) // reports the differences
			return
		}
		if at > 0 {
			c.use(ruleSets)
		}
		c.record(p, t, left[at], path)
		left = slices.Delete(left, at, at+1)
		_ = i
	}
}

// same reports whether two records of a set belong together, by their ids if Medusa
// returned them.
func (c *comparison) same(p place, theirs, ours any, path string) bool {
	t, _ := theirs.(map[string]any)
	o, _ := ours.(map[string]any)
	if key := p.model.PrimaryKey(); t[key] != nil {
		return t[key] == o[key]
	}
	return c.fits(func(trial *comparison) { trial.record(p, theirs, ours, path) })
}

// fits reports whether a comparison finds no differences.
func (c *comparison) fits(compare func(*comparison)) bool {
	trial := &comparison{question: c.question, rules: map[string]bool{}, summaries: c.summaries}
	compare(trial)
	return len(trial.wrong) == 0
}

// content compares totals, which replace the rows of p. If they were not requested,
// Medusa returns those of some version, or the rows.
func (c *comparison) content(p place, theirs, ours any, order map[string]any, path string) {
	id, _ := order["id"].(string)
	rows, isRows := theirs.([]any)
	switch {
	case c.question.below(path) || slices.Contains(c.question.known, path):
		c.json(theirs, ours, path)
	case isRows:
		c.use(ruleSummaries)
		for _, row := range rows {
			at := slices.IndexFunc(c.summaries[id], func(r any) bool { return c.same(p, row, r, path) })
			if at < 0 {
				c.differ(path, "a row of the order there, none here")
				return
			}
			c.record(place{graph: p.graph, model: p.model}, row, c.summaries[id][at], path+".")
		}
	case c.fits(func(trial *comparison) { trial.json(theirs, ours, path) }):
	case c.hasSummary(id, theirs, nil) && c.hasSummary(id, ours, order["version"]):
		c.use(ruleSummaries)
	default:
		c.summary(theirs, ours, path)
	}
}

// hasSummary reports whether an order has a row with these totals, and with a version if
// it is not nil.
func (c *comparison) hasSummary(order string, totals, version any) bool {
	return slices.ContainsFunc(c.summaries[order], func(row any) bool {
		r, _ := row.(map[string]any)
		return (version == nil || r["version"] == version) && c.fits(func(trial *comparison) { trial.summary(totals, r["totals"], "") })
	})
}

func brief(v any) string {
	b, _ := json.Marshal(v)
	if len(b) > 120 {
		return string(b[:120]) + "…"
	}
	return string(b)
}
