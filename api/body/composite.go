package body

import (
	"reflect"

	"github.com/gorgon-commerce/gorgon/fault"
)

// list reads a slice type.
func (c *compiler) list(t reflect.Type, r rules) (Type, read) {
	typ, element := c.value(t.Elem(), r.elements())
	l := &list{typ: Type{Kind: KindArray, Elements: &typ, MinItems: r.minItems}, element: element, kind: KindArray, single: r.single}
	if !r.single {
		return l.typ, l.read
	}
	if typ.Kind == KindArray || typ.Kind == KindAny {
		c.fail("single does not go with the Go type %s", t)
	}
	l.kind = typ.Kind
	return typ.Or(l.typ), l.read
}

type list struct {
	typ     Type
	element read
	kind    Kind // for messages
	single  bool
}

func (l *list) read(d *decoder, v reflect.Value) {
	switch kind := d.PeekKind(); {
	case kind == '[':
		l.elements(d, v)
	case l.single:
		v.Grow(1)
		v.SetLen(1)
		l.element(d, v.Index(0))
		l.checkLength(d, 1)
	default:
		d.mismatch(l.kind, d.value())
	}
}

func (l *list) elements(d *decoder, v reflect.Value) {
	before, n := len(d.problems), 0
	d.delimiter()
	for ; d.more(); n++ {
		if len(d.problems)-before > maxProblems {
			d.value()
			continue
		}
		v.Grow(1)
		v.SetLen(n + 1)
		d.enterIndex(n)
		l.element(d, v.Index(n))
		d.leave()
	}
	d.delimiter()
	if n == 0 {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	}
	l.checkLength(d, n)
}

func (l *list) checkLength(d *decoder, n int) {
	if n < l.typ.MinItems {
		d.tooSmall(l.typ.MinItems)
	}
}

// dictionary reads a map type: an object that takes any keys.
func (c *compiler) dictionary(t reflect.Type, r rules) (Type, read) {
	if t.Key().Kind() != reflect.String {
		c.fail("the keys of %s are not strings", t)
	}
	typ, element := c.value(t.Elem(), r.elements())
	m := &dictionary{key: t.Key(), value: t.Elem(), element: element}
	return Type{Kind: KindObject, Elements: &typ}, m.read
}

type dictionary struct {
	key, value reflect.Type
	element    read
}

func (m *dictionary) read(d *decoder, v reflect.Value) {
	if d.PeekKind() != '{' {
		d.mismatch(KindObject, d.value())
		return
	}
	before := len(d.problems)
	d.delimiter()
	v.Set(reflect.MakeMap(v.Type()))
	key, value := reflect.New(m.key).Elem(), reflect.New(m.value).Elem()
	for d.more() {
		name := string(d.name())
		if len(d.problems)-before > maxProblems {
			d.value()
			continue
		}
		d.checkText(name, Text)
		d.enter(fault.Clip(name))
		value.SetZero()
		m.element(d, value)
		d.leave()
		key.SetString(name)
		v.SetMapIndex(key, value)
	}
	d.delimiter()
}
