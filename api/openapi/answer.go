package openapi

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// entitySchemas builds the schemas of records from the graph. Records that are
// returned alike share one schema.
type entitySchemas struct {
	engine *query.Engine
	named  pairs[*jsonSchema]
	texts  map[string]string // of the named, to find one that is there
	area   string            // of the API that the answer is of
}

// answer returns the schema of a route's response; nil without one.
func (e *entitySchemas) answer(area string, a api.Answer) *jsonSchema {
	switch {
	case a.Delete:
		return e.deletion(area, a)
	case a.Batch:
		return e.batch(area, a)
	case a.Entity != "":
		return e.envelope(area, a)
	case a.Body != nil:
		return bodySchema(a.Body, false)
	}
	return nil
}

// envelope is {key: record}, {key: records} or {key: records, count, offset,
// limit}.
func (e *entitySchemas) envelope(area string, a api.Answer) *jsonSchema {
	out := &jsonSchema{Type: "object", Required: []string{a.Key}}
	if a.Beside != nil {
		out.Properties.add(a.Beside.Key, e.record(area, *a.Beside))
		out.Required = append(out.Required, a.Beside.Key)
	}
	record := e.record(area, a)
	if !a.List && !a.Whole {
		out.Properties.add(a.Key, record)
		return out
	}
	out.Properties.add(a.Key, &jsonSchema{Type: "array", Items: record})
	if a.List {
		zero := 0.0
		for _, name := range []string{"count", "offset", "limit"} {
			out.Properties.add(name, &jsonSchema{Type: "integer", Minimum: &zero})
		}
		out.Required = append(out.Required, "offset", "limit") // count=none leaves out the count
		for _, mark := range [][2]string{
			{"count_is_estimate", "when count is an estimate: true"},
			{"search_is_partial", "when the page is not full and there are records that q has not been looked for in: true"},
		} {
			flag := typeSchema(body.Flag, false)
			flag.Description = mark[1]
			out.Properties.add(mark[0], flag)
		}
	}
	return out
}

// batch is {created, updated, deleted: {ids, object, deleted}}.
func (e *entitySchemas) batch(area string, a api.Answer) *jsonSchema {
	records := &jsonSchema{Type: "array", Items: e.record(area, a)}
	out := &jsonSchema{Type: "object", Required: []string{"created", "updated", "deleted"}}
	out.Properties.add("created", records)
	out.Properties.add("updated", records)
	if a.Plain {
		out.Properties.add("deleted", typeSchema(body.IDs, false))
		return out
	}
	out.Properties.add("deleted", bodySchema(body.Object{body.Required("ids", body.IDs), body.Required("object", body.Text), body.Required("deleted", body.Flag)}, false))
	return out
}

// deletion is {id, object, deleted}, with the record that what is gone
// belonged to where there is one.
func (e *entitySchemas) deletion(area string, a api.Answer) *jsonSchema {
	out := bodySchema(body.Object{body.Required("id", body.Text), body.Required("object", body.Text), body.Required("deleted", body.Flag)}, false)
	if a.Entity != "" {
		out.Properties.add("parent", e.record(area, a))
		out.Required = append(out.Required, "parent")
	}
	return out
}

// record returns the schema of one record as it is returned by default.
func (e *entitySchemas) record(area string, a api.Answer) *jsonSchema {
	fields := a.Fields
	if fields == nil {
		fields = []string{"*"}
	}
	found, ok := e.engine.Lookup(a.Entity, "")
	if !ok {
		return &jsonSchema{Type: "object"}
	}
	e.area = area
	at := level{entity: a.Entity, found: found}
	out := e.object(at, treeOf(fields))
	if e.follows() {
		e.linked(found.Model, out)
	}
	out.extend(a.Added)
	for path, more := range a.Below {
		if below := out.at(path); below != nil {
			below.extend(more)
		}
	}
	if key := found.Model.PrimaryKey(); key != "" {
		if _, ok := out.Properties.find(key); ok {
			out.Required = []string{key}
		}
	}
	name := camel(area) + camel(found.Model.Name)
	if a.List {
		return e.share(name, "InList", out)
	}
	return e.share(name, "", out)
}

// extend adds properties to an object.
func (s *jsonSchema) extend(more body.Object) {
	for _, added := range bodySchema(more, false).Properties {
		s.Properties.add(added.name, added.value)
	}
}

// at returns the schema of the records at a path below an object, through lists;
// nil if it has none. The path "" is the object itself.
func (s *jsonSchema) at(path string) *jsonSchema {
	if path == "" {
		return s
	}
	for name := range strings.SplitSeq(path, ".") {
		next, ok := s.Properties.find(name)
		if !ok {
			return nil
		}
		if s = next; s.Items != nil {
			s = s.Items
		}
	}
	return s
}

// share gives a schema a name, or finds the name of an equal one.
func (e *entitySchemas) share(name, suffix string, s *jsonSchema) *jsonSchema {
	b, err := json.Marshal(s)
	if err != nil {
		return s
	}
	text := string(b)
	for n := 1; ; n++ {
		try := name
		switch {
		case n == 2 && suffix != "":
			try = name + suffix
		case n > 1:
			try = name + suffix + strconv.Itoa(n)
		}
		if there, ok := e.texts[try]; !ok {
			e.texts[try] = text
			e.named.add(try, s)
		} else if there != text {
			continue
		}
		return reference(try)
	}
}

