package module

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// Abnormal is a text that stays as it is, though it is not as it would be written
// today: another record has what it would become, and must not have it twice.
type Abnormal struct {
	Model  *model.Model
	ID     string
	Column string
	Text   string
}

// String returns the text, and what is to be done about it.
func (a Abnormal) String() string {
	return fmt.Sprintf("%s of %s %s is %q; another record has %q: change or merge one of them", a.Column, a.Model, a.ID, a.Text, a.Model.Field(a.Column).Written(a.Text))
}

// Normalize rewrites the texts of a model that were not written by this version,
// or by another program, as they would be written today: see Field.Written. It
// returns those that it had to leave.
func (s *Store) Normalize(ctx context.Context, m *model.Model) ([]Abnormal, error) {
	var left []Abnormal
	var changed []string
	if key := m.Field(m.PrimaryKey()); key == nil || key.Kind != model.Text {
		return nil, nil // a pivot table has no texts
	}
	for _, f := range m.Fields {
		if f.Kind != model.Text || f.Secret || f.Enum != nil || f.References != nil || f.Name == m.PrimaryKey() {
			continue
		}
		found, err := s.abnormal(ctx, m, f)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			done, err := s.rewrite(ctx, a)
			switch {
			case err != nil:
				return nil, err
			case done:
				changed = append(changed, a.ID)
			default:
				left = append(left, a)
			}
		}
	}
	slices.Sort(changed)
	return left, s.Changed(ctx, Change{Op: Updated, Model: m, IDs: slices.Compact(changed)})
}

// abnormal returns the texts of a column that are not as they would be written.
func (s *Store) abnormal(ctx context.Context, m *model.Model, f *model.Field) ([]Abnormal, error) {
	d := s.DB.Dialect()
	column := d.Quote(f.Name)
	where := d.NotASCII(column)
	if f.AnyCase {
		where = "(" + where + " OR lower(" + column + ") <> " + column + ")"
	}
	sql := "SELECT " + d.Quote(m.PrimaryKey()) + ", " + column + " FROM " + d.Quote(m.Table) + " WHERE " + where + " ORDER BY 1"
	rows, err := db.Use(ctx, s.DB).Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Abnormal
	for rows.Next() {
		a := Abnormal{Model: m, Column: f.Name}
		if err := rows.Scan(&a.ID, &a.Text); err != nil {
			return nil, err
		}
		if f.Written(a.Text) != a.Text {
			out = append(out, a)
		}
	}
	return out, rows.Err()
}

// rewrite writes a text as it would be written today, unless a unique index
// forbids it.
func (s *Store) rewrite(ctx context.Context, a Abnormal) (done bool, err error) {
	d := s.DB.Dialect()
	column, key := d.Quote(a.Column), d.Quote(a.Model.PrimaryKey())
	sql := "UPDATE " + d.Quote(a.Model.Table) + " AS t SET " + column + " = " + d.Placeholder(1) + " WHERE t." + key + " = " + d.Placeholder(2)
	for _, i := range a.Model.Indexes {
		if i.Unique && slices.Contains(i.Columns, a.Column) {
			sql += " AND NOT EXISTS (" + rivals(d, a, i) + ")"
		}
	}
	n, err := db.Use(ctx, s.DB).Exec(ctx, sql, a.Model.Field(a.Column).Written(a.Text), a.ID)
	return n > 0, err
}

// rivals returns a query for the records that a unique index would not allow
// beside the row t, if it had the text of the first argument.
func rivals(d db.Dialect, a Abnormal, i model.Index) string {
	from := d.Quote(a.Model.Table)
	if i.Where != "" {
		from = "(SELECT * FROM " + from + " WHERE " + i.Where + ")"
	}
	conditions := []string{"o." + d.Quote(a.Model.PrimaryKey()) + " <> t." + d.Quote(a.Model.PrimaryKey())}
	for _, c := range i.Columns {
		other := "t." + d.Quote(c)
		if c == a.Column {
			other = d.Placeholder(1)
		}
		conditions = append(conditions, "o."+d.Quote(c)+" = "+other)
	}
	return "SELECT 1 FROM " + from + " AS o WHERE " + strings.Join(conditions, " AND ")
}
