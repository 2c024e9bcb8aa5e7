package body

import (
	"bytes"
	"fmt"
	"reflect"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Schema decodes JSON bodies into values of T. It is made once, by For, and is
// safe for concurrent use.
type Schema[T any] struct {
	plan *object
}

// For returns the Schema of T, a struct or a module.Patch. The columns are those
// of the models whose structs or patches T contains.
//
// An unknown tag, two properties of one name, an unsupported Go type, the struct
// of a model without its columns, or columns that T does not use are mistakes of
// the program, so For panics on them.
func For[T any](columns ...Columns) *Schema[T] {
	t := reflect.TypeFor[T]()
	c := &compiler{columns: columns, used: make([]bool, len(columns)), where: t.String()}
	if t != patchType && t.Kind() != reflect.Struct {
		c.fail("a body is a struct or a module.Patch")
	}
	plan := c.object(t, false)
	c.checkUsed()
	return &Schema[T]{plan}
}

// Object returns the declaration of the body.
func (s *Schema[T]) Object() Object { return s.plan.declared }

// Open reports whether names that the body does not have are passed over
// rather than refused.
func (s *Schema[T]) Open() bool { return s.plan.open }

// Decode returns the value of a JSON object, and the paths of the names in it
// that were passed over, at most 20. Empty text stands for {}. When a name
// occurs twice, its last value counts. The error is a *fault.Error.
func (s *Schema[T]) Decode(text []byte) (*T, []string, error) {
	if !utf8.Valid(text) {
		return nil, nil, fault.New(fault.InvalidData, "the body is not UTF-8")
	}
	if len(bytes.TrimSpace(text)) == 0 {
		text = []byte("{}")
	}
	out := new(T)
	if p, ok := any(out).(*module.Patch); ok {
		*p = module.Patch{}
	}
	d := newDecoder(text)
	if err := d.body(s.plan, reflect.ValueOf(out).Elem()); err != nil {
		return nil, nil, err
	}
	return out, d.passed, nil
}

// fail panics with a mistake of the program.
func (c *compiler) fail(format string, args ...any) {
	panic(fmt.Sprintf("body: %s: %s", c.where, fmt.Sprintf(format, args...)))
}

// checkUsed panics when columns were given that T has no place for.
func (c *compiler) checkUsed() {
	for i, used := range c.used {
		if !used {
			c.fail("nothing takes the columns of %s: embed its struct, or tag a module.Patch with columns=%[1]s", c.columns[i].model)
		}
	}
}
