package link

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// A Row is a row of a link table.
type Row struct {
	Link      string            `json:"link"` // the name of the table
	ID        string            `json:"id"`
	Keys      map[string]string `json:"keys"`           // the two keys, by column
	Data      Data              `json:"data,omitempty"` // the extra columns; nil if the link has none
	CreatedAt time.Time         `json:"created_at"`
	UpdatedAt time.Time         `json:"updated_at"`
	DeletedAt *time.Time        `json:"deleted_at"`
}

// MarshalJSON encodes the row with timestamps as every record has them.
func (r Row) MarshalJSON() ([]byte, error) {
	type row Row
	out := struct {
		row
		CreatedAt string  `json:"created_at"`
		UpdatedAt string  `json:"updated_at"`
		DeletedAt *string `json:"deleted_at"`
	}{row: row(r), CreatedAt: wireTime(r.CreatedAt), UpdatedAt: wireTime(r.UpdatedAt)}
	if r.DeletedAt != nil {
		out.DeletedAt = new(wireTime(*r.DeletedAt))
	}
	return json.Marshal(out)
}

func wireTime(t time.Time) string { return t.UTC().Format(model.TimeFormat) }

// pair returns the keys of a row.
func (d *Definition) pair(r Row) entry {
	return entry{left: r.Keys[d.Left.Column], right: r.Keys[d.Right.Column]}
}

// newRow returns the row that an entry becomes if its pair is new.
func (d *Definition) newRow(table string, e entry, now time.Time) Row {
	r := Row{Link: table, ID: e.id, Keys: map[string]string{d.Left.Column: e.left, d.Right.Column: e.right}, CreatedAt: now, UpdatedAt: now}
	if len(d.columns) == 0 {
		return r
	}
	r.Data = make(Data, len(d.columns))
	for i, f := range d.columns {
		r.Data[f.Name] = own(d.defaults[i])
	}
	maps.Copy(r.Data, e.data)
	return r
}

// own returns v, or a copy if v is a slice, so that it is not shared with the
// caller.
func own(v any) any {
	switch v := v.(type) {
	case []string:
		return slices.Clone(v)
	case model.RawJSON:
		return slices.Clone(v)
	}
	return v
}

// checkData checks values for extra columns and returns them as statement
// arguments.
func (d *Definition) checkData(data Data) (Data, error) {
	if len(data) == 0 {
		return nil, nil
	}
	out := make(Data, len(data))
	for name, v := range data {
		f := d.extra(name)
		if f == nil {
			return nil, d.noColumn(name)
		}
		checked, err := module.CheckValue(d.rows, f, v)
		if err != nil {
			return nil, err
		}
		out[name] = checked
	}
	return out, nil
}

// extra returns the extra column with a name, or nil.
func (d *Definition) extra(name string) *model.Field {
	for _, f := range d.columns {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func (d *Definition) noColumn(name string) error {
	if len(d.columns) == 0 {
		return fault.New(fault.InvalidData, "the link %s has no extra columns, so %q is unknown", d, name)
	}
	var have []string
	for _, f := range d.columns {
		have = append(have, f.Name)
	}
	return fault.New(fault.InvalidData, "the link %s has no extra column %q; it has: %s", d, name, strings.Join(have, ", "))
}

// selected returns the list of columns for read. table is the qualifier of the
// link table: "t.", or "" after RETURNING, where SQLite does not allow one.
func (d *Definition) selected(q db.Dialect, table string) string {
	names := []string{"id", d.Left.Column, d.Right.Column, "created_at", "updated_at", "deleted_at"}
	for _, f := range d.columns {
		names = append(names, f.Name)
	}
	for i, n := range names {
		names[i] = table + q.Quote(n)
	}
	return strings.Join(names, ", ")
}

// read runs a query for the columns of selected and returns the rows.
func (d *Definition) read(ctx context.Context, c db.Conn, sql string, args ...any) ([]Row, error) {
	rows, err := c.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	table, out := d.TableName(), []Row{}
	for rows.Next() {
		r, err := d.scan(rows, table)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

func (d *Definition) scan(rows db.Rows, table string) (Row, error) {
	r := Row{Link: table}
	var left, right string
	dest := []any{&r.ID, &left, &right, &r.CreatedAt, &r.UpdatedAt, &r.DeletedAt}
	holders := make([]any, len(d.columns))
	for i, f := range d.columns {
		holders[i] = module.Holder(f)
		dest = append(dest, holders[i])
	}
	if err := rows.Scan(dest...); err != nil {
		return r, err
	}
	r.Keys = map[string]string{d.Left.Column: left, d.Right.Column: right}
	if len(d.columns) > 0 {
		r.Data = make(Data, len(d.columns))
	}
	for i, f := range d.columns {
		r.Data[f.Name] = module.Held(holders[i])
	}
	return r, nil
}
