package link

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Manager writes stored links. Every method takes one or many at once, runs in
// the transaction that ctx carries or in one of its own, and writes all or
// nothing.
type Manager struct {
	store       *module.Store
	definitions []*Definition
	journal     *model.Model // of deletes, for Restore
}

// NewManager makes a manager of the definitions, which must be installed in
// the store's graph.
func NewManager(s *module.Store, definitions []*Definition) *Manager {
	return &Manager{store: s, definitions: definitions, journal: s.Graph.Table(Journal().Table)}
}

// On is the same manager over another store of the same graph: one with a clock
// or ids of its own.
func (m *Manager) On(s *module.Store) *Manager { return NewManager(s, m.definitions) }

// Pair names two records to be linked, by their models.
type Pair map[*model.Model]string

// Data are values for a link's extra columns, by name.
type Data map[string]any

// Entry is a pair with data. Extra columns it does not name keep their value,
// or get their default in a new row.
type Entry struct {
	Pair Pair
	Data Data
}

// Row is a row of a link table.
type Row struct {
	Link      string            `json:"link"` // the table
	ID        string            `json:"id"`
	Keys      map[string]string `json:"keys"` // the two keys, by column
	Data      Data              `json:"data,omitempty"`
	CreatedAt time.Time         `json:"created_at"`
	UpdatedAt time.Time         `json:"updated_at"`
	DeletedAt *time.Time        `json:"deleted_at"`
}

// entry is an Entry whose link is known.
type entry struct {
	definition  *Definition
	left, right string
	data        Data
	shape       string // the names of its data, for batches
}

// find is the stored link between two models.
func (m *Manager) find(a, b *model.Model) (*Definition, error) {
	var found []*Definition
	for _, d := range m.definitions {
		if d.between(a, b) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fault.New(fault.InvalidData, "there is no stored link between %s and %s%s", a, b, m.partners(a))
	}
	return nil, fault.New(fault.InvalidData, "%s and %s have more than one link; use the manager's For with the one you mean", a, b)
}

// partners lists what a model can be linked to.
func (m *Manager) partners(a *model.Model) string {
	var names []string
	for _, d := range m.definitions {
		if d.kind == stored && d.Left.Model == a {
			names = append(names, d.Right.Model.Name)
		} else if d.kind == stored && d.Right.Model == a {
			names = append(names, d.Left.Model.Name)
		}
	}
	if len(names) == 0 {
		return "; " + a.Name + " has none at all"
	}
	return "; " + a.Name + " can be linked to " + strings.Join(names, ", ")
}

// resolve finds the link of a pair and checks its ids. With wild, an id may be
// empty and stands for any.
func (m *Manager) resolve(p Pair, data Data, wild bool) (entry, error) {
	models := make([]*model.Model, 0, 2)
	for e := range p {
		if e == nil {
			return entry{}, fault.New(fault.InvalidData, "a link names a model that does not exist")
		}
		models = append(models, e)
	}
	if len(models) != 2 {
		return entry{}, fault.New(fault.InvalidData, "a link joins two records of different models; %d given", len(models))
	}
	d, err := m.find(models[0], models[1])
	if err != nil {
		return entry{}, err
	}
	for e, id := range p {
		if id == "" && !wild {
			return entry{}, fault.New(fault.InvalidData, "the id of the %s to link is empty", e)
		}
		if !utf8.ValidString(id) || strings.IndexByte(id, 0) >= 0 {
			return entry{}, fault.New(fault.InvalidData, "the id of the %s to link is not valid UTF-8", e)
		}
	}
	out := entry{definition: d, left: p[d.Left.Model], right: p[d.Right.Model], data: data}
	out.shape, err = d.checkData(data)
	return out, err
}

// checkData checks the names of extra columns and answers them joined.
func (d *Definition) checkData(data Data) (string, error) {
	names := make([]string, 0, len(data))
	for name := range data {
		if !slices.ContainsFunc(d.columns, func(f *model.Field) bool { return f.Name == name }) {
			var have []string
			for _, f := range d.columns {
				have = append(have, f.Name)
			}
			return "", fault.New(fault.InvalidData, "the link %s has no extra column %q; it has: %s", d, name, strings.Join(have, ", "))
		}
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, ","), nil
}

// now is the time of a write, in the precision of the wire.
func (m *Manager) now() time.Time {
	now := time.Now
	if m.store.Now != nil {
		now = m.store.Now
	}
	return now().UTC().Truncate(time.Millisecond)
}

// columns are the link table's columns in the order rows are read.
func (d *Definition) selected(q func(string) string) string {
	names := []string{"id", d.Left.Column, d.Right.Column, "created_at", "updated_at", "deleted_at"}
	for _, f := range d.columns {
		names = append(names, f.Name)
	}
	for i, n := range names {
		names[i] = q(n)
	}
	return strings.Join(names, ", ")
}

// read scans rows selected with selected.
func (d *Definition) read(ctx context.Context, c db.Conn, sql string, args ...any) ([]Row, error) {
	rows, err := c.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Row{}
	for rows.Next() {
		r := Row{Link: d.TableName()}
		var left, right string
		dest := []any{&r.ID, &left, &right, &r.CreatedAt, &r.UpdatedAt, &r.DeletedAt}
		values := make([]any, len(d.columns))
		for i, f := range d.columns {
			values[i] = module.Holder(f)
			dest = append(dest, values[i])
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		r.Keys = map[string]string{d.Left.Column: left, d.Right.Column: right}
		for i, f := range d.columns {
			if r.Data == nil {
				r.Data = Data{}
			}
			r.Data[f.Name] = module.Held(values[i])
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
