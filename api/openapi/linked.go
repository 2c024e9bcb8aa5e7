package openapi

import "github.com/gorgon-commerce/gorgon/model"

// whenAsked describes properties that records do not have by default.
const whenAsked = "when the parameter fields asks for it"

// follows reports whether callers of the area may follow every relation and link.
func (e *entitySchemas) follows() bool { return e.area == "admin" }

// plain returns a reference to the schema of records that have just their columns
// by default.
func (e *entitySchemas) plain(m *model.Model, columns *jsonSchema) *jsonSchema {
	if e.follows() {
		return e.model(m)
	}
	return e.share(camel(e.area)+camel(m.Name), "InList", columns)
}

// linked adds what records have when it is asked for: their other columns, and
// the records at the end of every relation and link.
func (e *entitySchemas) linked(m *model.Model, out *jsonSchema) {
	for _, f := range m.Readable() {
		if _, there := out.Properties.find(f.Name); there {
			continue
		}
		s := columnSchema(f, f.Null)
		s.Description = whenAsked
		out.Properties.add(f.Name, s)
	}
	for _, edge := range e.engine.Models().Edges(m) {
		if _, there := out.Properties.find(edge.Name); there {
			continue
		}
		out.Properties.add(edge.Name, e.end(edge))
	}
}

// end is the schema of the records at the end of a relation or link.
func (e *entitySchemas) end(edge *model.Edge) *jsonSchema {
	if edge.To == nil || edge.Content != "" {
		s := anything(edge.Many)
		s.Description = whenAsked
		return s
	}
	if edge.Many {
		return &jsonSchema{Type: "array", Items: e.model(edge.To), Description: whenAsked}
	}
	return &jsonSchema{AllOf: []*jsonSchema{e.model(edge.To)}, Null: true, Description: whenAsked}
}

// model returns a reference to the schema of a model's records, with all their
// columns.
func (e *entitySchemas) model(m *model.Model) *jsonSchema {
	name := camel(m.Name)
	if _, there := e.texts[name]; there {
		return reference(name)
	}
	e.texts[name] = "" // the schema may lead back to itself
	s := &jsonSchema{Type: "object"}
	e.named.add(name, s)
	for _, f := range m.Readable() {
		column := columnSchema(f, f.Null)
		if f.Unlisted {
			column.Description = whenAsked
		}
		s.Properties.add(f.Name, column)
	}
	if key := m.PrimaryKey(); key != "" {
		s.Required = []string{key}
	}
	e.linked(m, s)
	return reference(name)
}

// conditionName is the schema of what a filter takes.
const conditionName = "Condition"

// conditionSchema is a value, a list of values, or a tree of operators.
func conditionSchema() *jsonSchema {
	text := &jsonSchema{Type: "string"}
	list := &jsonSchema{Type: "array", Items: text}
	tree := &jsonSchema{Type: "object", Description: "operators, or conditions on columns of a relation"}
	for _, name := range []string{"$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$like", "$ilike", "$re", "$exists"} {
		tree.Properties.add(name, text)
	}
	for _, name := range []string{"$in", "$nin", "$contains", "$overlap", "$contained"} {
		tree.Properties.add(name, list)
	}
	return &jsonSchema{AnyOf: []*jsonSchema{text, list, tree}, Description: "status=a, status[]=a&status[]=b, created_at[$gte]=2026-01-01"}
}
