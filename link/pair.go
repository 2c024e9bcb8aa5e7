package link

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// A Pair gives the ids of two records, by their models. The ends of a link of a
// model with itself are named by their Role:
//
//	link.Pair{order.Orders: "order_01…", promotion.Promotions: "promo_01…"}
//	link.Pair{link.Role("related"): "prod_01…", link.Role("related_to"): "prod_02…"}
type Pair map[Of]string

// Of names an end of a pair: a *model.Model or a Role.
type Of interface{ String() string }

// Role names an end of a link of a model with itself: its End.Alias, which is the
// model's name unless As sets another.
type Role string

// String returns the name.
func (r Role) String() string { return string(r) }

// Role returns the role of a name, if it is that of an end of a link of a model
// with itself.
func (m *Manager) Role(name string) (r Role, ok bool) {
	for _, d := range m.definitions {
		if d.self() && (d.Left.Alias == name || d.Right.Alias == name) {
			return Role(name), true
		}
	}
	return "", false
}

// self reports whether the link connects records of one model.
func (d *Definition) self() bool { return d.kind == stored && d.Left.Model == d.Right.Model }

// key returns the key of a pair that means the end.
func (d *Definition) key(p Pair, e *End) Of {
	if _, ok := p[e.Model]; ok && (!d.self() || e.Alias == e.Model.Name) {
		return e.Model
	}
	return Role(e.Alias)
}

// resolve returns the link of a pair and checks its ids. If wild is set, an id
// may be empty, which stands for any record.
func (m *Manager) resolve(p Pair, wild bool) (*Definition, entry, error) {
	if len(p) != 2 {
		return nil, entry{}, fault.New(fault.InvalidData, "a link connects two records, of different models or in different roles; %s", p.given())
	}
	d, err := m.linkOf(slices.Collect(maps.Keys(p)))
	if err != nil {
		return nil, entry{}, err
	}
	e := entry{left: p[d.key(p, &d.Left)], right: p[d.key(p, &d.Right)]}
	for i, end := range d.ends() {
		if id := e.end(i); id != "" || !wild {
			if err := checkID(end.Model, id); err != nil {
				return nil, entry{}, err
			}
		}
	}
	if d.self() && e.left == e.right && e.left != "" {
		return nil, entry{}, fault.New(fault.InvalidData, "cannot link %s %q to itself", d.Left.Model, e.left)
	}
	return d, e, nil
}

// linkOf returns the link whose ends are meant.
func (m *Manager) linkOf(of []Of) (*Definition, error) {
	if slices.Contains(of, nil) {
		return nil, fault.New(fault.InvalidData, "a pair names a model that is nil")
	}
	a, isModel := of[0].(*model.Model)
	b, areModels := of[1].(*model.Model)
	if isModel && areModels {
		return m.find(ends{a, b})
	}
	names := []string{nameOf(of[0]), nameOf(of[1])}
	slices.Sort(names)
	var found []*Definition
	for _, d := range m.linksWithin() {
		roles := []string{d.Left.Alias, d.Right.Alias}
		if slices.Sort(roles); slices.Equal(roles, names) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fault.New(fault.InvalidData, "no link of a model with itself has the ends %s and %s", names[0], names[1])
	}
	return nil, fault.New(fault.InvalidData, "more than one link has the ends %s and %s; choose one with Manager.For", names[0], names[1])
}

// linksWithin returns the manager's links of a model with itself.
func (m *Manager) linksWithin() (out []*Definition) {
	for pair, links := range m.between {
		if pair[0] == pair[1] {
			out = append(out, links...)
		}
	}
	return out
}

// given lists the ends of a pair, for messages.
func (p Pair) given() string {
	if len(p) == 0 {
		return "none given"
	}
	var names []string
	for of := range p {
		names = append(names, nameOf(of))
	}
	slices.Sort(names)
	return "given: " + strings.Join(names, ", ")
}

func nameOf(of Of) string {
	if m, ok := of.(*model.Model); of == nil || ok && m == nil {
		return "a nil model"
	}
	return of.String()
}

// maxID is the maximum length of an id in bytes. It is the limit of Medusa's
// columns, and far below that of an index.
const maxID = 255

func checkID(of *model.Model, id string) error {
	switch {
	case id == "":
		return fault.New(fault.InvalidData, "the %s of the %s is empty", of.PrimaryKey(), of)
	case len(id) > maxID:
		return fault.New(fault.InvalidData, "the %s of the %s has %d bytes; it can have at most %d", of.PrimaryKey(), of, len(id), maxID)
	case !utf8.ValidString(id):
		return fault.New(fault.InvalidData, "the %s of the %s is not valid UTF-8: %q", of.PrimaryKey(), of, id)
	case strings.IndexByte(id, 0) >= 0:
		return fault.New(fault.InvalidData, "the %s of the %s holds a NUL character: %q", of.PrimaryKey(), of, id)
	}
	return nil
}
