package medusa

import (
	"context"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// endsExist returns the conditions that each record of a link row r exists.
func (t *transfer) endsExist() []string {
	q := t.source.dialect.Quote
	var all []string
	for _, f := range t.ends {
		to := f.References
		all = append(all, "EXISTS (SELECT 1 FROM "+t.source.quote(to.Model.Table)+" e WHERE e."+q(to.Column)+" = r."+q(f.Name)+")")
	}
	return all
}

// alone returns the columns of a link table whose values are unique among live rows,
// because of its cardinality.
func (t *transfer) alone() []string {
	var out []string
	for _, i := range t.model.Indexes {
		if i.Unique && i.Where == "" && len(i.Columns) == 1 {
			out = append(out, i.Columns[0])
		}
	}
	return out
}

// rival is a live link row that shares a column of alone with another one.
type rival struct {
	id     string
	values []string // the values of the columns of alone
}

// findRivals goes through the live rows that contradict the link's cardinality,
// the oldest first: a row that finds its place taken is imported as dismissed.
// Such rows are few; only they are held in memory.
func (t *transfer) findRivals(ctx context.Context) error {
	if t.model.Module != "link" || t.model.PrimaryKey() == "" {
		return nil
	}
	t.rivals = map[string]string{}
	for _, end := range t.ends {
		if err := t.findOutlived(ctx, end); err != nil {
			return err
		}
	}
	columns := t.alone()
	if len(columns) == 0 {
		return nil
	}
	rivals, err := t.readRivals(ctx, columns)
	if err != nil {
		return err
	}
	taken := map[string]string{}
	for _, r := range rivals {
		if t.rivals[r.id] != "" {
			continue
		}
		for n, column := range columns {
			if by := taken[column+"\x00"+r.values[n]]; by != "" {
				t.rivals[r.id] = fmt.Sprintf("dismissed: %s %s is already linked, by the older row %s", column, r.values[n], by)
			}
		}
		if t.rivals[r.id] != "" {
			continue
		}
		for n, column := range columns {
			taken[column+"\x00"+r.values[n]] = r.id
		}
	}
	return nil
}

// findOutlived finds the live rows whose record at an end is deleted: the
// source leaves them live, here they are imported as dismissed.
func (t *transfer) findOutlived(ctx context.Context, end *model.Field) error {
	q, to := t.source.dialect.Quote, end.References
	if t.source.tables[to.Model.Table].columns["deleted_at"] == "" {
		return nil
	}
	sql := "SELECT r." + q(t.model.PrimaryKey()) + "::text, r." + q(end.Name) + "::text FROM " + t.source.quote(t.model.Table) + " r JOIN " +
		t.source.quote(to.Model.Table) + " e ON e." + q(to.Column) + " = r." + q(end.Name) + " WHERE r.deleted_at IS NULL AND e.deleted_at IS NOT NULL"
	rows, err := t.source.tx.Query(ctx, sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, of string
		if err := rows.Scan(&id, &of); err != nil {
			return err
		}
		t.rivals[id] = fmt.Sprintf("dismissed: the %s %s is deleted", to.Model, of)
	}
	return rows.Err()
}

func (t *transfer) readRivals(ctx context.Context, columns []string) ([]rival, error) {
	q := t.source.dialect.Quote
	table, key := t.source.quote(t.model.Table), q(t.model.PrimaryKey())
	conditions := append(t.endsExist(), "r.deleted_at IS NULL")
	var selected, shared []string
	for _, c := range columns {
		selected = append(selected, "r."+q(c)+"::text")
		shared = append(shared, "EXISTS (SELECT 1 FROM "+table+" o WHERE o.deleted_at IS NULL AND o."+key+" <> r."+key+" AND o."+q(c)+" = r."+q(c)+")")
	}
	sql := "SELECT r." + key + "::text, " + list(selected) + " FROM " + table + " r WHERE " + strings.Join(conditions, " AND ") +
		" AND (" + strings.Join(shared, " OR ") + ") ORDER BY r.created_at, r." + key
	rows, err := t.source.tx.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []rival
	for rows.Next() {
		r := rival{values: make([]string, len(columns))}
		dest := []any{&r.id}
		for n := range r.values {
			dest = append(dest, &r.values[n])
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// dismissRival dismisses the row that was added to the batch, from args[start], if it
// is a rival. Its deleted_at is the time of its last change.
func (t *transfer) dismissRival(start int) {
	if t.rivals == nil {
		return
	}
	var id string
	var updated any
	deleted := 0
	for n, f := range t.model.Fields {
		switch f.Name {
		case t.model.PrimaryKey():
			id = t.cells[n].shown()
		case "updated_at":
			updated = t.batch.args[start+n]
		case "deleted_at":
			deleted = start + n
		}
	}
	if why := t.rivals[id]; why != "" {
		t.batch.args[deleted] = updated
		t.note(why)
	}
}
