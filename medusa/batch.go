package medusa

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// batch collects rows of a table and writes them with one statement.
type batch struct {
	dialect db.Dialect
	model   *model.Model
	fields  []*model.Field
	most    int // the maximum number of rows of one statement
	rows    int
	args    []any
	text    string // the statement for the maximum number of rows
}

// batchRows is the maximum number of rows held in memory.
const batchRows = 1000

func newBatch(d db.Dialect, m *model.Model) *batch {
	return &batch{dialect: d, model: m, most: min(batchRows, d.MaxArgs()/len(m.Fields)), fields: fieldsOf(m)}
}

func (b *batch) full() bool { return b.rows == b.most }

func (b *batch) clear() {
	clear(b.args)
	b.rows, b.args = 0, b.args[:0]
}

// write writes the rows, and shows those that were new or newer to whoever
// watches the store. It returns how many those were, and the ids of the
// soft-deleted ones among them, which are shown when all tables are here.
func (b *batch) write(ctx context.Context, s *module.Store) (n int64, gone []string, err error) {
	text := b.text
	if !b.full() || text == "" {
		text = b.statement(b.rows)
	}
	if b.full() {
		b.text = text
	}
	conn := db.Use(ctx, s.DB)
	deletes := b.model.SoftDeletes() && s.Watched(module.Deleted, b.model)
	if !deletes && !s.Watched(module.Updated, b.model) {
		n, err = conn.Exec(ctx, text, b.args...)
		return n, nil, err
	}
	deleted := "FALSE"
	if b.model.SoftDeletes() {
		deleted = b.dialect.Quote("deleted_at") + " IS NOT NULL"
	}
	rows, err := conn.Query(ctx, text+" RETURNING "+s.Identity(b.model)+", "+deleted, b.args...)
	if err != nil {
		return 0, nil, err
	}
	live, gone, err := written(rows)
	if err != nil {
		return 0, nil, err
	}
	return int64(len(live) + len(gone)), gone, s.Changed(ctx, module.Change{Op: module.Updated, Model: b.model, IDs: live})
}

// written reads the ids of written rows: live ones, and soft-deleted ones.
func written(rows db.Rows) (live, gone []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var id string
		var deleted bool
		if err := rows.Scan(&id, &deleted); err != nil {
			return nil, nil, err
		}
		if deleted {
			gone = append(gone, id)
		} else {
			live = append(live, id)
		}
	}
	return live, gone, rows.Err()
}

// statement returns the statement that inserts rows, and updates existing rows that
// are older.
func (b *batch) statement(rows int) string {
	q := b.dialect.Quote
	var columns, keys, set []string
	for _, f := range b.fields {
		columns = append(columns, q(f.Name))
		if slices.Contains(b.model.Key, f.Name) {
			keys = append(keys, q(f.Name))
		} else {
			set = append(set, q(f.Name)+" = excluded."+q(f.Name))
		}
	}
	var s strings.Builder
	s.WriteString("INSERT INTO " + q(b.model.Table) + " (" + list(columns) + ") VALUES ")
	s.WriteString(db.RowsOf(b.dialect, len(columns), rows))
	s.WriteString(" ON CONFLICT (" + list(keys) + ") DO ")
	if b.model.Field("updated_at") == nil || b.model.Field("created_at") == nil {
		s.WriteString("NOTHING")
		return s.String()
	}
	// The source's row is newer; or ours was created here, later, and never changed.
	ours := q(b.model.Table) + "."
	fmt.Fprintf(&s, "UPDATE SET %s WHERE excluded.updated_at > %[2]supdated_at OR %[2]supdated_at = %[2]screated_at AND %[2]screated_at > excluded.updated_at", list(set), ours)
	return s.String()
}

// unwritable returns a violation of our database as an error that explains it, and any
// other error unchanged.
func unwritable(err error, m *model.Model) error {
	var v *db.Violation
	if !errors.As(err, &v) {
		return err
	}
	of := strings.Join(v.Columns, ", ")
	if v.Values != nil {
		of += " (" + strings.Join(v.Values, ", ") + ")"
	}
	switch v.Kind {
	case db.UniqueViolation:
		return fault.Wrap(err, fault.DuplicateError, "%s cannot be imported: a record here and one of the source, with different ids, have the same %s; import into an empty database, or change the record here first. Nothing was written", m, of)
	case db.ForeignKeyViolation:
		return fault.Wrap(err, fault.InvalidData, "%s cannot be imported: a row refers to a record that does not exist%s. Nothing was written", m, by(of))
	case db.NotNullViolation:
		return fault.Wrap(err, fault.InvalidData, "%s cannot be imported: a row has no %s. Nothing was written", m, of)
	}
	return fault.Wrap(err, fault.InvalidData, "%s cannot be imported: a row violates the constraint %s. Nothing was written", m, v.Constraint)
}

func by(columns string) string {
	if columns == "" {
		return ""
	}
	return " by its " + columns
}
