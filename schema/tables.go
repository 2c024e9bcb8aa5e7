package schema

import (
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/schema"
	"github.com/gorgon-commerce/gorgon/model"
)

// desired returns the tables of the models. Atlas modifies them, so every plan
// needs new ones.
func desired(models []*model.Model, e engine) (*schema.Schema, error) {
	b := builder{engine: e, schema: &schema.Schema{}, names: indexNames{}}
	for _, m := range models {
		if err := b.table(m); err != nil {
			return nil, fmt.Errorf("model %s: %w", m, err)
		}
	}
	for _, m := range models {
		if err := b.references(m); err != nil {
			return nil, fmt.Errorf("model %s: %w", m, err)
		}
	}
	return b.schema, nil
}

type builder struct {
	engine engine
	schema *schema.Schema
	names  indexNames
}

func (b *builder) table(m *model.Model) error {
	if err := checkNames(m); err != nil {
		return err
	}
	t := &schema.Table{Name: m.Table}
	b.schema.AddTables(t)
	for _, f := range m.Fields {
		c, err := b.column(m, f)
		if err != nil {
			return fmt.Errorf("field %s: %w", f.Name, err)
		}
		t.Columns = append(t.Columns, c)
		if check := enumCheck(m, f); check != nil {
			t.Attrs = append(t.Attrs, check)
		}
	}
	for _, c := range m.Checks {
		t.Attrs = append(t.Attrs, &schema.Check{Name: shorten(c.Name), Expr: "(" + c.Expr + ")"})
	}
	key, err := parts(t, m.Key)
	if err != nil {
		return err
	}
	t.PrimaryKey = &schema.Index{Table: t, Unique: true, Parts: key}
	return b.indexes(t, m)
}

// checkNames returns an error for names that PostgreSQL would truncate.
func checkNames(m *model.Model) error {
	names := []string{m.Table}
	for _, f := range m.Fields {
		names = append(names, f.Name)
	}
	for _, n := range names {
		if n == "" || len(n) > maxName {
			return fmt.Errorf("%q is not a valid name for a table or column: it must have 1 to %d bytes", n, maxName)
		}
	}
	return nil
}

func (b *builder) column(m *model.Model, f *model.Field) (*schema.Column, error) {
	var value string
	if f.Default != "" {
		var err error
		if value, err = canonical(f); err != nil {
			return nil, err
		}
	}
	c, err := b.engine.column(f, value)
	if err != nil {
		return nil, err
	}
	c.Name = f.Name
	c.Type.Null = f.Null && !f.Serial && !slices.Contains(m.Key, f.Name)
	return c, nil
}

// enumCheck returns the check that a field has one of its allowed values. It
// returns nil if any value is allowed, or if the field is a list, whose elements
// a check of SQLite cannot access.
func enumCheck(m *model.Model, f *model.Field) *schema.Check {
	if len(f.Enum) == 0 || f.Kind != model.Text && f.Kind != model.Int {
		return nil
	}
	values := slices.Clone(f.Enum)
	if f.Kind == model.Text {
		for i, v := range values {
			values[i] = quote(v)
		}
	}
	return &schema.Check{
		Name: shorten(m.Table + "_" + f.Name + "_check"),
		Expr: "(" + ident(f.Name) + " IN (" + strings.Join(values, ", ") + "))",
	}
}

func (b *builder) indexes(t *schema.Table, m *model.Model) error {
	for n, i := range m.Indexes {
		same := func(o model.Index) bool {
			return o.Unique == i.Unique && o.Where == i.Where && slices.Equal(o.Columns, i.Columns)
		}
		if slices.ContainsFunc(m.Indexes[:n], same) {
			continue // declared twice
		}
		columns, err := parts(t, i.Columns)
		if err != nil {
			return fmt.Errorf("an index: %w", err)
		}
		index := &schema.Index{Name: b.names.name(m, i), Unique: i.Unique, Table: t, Parts: columns}
		if p := predicate(m, i); p != "" {
			index.Attrs = append(index.Attrs, b.engine.predicate(p))
		}
		t.Indexes = append(t.Indexes, index)
	}
	return nil
}

func parts(t *schema.Table, columns []string) ([]*schema.IndexPart, error) {
	var out []*schema.IndexPart
	for n, name := range columns {
		c, ok := t.Column(name)
		if !ok {
			return nil, fmt.Errorf("there is no field %q", name)
		}
		out = append(out, &schema.IndexPart{SeqNo: n + 1, C: c})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("a key must have at least one field")
	}
	return out, nil
}

// references adds the foreign keys, once all tables exist.
func (b *builder) references(m *model.Model) error {
	t, _ := b.schema.Table(m.Table)
	for _, f := range m.Fields {
		if f.References == nil {
			continue
		}
		to, ok := b.schema.Table(f.References.Model.Table)
		if !ok {
			return fmt.Errorf("field %s refers to %s, which is not among the models", f.Name, f.References.Model)
		}
		column, ok := to.Column(f.References.Column)
		if !ok {
			return fmt.Errorf("field %s refers to %s.%s, which does not exist", f.Name, f.References.Model, f.References.Column)
		}
		from, _ := t.Column(f.Name)
		t.ForeignKeys = append(t.ForeignKeys, &schema.ForeignKey{
			Symbol: shorten(m.Table + "_" + f.Name + "_foreign"), Table: t, Columns: []*schema.Column{from},
			RefTable: to, RefColumns: []*schema.Column{column},
			OnUpdate: schema.Cascade, OnDelete: schema.ReferenceOption(f.References.OnDelete),
		})
	}
	return nil
}

// checks returns the check constraints of a table.
func checks(t *schema.Table) (out []*schema.Check) {
	for _, a := range t.Attrs {
		if c, ok := a.(*schema.Check); ok {
			out = append(out, c)
		}
	}
	return out
}