func reference(name string) *jsonSchema { return &jsonSchema{Ref: "#/components/schemas/" + name} }

// level is where a schema is built: the records at a path of an entity.
type level struct {
	entity, path string
	found        query.Found
	overlay      *model.Overlay // of the way here
	row          bool           // whether it is the row of an overlay
}

// below returns the level of a name on this one.
func (e *entitySchemas) below(at level, name string) (level, bool) {
	next := level{entity: at.entity, path: strings.TrimPrefix(at.path+"."+name, ".")}
	next.row = at.overlay != nil && at.overlay.Row == name
	var ok bool
	next.found, ok = e.engine.Lookup(at.entity, next.path)
	if n := len(next.found.Edges); ok && n > len(at.found.Edges) && next.found.Field == nil {
		next.overlay = next.found.Edges[n-1].Overlay
	}
	return next, ok
}

// object is the schema of records with the fields of a tree.
func (e *entitySchemas) object(at level, t *fieldNode) *jsonSchema {
	out := &jsonSchema{Type: "object"}
	if t.star {
		e.columns(at, t, out)
	}
	for _, kid := range t.kids {
		if _, there := out.Properties.find(kid.name); there {
			continue
		}
		if next, ok := e.below(at, kid.name); ok {
			out.Properties.add(kid.name, e.field(at, next, kid))
		}
	}
	return out
}

// columns adds all columns of a level, with what the way there adds to them.
func (e *entitySchemas) columns(at level, t *fieldNode, out *jsonSchema) {
	for _, f := range at.found.Model.Readable() {
		if f.Unlisted || f.Follows && at.row {
			continue
		}
		out.Properties.add(f.Name, at.column(f))
	}
	if at.overlay == nil {
		return
	}
	for _, o := range at.overlay.Fields {
		if at.found.Model.Visible(o.Field.Name) == nil {
			out.Properties.add(o.Field.Name, at.column(o.Field))
		}
	}
	if at.overlay.Row == "" || slices.ContainsFunc(t.kids, func(kid *fieldNode) bool { return kid.name == at.overlay.Row }) {
		return
	}
	if row, ok := e.below(at, at.overlay.Row); ok {
		out.Properties.add(at.overlay.Row, e.field(at, row, &fieldNode{name: at.overlay.Row, star: true}))
	}
}

// column is the schema of a column at a level. What the way there adds is null
// only when what stands in for it is, too.
func (at level) column(f *model.Field) *jsonSchema {
	null := f.Null
	if at.overlay != nil {
		for _, o := range at.overlay.Fields {
			if o.Field.Name != f.Name {
				continue
			}
			f, null = o.Field, o.Field.Null
			if own := at.found.Model.Field(o.Fallback); own != nil {
				null = null && own.Null
			}
		}
	}
	return columnSchema(f, null)
}

// field is the schema of one name on a level: a column, a record or a list.
func (e *entitySchemas) field(at, next level, t *fieldNode) *jsonSchema {
	switch found := next.found; {
	case found.Field != nil && strings.HasPrefix(t.name, "raw_") && at.found.Model.Field(t.name) == nil:
		raw := bodySchema(body.Object{body.Required("value", body.Text), body.Required("precision", body.Integer)}, false)
		raw.Null = found.Field.Null
		return raw
	case found.Field != nil:
		return at.column(found.Field)
	case found.Model == nil || isDocument(found):
		return anything(found.Many)
	}
	if len(t.kids) == 0 {
		t.star = true
	}
	object := e.object(next, t)
	if next.found.Many {
		if plain := len(t.kids) == 0 && next.overlay == nil; plain {
			object = e.plain(next.found.Model, object)
		}
		return &jsonSchema{Type: "array", Items: object}
	}
	object.Null = true // the record may be missing
	return object
}

// isDocument reports whether a way leads to a JSON document that stands for a
// record.
func isDocument(found query.Found) bool {
	n := len(found.Edges)
	return n > 0 && found.Edges[n-1].Content != ""
}

// anything is an object, or a list of them, of which no more is known.
func anything(many bool) *jsonSchema {
	if many {
		return &jsonSchema{Type: "array", Items: &jsonSchema{Null: true}}
	}
	return &jsonSchema{Null: true}
}

// columnSchema is the schema of the values that a column answers.
func columnSchema(f *model.Field, null bool) *jsonSchema {
	out := &jsonSchema{Null: null, Enum: enumOf(f.Enum, null)}
	switch f.Kind {
	case model.Text:
		out.Type = "string"
	case model.Int:
		out.Type = "integer"
	case model.Float, model.Decimal:
		out.Type = "number"
	case model.Bool:
		out.Type = "boolean"
	case model.Time:
		out.Type, out.Format = "string", "date-time"
	case model.TextList:
		out.Type, out.Items = "array", &jsonSchema{Type: "string"}
	case model.JSON:
		out.Null = true // any JSON at all
	}
	return out
}

// fieldNode is one name of a set of fields, and the names below it.
type fieldNode struct {
	name string
	star bool
	kids []*fieldNode
}

func treeOf(paths []string) *fieldNode {
	root := &fieldNode{}
	for _, path := range paths {
		at := root
		for name := range strings.SplitSeq(path, ".") {
			if name == "*" {
				at.star = true
				break
			}
			at = at.kid(name)
		}
	}
	return root
}

func (n *fieldNode) kid(name string) *fieldNode {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	k := &fieldNode{name: name}
	n.kids = append(n.kids, k)
	return k
}
