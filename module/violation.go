package module

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// refused returns a violation as a fault that names the field, and any other
// error unchanged. w is what was being written.
func (s *Store) refused(ctx context.Context, err error, t *table, w writing) error {
	var v *db.Violation
	if !errors.As(err, &v) {
		return err
	}
	switch v.Kind {
	case db.UniqueViolation:
		return fault.Wrap(err, fault.DuplicateError, "%s", s.taken(ctx, v, t, w))
	case db.ForeignKeyViolation:
		return fault.Wrap(err, fault.NotFound, "%s", s.missing(ctx, v, t, w))
	case db.NotNullViolation:
		return fault.Wrap(err, fault.InvalidData, "%s.%s is missing; it needs a value", t.model, strings.Join(v.Columns, ", "))
	}
	return fault.Wrap(err, fault.InvalidData, "%s", broken(t.model, v))
}

// inUse returns the foreign key violation of a delete as a fault, and any other
// error unchanged.
func (s *Store) inUse(err error, t *table) error {
	var v *db.Violation
	if !errors.As(err, &v) || v.Kind != db.ForeignKeyViolation {
		return err
	}
	by := "other records refer to it"
	if m := s.Graph.Table(v.Table); m != nil {
		by = "a record of " + m.Name + " refers to it"
	}
	return fault.Wrap(err, fault.NotAllowed, "%s cannot be deleted while %s", fault.Article(t.model.Name), by)
}

// taken returns a message that says which value of a unique index is taken.
func (s *Store) taken(ctx context.Context, v *db.Violation, t *table, w writing) string {
	if len(v.Columns) == 0 {
		return fmt.Sprintf("%s like this exists already (unique index %q)", fault.Article(t.model.Name), v.Constraint)
	}
	values := v.Values
	if values == nil {
		values = shown(s.findTaken(ctx, t, v.Columns, w))
	}
	var with []string
	for i, c := range v.Columns {
		if values == nil || t.model.Visible(c) == nil {
			with = append(with, "this "+c)
			continue
		}
		with = append(with, c+" "+t.inWords(c, values[i]))
	}
	text := fmt.Sprintf("%s with %s exists already", fault.Article(t.model.Name), strings.Join(with, " and "))
	if where := conditions(t.model, v.Columns); len(where) > 0 {
		text += "; there can be at most one where " + strings.Join(where, ", and one where ")
	}
	return text
}

// inWords returns a value of a column as messages show it.
func (t *table) inWords(column, value string) string {
	switch c := t.byName[column]; {
	case c != nil && c.Kind == model.Text:
		return strconv.Quote(value)
	case c != nil && c.Kind == model.Bool: // PostgreSQL says t and f
		return strconv.FormatBool(value == "t" || value == "true")
	}
	return value
}

// missing returns a message that says which foreign key refers to no record.
func (s *Store) missing(ctx context.Context, v *db.Violation, t *table, w writing) string {
	var names []string
	for i := range t.columns {
		c := &t.columns[i]
		if c.References == nil || len(v.Columns) > 0 && !slices.Contains(v.Columns, c.Name) {
			continue
		}
		names = append(names, c.Name)
		value := s.findMissing(ctx, c, w)
		if len(v.Values) == 1 {
			value = v.Values[0]
		}
		if value != "" {
			return fmt.Sprintf("%s: there is no %s with %s %q", c, c.References.Model, c.References.Column, value)
		}
	}
	return fmt.Sprintf("%s refers to a record that does not exist (%s)", fault.Article(t.model.Name), strings.Join(names, ", "))
}

// broken returns a message that says which check a row violates.
func broken(m *model.Model, v *db.Violation) string {
	for _, c := range m.Checks {
		if v.Constraint == c.Name || v.Constraint == c.Expr || strings.HasSuffix(v.Constraint, "_"+c.Name) {
			return fmt.Sprintf("%s breaks the rule %s: %s must hold", fault.Article(m.Name), c.Name, c.Expr)
		}
	}
	for _, f := range m.Fields {
		if f.Enum != nil && strings.Contains(v.Constraint, f.Name) {
			return fmt.Sprintf("%s.%s must be one of %s", m, f.Name, strings.Join(f.Enum, ", "))
		}
	}
	return fmt.Sprintf("%s breaks the rule %q", fault.Article(m.Name), v.Constraint)
}
