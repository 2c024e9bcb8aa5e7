package api

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Tree is how records are above and below each other. Parameters of the URL ask
// for all that is above or below a record, not only the next.
type Tree struct {
	Children, Parent string   // relations
	Key              string   // the column with the parent's id
	Order            []string // of children
	Descendants      string   // the parameter that asks for all that is below
	Ancestors        string   // the parameter that asks for all that is above
}

// CategoryTree is the tree of product categories.
var CategoryTree = &Tree{
	Children: "category_children", Parent: "parent_category", Key: "parent_category_id", Order: []string{"rank", "id"},
	Descendants: "include_descendants_tree", Ancestors: "include_ancestors_tree",
}

// Bounds on what one response has of a tree.
const (
	maxTreeDepth   = 100
	maxTreeRecords = 5000
	maxTreeBytes   = 32 << 20 // what is above several records is repeated in each
)

// parameters returns the names of the tree's parameters.
func (t *Tree) parameters() map[string]bool {
	if t == nil {
		return nil
	}
	return map[string]bool{t.Descendants: true, t.Ancestors: true}
}

func (t *Tree) documented() []Parameter {
	if t == nil {
		return nil
	}
	return []Parameter{
		{t.Descendants, "all that is below each record, in " + t.Children + " of " + t.Children, body.Flag},
		{t.Ancestors, "all that is above each record, in " + t.Parent + " of " + t.Parent, body.Flag},
	}
}

// ask runs a query, and adds what is above and below its records if the caller
// asks for it. Children have their order.
func (t *Tree) ask(ctx context.Context, c *Call, e *query.Engine, r query.Request) (*query.Result, error) {
	down, err := c.flag(t.Descendants)
	if err != nil {
		return nil, err
	}
	up, err := c.flag(t.Ancestors)
	if err != nil {
		return nil, err
	}
	if !down && !up {
		t.sort(e, &r)
		return e.Graph(ctx, r)
	}
	g := &growth{Tree: t, engine: e, entity: r.Entity, visible: r.Visible}
	r.Fields = g.split(r.Fields, down, up)
	t.sort(e, &r)
	res, err := e.Graph(ctx, r)
	if err != nil {
		return nil, err
	}
	var records []treeNode
	if err := json.Unmarshal(res.Data, &records); err != nil {
		return nil, err
	}
	if down {
		err = g.descend(ctx, records)
	}
	if err == nil && up {
		err = g.ascend(ctx, records)
	}
	if err != nil {
		return nil, err
	}
	res.Data, err = json.Marshal(records)
	return res, err
}

// sort gives the lists of children in a request their order.
func (t *Tree) sort(e *query.Engine, r *query.Request) {
	for _, field := range r.Fields {
		path := ""
		for name := range strings.SplitSeq(field, ".") {
			path += name
			if found, ok := e.Lookup(r.Entity, path); name == t.Children && ok && found.Many {
				if r.Lists == nil {
					r.Lists = map[string]query.Nested{}
				}
				r.Lists[path] = query.Nested{Order: t.Order}
			}
			path += "."
		}
	}
}

// treeNode is a record of a tree. Its columns stay as the query returned them.
type treeNode map[string]json.RawMessage

func (n treeNode) text(column string) string {
	var s string
	_ = json.Unmarshal(n[column], &s) // null is ""
	return s
}

// growth adds trees to the records of a query.
type growth struct {
	*Tree
	engine       *query.Engine
	entity       string
	visible      map[string]query.Filters
	below, above []string // fields of the records below and above
	read, bytes  int      // records and bytes so far
}

