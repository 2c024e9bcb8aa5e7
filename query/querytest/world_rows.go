package querytest

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Rows and filters have values from these lists. They are few, so that many are equal,
// and each is a difficult case somewhere.
var (
	texts = []string{"", "a", "A", "b", "ab", "Ab c", "Zed", "zed", "shirt", "Blue Shirt", "éa", "Éa", "日本", "100%", "a_b", `a\b`,
		"it's", `"quoted"`, "two\nlines", " lead", "😀 smile", "10", "9", "null", "ÄÖ", "äö"}
	ints     = []int64{-3, 0, 1, 1, 2, 2, 5, 9, 10, math.MaxInt32, 9007199254740993}
	floats   = []float64{-2.25, 0, 0.1, 0.5, 1, 1.5, 10, 9.75, 1e10}
	decimals = []string{"10", "10.0", "9.99", "-3.5", "0", "0.10", "0.1", "100", "9", "123456789012345678.123456789", "-0.000001"}
	times    = []string{"2024-01-31T23:59:59.999Z", "2024-02-01T00:00:00.000Z", "2024-02-01T00:00:00.001Z", "2024-02-01T12:30:00.500Z",
		"1999-12-31T00:00:00.000Z", "2038-01-19T03:14:08.000Z"}
	idTails = []string{"1", "2", "10", "A", "a", "b", "B", "_", "é", "Z", "09", "~", "x y", "0"}
)

// value returns a random value of a kind. It is never null.
func (d dice) value(k model.Kind) any {
	switch k {
	case model.Int:
		return pick(d, ints)
	case model.Float:
		return pick(d, floats)
	case model.Decimal:
		return money.MustParse(pick(d, decimals))
	case model.Bool:
		return d.chance(50)
	case model.Time:
		t, _ := time.Parse(model.TimeFormat, pick(d, times)) // constants
		return t
	case model.JSON:
		return d.document()
	case model.TextList:
		return some(d, texts, d.IntN(4))
	}
	return pick(d, texts)
}

// document returns a random JSON value, mostly an object with a few known keys.
func (d dice) document() any {
	if d.chance(10) {
		return pick(d, []any{"text", 7.0, true, []any{"x", 1.0}, []any{}})
	}
	out := map[string]any{}
	for _, key := range some(d, []string{"x", "s", "b", "deep"}, d.IntN(5)) {
		out[key] = d.scalar()
		if key == "deep" {
			out[key] = map[string]any{"y": d.scalar(), "list": []any{1.0, "a", nil}, "quote'd": 1.0}
		}
	}
	return out
}

func (d dice) scalar() any {
	return pick(d, []any{1.0, 2.0, 2.5, -1.0, "1", "a", "A", "éa", "100%", true, false, nil, []any{1.0}, map[string]any{}})
}

// fill adds the rows of every model, then fills the columns that refer to others.
func (b *builder) fill() {
	for _, m := range b.models {
		if len(m.Entities) > 0 && m.Module != "link" {
			b.rows(m)
		}
	}
	for _, f := range b.fills {
		f()
	}
}

func (b *builder) rows(m *model.Model) {
	n := b.between(2, 12)
	if b.chance(10) {
		n = 0
	}
	for _, tail := range some(b.dice, idTails, n) {
		r := Row{}
		for _, f := range m.Fields {
			r[f.Name] = b.cell(f)
		}
		r[m.PrimaryKey()] = m.Name + tail
		b.ids[m] = append(b.ids[m], m.Name+tail)
		b.data[m.Table] = append(b.data[m.Table], r)
	}
	b.ids[m] = append(b.ids[m], m.Name+"-dangling")
}

func (b *builder) cell(f *model.Field) any {
	switch {
	case f.Name == "deleted_at" && b.chance(75), f.Null && f.Name != "deleted_at" && b.chance(25):
		return nil
	}
	return b.value(f.Kind)
}

// someID returns the key of some row, a dangling key, or nil.
func (b *builder) someID(m *model.Model, null bool) any {
	if null && b.chance(20) {
		return nil
	}
	return pick(b.dice, b.ids[m])
}

func (b *builder) idList(m *model.Model, null bool) any {
	if null && b.chance(20) {
		return nil
	}
	list := some(b.dice, b.ids[m], b.IntN(5))
	if len(list) > 0 && b.chance(15) {
		list = append(list, list[0])
	}
	return list
}

// pairs fills a table that pairs keys. Its live rows keep the cardinality: a side that
// is not many has at most one row for each record of the other.
func (b *builder) pairs(m, left, right *model.Model, leftColumn, rightColumn string, leftMany, rightMany bool) {
	for i := range b.IntN(30) {
		r := Row{}
		for _, f := range m.Fields {
			r[f.Name] = b.cell(f)
		}
		if m.Field("id") != nil {
			r["id"] = fmt.Sprintf("link%d", i)
		}
		r[leftColumn], r[rightColumn] = pick(b.dice, b.ids[left]), pick(b.dice, b.ids[right])
		conflict := slices.ContainsFunc(b.data[m.Table], func(o Row) bool {
			sameLeft, sameRight := o[leftColumn] == r[leftColumn], o[rightColumn] == r[rightColumn]
			return !deleted(o) && (sameLeft && sameRight || sameLeft && !rightMany || sameRight && !leftMany)
		})
		if deleted(r) || !conflict {
			b.data[m.Table] = append(b.data[m.Table], r)
		}
	}
}

// fillVersions gives every line at most one row for each version of a parent.
func (b *builder) fillVersions(m versionedModels, refs [4]string) {
	for _, mm := range []*model.Model{m.parent, m.extra, m.summary} {
		for _, r := range b.data[mm.Table] {
			r["version"] = int64(b.between(1, 3))
		}
	}
	seen := map[[3]any]bool{}
	var kept []Row
	for _, r := range b.data[m.detail.Table] {
		r["version"] = int64(b.between(1, 3))
		key := [3]any{r[refs[0]], r[refs[1]], r["version"]}
		if !seen[key] {
			kept = append(kept, r)
		}
		seen[key] = true
	}
	b.data[m.detail.Table] = kept
}
