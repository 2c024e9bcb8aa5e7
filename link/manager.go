package link

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// A Manager writes stored links. Every method takes any number of pairs or
// records, runs in the transaction that ctx carries or in one of its own, and
// writes all or nothing. A Manager is safe for concurrent use.
type Manager struct {
	store       *module.Store
	definitions []*Definition
	between     map[ends][]*Definition // stored links by their models, in both orders
	journal     *model.Model           // nil if no stored link was ever installed
}

// ends are the two models of a pair.
type ends [2]*model.Model

// NewManager returns a manager of links. The definitions are those returned by
// Install for the store's graph. NewManager registers a watcher on the store, so
// that links follow its records; see "Deleting records" in the package comment.
func NewManager(s *module.Store, definitions []*Definition) *Manager {
	m := &Manager{store: s, definitions: definitions, journal: s.Graph.Table(journalTable)}
	m.index(definitions)
	s.Watch(m.watcher())
	return m
}

func (m *Manager) index(definitions []*Definition) {
	m.between = map[ends][]*Definition{}
	for _, d := range definitions {
		if d.kind != stored {
			continue
		}
		left, right := d.Left.Model, d.Right.Model
		m.between[ends{left, right}] = append(m.between[ends{left, right}], d)
		if left != right {
			m.between[ends{right, left}] = append(m.between[ends{right, left}], d)
		}
	}
}

// For returns a manager of a single stored link, given by its table or entity.
// It is needed for models that have more than one link with each other. Its
// Delete and Restore still apply to all links.
func (m *Manager) For(link string) (*Manager, error) {
	var names []string
	for _, d := range m.definitions {
		if d.kind != stored {
			continue
		}
		if d.TableName() == link || slices.Contains(d.entities, link) {
			one := *m
			one.index([]*Definition{d})
			return &one, nil
		}
		names = append(append(names, d.TableName()), d.entities...)
	}
	return nil, fault.New(fault.InvalidData, "there is no stored link %q%s", link, fault.DidYouMean(link, names))
}

// links reports whether a model is at an end of a stored link.
func (m *Manager) links(of *model.Model) bool {
	for pair := range m.between {
		if pair[0] == of {
			return true
		}
	}
	return false
}

// Data holds values for a link's extra columns, by name; nil is null.
type Data map[string]any

// An Entry is a pair with data. Extra columns that Data does not name keep their
// value, or get their default in a new row.
type Entry struct {
	Pair Pair
	Data Data
}

// entry is an Entry whose link is known, or the row that it becomes.
type entry struct {
	left, right string
	id          string // the id of the row if it is new
	data        Data   // checked
}

// compare orders entries by their keys.
func (e entry) compare(o entry) int {
	if c := strings.Compare(e.left, o.left); c != 0 {
		return c
	}
	return strings.Compare(e.right, o.right)
}

// find returns the stored link between two models.
func (m *Manager) find(pair ends) (*Definition, error) {
	if found := m.between[pair]; len(found) == 1 {
		return found[0], nil
	}
	a, b := pair[0], pair[1]
	if a == nil || b == nil {
		return nil, fault.New(fault.InvalidData, "a pair names a model that is nil")
	}
	if b.Name < a.Name { // the pair was a map, so the order of a and b is random
		a, b = b, a
	}
	if found := m.between[pair]; len(found) > 1 {
		var tables []string
		for _, d := range found {
			tables = append(tables, d.TableName())
		}
		return nil, fault.New(fault.InvalidData, "%s and %s have more than one link: %s; choose one with Manager.For", a, b, strings.Join(tables, ", "))
	}
	if d := m.byColumn(a, b); d != nil {
		return nil, fault.New(fault.InvalidData, "%s and %s are linked by the column %s of %s: update that column instead of creating or dismissing a link%s%s",
			a, b, d.column, d.Left.Model, m.partners(a, ""), m.partners(b, ""))
	}
	return nil, fault.New(fault.InvalidData, "there is no link between %s and %s%s%s", a, b, m.partners(a, " has no stored links"), m.partners(b, " has no stored links"))
}

// byColumn returns the read-only link between two models, or nil.
func (m *Manager) byColumn(a, b *model.Model) *Definition {
	for _, d := range m.definitions {
		left, right := d.Left.Model, d.Right.Model
		if d.kind == readOnly && (left == a && right == b || left == b && right == a) {
			return d
		}
	}
	return nil
}

// partners says what a model can be linked to, as the end of a message. If it is
// nothing, partners says otherwise, unless that is "".
func (m *Manager) partners(a *model.Model, otherwise string) string {
	var names []string
	for pair := range m.between {
		if pair[0] == a {
			names = append(names, pair[1].Name)
		}
	}
	switch {
	case len(names) == 0 && otherwise == "":
		return ""
	case len(names) == 0:
		return "; " + a.Name + otherwise
	}
	slices.Sort(names)
	return "; " + a.Name + " can be linked to " + strings.Join(names, ", ")
}

// conn returns the transaction that ctx carries, or the database.
func (m *Manager) conn(ctx context.Context) db.Conn { return db.Use(ctx, m.store.DB) }

func (m *Manager) dialect() db.Dialect { return m.store.DB.Dialect() }
