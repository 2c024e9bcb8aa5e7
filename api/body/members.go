package body

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

const (
	maxUnknown = 20 // unknown names of one object that a message lists
	maxPassed  = 20 // paths that Decode returns
)

// members is the state of decoding one object.
type members struct {
	*object
	into    reflect.Value
	first   int // of its problems
	seen    [maxProperties / 64]uint64
	unknown []string
}

// read decodes an object, or the value that may stand for it.
func (o *object) read(d *decoder, v reflect.Value) {
	switch {
	case d.PeekKind() == '{':
		o.members(d, v)
	case o.bare >= 0:
		o.properties[o.bare].into(d, v, false)
	default:
		d.mismatch(KindObject, d.value())
	}
}

func (o *object) members(d *decoder, v reflect.Value) {
	m := members{object: o, into: v, first: len(d.problems)}
	d.delimiter()
	for d.more() {
		name := d.name()
		if i, ok := o.byName[string(name)]; ok {
			m.known(d, i)
		} else if d.err == nil {
			m.other(d, string(name))
		}
	}
	d.delimiter()
	if d.err == nil {
		m.close(d)
	}
}

// known decodes a property. When its name occurs again, the last value and its
// problems replace the earlier ones.
func (m *members) known(d *decoder, i int) {
	p := &m.properties[i]
	again := m.has(i)
	if again {
		kept := slices.DeleteFunc(d.problems[m.first:], func(p problem) bool { return p.rank == i })
		d.problems = d.problems[:m.first+len(kept)]
	}
	m.seen[i/64] |= 1 << (i % 64)
	before := len(d.problems)
	d.enter(p.Name)
	p.into(d, m.into, again)
	d.leave()
	d.rank(before, i)
}

func (m *members) has(i int) bool { return m.seen[i/64]&(1<<(i%64)) != 0 }

// other passes over a name that is not declared, or notes that it is refused.
func (m *members) other(d *decoder, name string) {
	switch {
	case m.open && len(d.passed) < maxPassed:
		d.enter(name)
		if path := fault.Clip(d.where()); !slices.Contains(d.passed, path) {
			d.passed = append(d.passed, path)
		}
		d.leave()
	case !m.open && len(m.unknown) <= maxUnknown:
		if name = fault.Clip(name); !slices.Contains(m.unknown, name) {
			m.unknown = append(m.unknown, name)
		}
	}
	before := len(d.problems)
	d.checkLevels(d.value())
	d.rank(before, len(m.properties))
}

// close reports what is missing and what is unknown, and puts the problems in the
// order of the declaration.
func (m *members) close(d *decoder) {
	for i := range m.properties {
		if p := &m.properties[i]; p.Required && !m.has(i) {
			before := len(d.problems)
			d.enter(p.Name)
			d.say("Field '%s' is required", d.where())
			d.leave()
			d.rank(before, i)
		}
	}
	if m.unknown != nil {
		before := len(d.problems)
		d.say("Unrecognized fields: '%s'", listed(m.unknown))
		d.rank(before, len(m.properties))
	}
	if len(d.problems) > m.first+1 {
		slices.SortStableFunc(d.problems[m.first:], func(a, b problem) int { return cmp.Compare(a.rank, b.rank) })
	}
}

// listed returns names in their order; more than maxUnknown end in an ellipsis.
func listed(names []string) string {
	if len(names) > maxUnknown {
		names = names[:maxUnknown]
		slices.Sort(names)
		return strings.Join(names, ", ") + ", …"
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
