package body

import "reflect"

// read decodes the next JSON value into a zero Go value that can be set.
type read func(d *decoder, v reflect.Value)

// object is the plan of a struct.
type object struct {
	properties []property
	byName     map[string]int
	declared   Object
	bare       int // the property that may stand for the object; -1 if there is none
	open       bool
}

// property is the plan of one property.
type property struct {
	Property
	read  read
	index []int // of its field
	whole bool  // the field is not its own: a Patch, or none
	depth int   // of embedding; the shallowest property of a name counts
	bare  bool
	key   bool // of a model, in a Patch
}

// maxProperties is the capacity of members.seen.
const maxProperties = 256

// settle keeps the shallowest property of each name, as encoding/json does.
func (g *gathered) settle() {
	all := g.properties
	g.properties, g.byName = nil, map[string]int{}
	for _, p := range all {
		if !g.shadowed(p, all) {
			g.keep(p)
		}
	}
	if len(g.properties) > maxProperties {
		g.fail("more than %d properties", maxProperties)
	}
}

// shadowed reports whether another property of the name is shallower.
func (g *gathered) shadowed(p property, all []property) bool {
	for _, other := range all {
		if other.Name == p.Name && other.depth < p.depth {
			return true
		}
	}
	return false
}

func (g *gathered) keep(p property) {
	if _, twice := g.byName[p.Name]; twice {
		g.fail("two properties are named %q", p.Name)
	}
	if p.key {
		g.fail("a Patch cannot set %q, the key of its model", p.Name)
	}
	at := len(g.properties)
	if p.bare {
		if g.bare >= 0 {
			g.fail("two fields are tagged bare")
		}
		g.bare = at
	}
	g.byName[p.Name] = at
	g.properties = append(g.properties, p)
	g.declared = append(g.declared, p.Property)
}

// typ returns the type of the object where it is nested.
func (o *object) typ() Type {
	out := Type{Kind: KindObject, Object: o.declared, Open: o.open}
	if out.Object == nil {
		out.Object = Object{}
	}
	if o.bare >= 0 {
		return o.properties[o.bare].Type.Or(out)
	}
	return out
}

// into decodes the property into its field of an object's value.
func (p *property) into(d *decoder, object reflect.Value, again bool) {
	switch {
	case !p.whole:
		field := object.FieldByIndex(p.index)
		if again {
			field.SetZero()
		}
		p.read(d, field)
	case p.index == nil:
		p.read(d, object)
	default:
		p.read(d, object.FieldByIndex(p.index))
	}
}