// split takes the fields of the trees out of those of the records. Trees whose
// fields are not named have those of the records. The columns that the assembly
// needs are always returned.
func (g *growth) split(fields []string, down, up bool) (own []string) {
	for _, f := range fields {
		below, isBelow := strings.CutPrefix(f+".", g.Children+".")
		above, isAbove := strings.CutPrefix(f+".", g.Parent+".")
		switch {
		case down && isBelow:
			g.below = append(g.below, or(strings.TrimSuffix(below, "."), "*"))
		case up && isAbove:
			g.above = append(g.above, or(strings.TrimSuffix(above, "."), "*"))
		default:
			own = append(own, f)
		}
	}
	if g.below == nil {
		g.below = own
	}
	if g.above == nil {
		g.above = own
	}
	return append(slices.Clone(own), "id", g.Key)
}

// descend adds what is below records.
func (g *growth) descend(ctx context.Context, records []treeNode) error {
	levels := [][]treeNode{records}
	for last := records; len(last) > 0; {
		var err error
		if last, err = g.fetch(ctx, len(levels), g.Key, columnOf(last, "id"), g.below); err != nil {
			return err
		}
		levels = append(levels, last)
	}
	for i := len(levels) - 2; i >= 0; i-- {
		lists := map[string][]treeNode{}
		for _, n := range levels[i+1] {
			lists[n.text(g.Key)] = append(lists[n.text(g.Key)], n)
		}
		for _, n := range levels[i] {
			n[g.Children] = json.RawMessage("[]")
			list := lists[n.text("id")]
			if len(list) == 0 {
				continue
			}
			var err error
			if n[g.Children], err = json.Marshal(list); err != nil {
				return err
			}
		}
	}
	return nil
}

// ascend adds what is above records.
func (g *growth) ascend(ctx context.Context, records []treeNode) error {
	levels := [][]treeNode{records}
	for last := records; len(last) > 0; {
		var err error
		if last, err = g.fetch(ctx, len(levels), "id", columnOf(last, g.Key), g.above); err != nil {
			return err
		}
		levels = append(levels, last)
	}
	for i := len(levels) - 2; i >= 0; i-- {
		parents := map[string]treeNode{}
		for _, n := range levels[i+1] {
			parents[n.text("id")] = n
		}
		for _, n := range levels[i] {
			parent, err := json.Marshal(parents[n.text(g.Key)]) // a nil one is null
			if err != nil {
				return err
			}
			n[g.Parent] = parent
			if g.bytes += len(parent); g.bytes > maxTreeBytes {
				return fault.New(fault.InvalidData, "the trees have more than %d bytes; ask for fewer records or fields at once", maxTreeBytes)
			}
		}
	}
	return nil
}

// fetch returns the records whose column has one of several values, within the
// bounds of a tree.
func (g *growth) fetch(ctx context.Context, depth int, column string, values, fields []string) ([]treeNode, error) {
	if len(values) == 0 {
		return nil, nil
	}
	if depth > maxTreeDepth {
		return nil, fault.New(fault.InvalidData, "the tree is more than %d levels deep", maxTreeDepth)
	}
	r := query.Request{
		Entity: g.entity, Fields: append(slices.Clone(fields), "id", g.Key), Filters: query.Filters{column: values},
		Order: g.Order, Visible: g.visible, Limit: maxTreeRecords + 1 - g.read,
	}
	g.sort(g.engine, &r)
	res, err := g.engine.Graph(ctx, r)
	if err != nil {
		return nil, err
	}
	if g.read += res.Rows; g.read > maxTreeRecords {
		return nil, fault.New(fault.InvalidData, "the trees have more than %d records; ask for fewer at once", maxTreeRecords)
	}
	var out []treeNode
	return out, json.Unmarshal(res.Data, &out)
}

// columnOf returns the different values of a column that are not null.
func columnOf(records []treeNode, column string) []string {
	var out []string
	for _, n := range records {
		if v := n.text(column); v != "" {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// flag reports whether a parameter of the URL is set to true.
func (c *Call) flag(name string) (bool, error) {
	text := c.Query(name)
	if text == "" {
		return false, nil
	}
	on, err := strconv.ParseBool(text)
	if err != nil {
		return false, fault.New(fault.InvalidData, "Invalid request: Expected type: 'boolean' for field '%s', got: '%s'", name, fault.Clip(text))
	}
	return on, nil
}
