package medusa

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// written are the keys of rows of a model that an import has written, as
// module.Change names them.
type written struct{ live, deleted []string }

// watched reports whether someone watches what an import does to a model's
// rows.
func (i *importing) watched(m *model.Model) bool {
	return i.store.Watched(module.Updated, m) || i.store.Watched(module.Deleted, m)
}

// show shows the rows that were written to those who watch the store. It comes
// last, when the links and logins of a deleted record are here, too. A record
// that is deleted already is shown again when a live link to it has come.
func (i *importing) show(ctx context.Context, models []*model.Model) error {
	for _, m := range models {
		if m.Module == "link" && m.SoftDeletes() && i.written[m] != nil {
			if err := i.linksOfDeleted(ctx, m); err != nil {
				return err
			}
		}
	}
	for _, m := range models {
		w := i.written[m]
		if w == nil {
			continue
		}
		if err := i.store.Changed(ctx, module.Change{Op: module.Updated, Model: m, IDs: w.live}); err != nil {
			return err
		}
		if err := i.store.Changed(ctx, module.Change{Op: module.Deleted, Model: m, IDs: w.deleted}); err != nil {
			return err
		}
	}
	return nil
}

// linksOfDeleted adds the deleted records that live rows of a link table refer
// to.
func (i *importing) linksOfDeleted(ctx context.Context, m *model.Model) error {
	q := i.store.DB.Dialect().Quote
	for _, f := range m.Fields {
		if f.References == nil || !f.References.Model.SoftDeletes() {
			continue
		}
		end := f.References.Model
		ids, err := db.Collect[string](ctx, db.Use(ctx, i.store.DB), "SELECT DISTINCT e."+q(f.References.Column)+" FROM "+q(m.Table)+" r JOIN "+q(end.Table)+
			" e ON e."+q(f.References.Column)+" = r."+q(f.Name)+" WHERE r.deleted_at IS NULL AND e.deleted_at IS NOT NULL ORDER BY 1")
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			i.of(end).deleted = append(i.of(end).deleted, ids...)
		}
	}
	return nil
}

// of returns the written rows of a model.
func (i *importing) of(m *model.Model) *written {
	w := i.written[m]
	if w == nil {
		w = &written{}
		i.written[m] = w
	}
	return w
}

// writeNamed writes the batch and notes the rows that were new or newer.
func (t *transfer) writeNamed(ctx context.Context, c db.Conn) (n int64, err error) {
	rows, err := c.Query(ctx, t.batch.sql()+t.returning(), t.batch.args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	w := t.of(t.model)
	for ; rows.Next(); n++ {
		var id string
		var deleted bool
		if err := rows.Scan(&id, &deleted); err != nil {
			return 0, err
		}
		if deleted {
			w.deleted = append(w.deleted, id)
		} else {
			w.live = append(w.live, id)
		}
	}
	return n, rows.Err()
}

// returning names the rows that a statement wrote, and says which are deleted.
func (t *transfer) returning() string {
	q := t.store.DB.Dialect().Quote
	keys := make([]string, len(t.model.Key))
	for i, name := range t.model.Key {
		keys[i] = q(name)
	}
	deleted := "false"
	if t.model.SoftDeletes() {
		deleted = q("deleted_at") + " IS NOT NULL"
	}
	return " RETURNING " + strings.Join(keys, " || ' ' || ") + ", " + deleted
}
