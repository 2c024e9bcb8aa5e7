package query

import (
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Option narrows a typed query.
type Option func(*Request)

// Where adds a condition; several must all hold.
func Where(f Filters) Option {
	return func(r *Request) {
		if r.Filters == nil {
			r.Filters = f
			return
		}
		r.Filters = Filters{"$and": []Filters{r.Filters, f}}
	}
}

// OrderBy sets the sort keys: "-total", "customer.email".
func OrderBy(keys ...string) Option { return func(r *Request) { r.Order = keys } }

// Limit sets the most records to answer.
func Limit(n int) Option { return func(r *Request) { r.Limit = n } }

// Offset sets how many records to skip.
func Offset(n int) Option { return func(r *Request) { r.Offset = n } }

// After continues behind an earlier page: its Metadata.Next.
func After(cursor string) Option { return func(r *Request) { r.After = cursor } }

// WithCount asks for the number of all matching records.
func WithCount() Option { return func(r *Request) { r.Count = true } }

// WithDeleted includes soft-deleted records.
func WithDeleted() Option { return func(r *Request) { r.WithDeleted = true } }

// AtVersion reads an order's versioned rows as they were.
func AtVersion(v int64) Option { return func(r *Request) { r.Version = v } }

// List answers records in the shape of T: the struct is the query. Its json
// names are the fields asked for; a struct, a pointer to one or a slice of them
// is a relation. A name that the graph does not know is an error.
//
//	type Row struct {
//		ID       string                                `json:"id"`
//		Customer *struct{ Email string `json:"email"` } `json:"customer"`
//		Items    []struct{ Title string `json:"title"` } `json:"items"`
//	}
//	rows, page, err := query.List[Row](ctx, e, "order", query.OrderBy("-created_at"), query.Limit(20))
func List[T any](ctx context.Context, e *Engine, entity string, options ...Option) ([]T, Metadata, error) {
	r, err := typedRequest[T](e, entity, options)
	if err != nil {
		return nil, Metadata{}, err
	}
	res, err := e.Graph(ctx, r)
	if err != nil {
		return nil, Metadata{}, err
	}
	rows := make([]T, 0, res.Rows)
	if err := json.Unmarshal(res.Data, &rows); err != nil {
		return nil, Metadata{}, fault.Wrap(err, fault.InvalidData, "the records of %s do not fit %s: %v", entity, reflect.TypeFor[T](), err)
	}
	return rows, res.Metadata, nil
}

// Get answers the one record with that primary key, in the shape of T; a
// missing one is an error of type not_found.
func Get[T any](ctx context.Context, e *Engine, entity, id string, options ...Option) (T, error) {
	var none T
	m, err := e.graph.Model(entity)
	if err != nil {
		return none, err
	}
	options = append(options, Where(Filters{m.PrimaryKey(): id}), func(r *Request) { r.Limit = 1 })
	rows, _, err := List[T](ctx, e, entity, options...)
	if err != nil {
		return none, err
	}
	if len(rows) == 0 {
		return none, fault.New(fault.NotFound, "%s %s not found: %s", m, m.PrimaryKey(), fault.Clip(id))
	}
	return rows[0], nil
}

// Check reports whether T fits an entity of the graph: every name known, every
// relation one or many as the struct has it. Call it at start-up.
func Check[T any](e *Engine, entity string) error {
	r, err := typedRequest[T](e, entity, nil)
	if err != nil {
		return err
	}
	p, _, err := e.explain(&r)
	if err != nil {
		return err
	}
	return fits(p.root, structOf(reflect.TypeFor[T]()), entity)
}

func typedRequest[T any](e *Engine, entity string, options []Option) (Request, error) {
	t := reflect.TypeFor[T]()
	fields, ok := e.shapes.Load(t)
	if !ok {
		found, err := fieldsOf(t)
		if err != nil {
			return Request{}, err
		}
		fields, _ = e.shapes.LoadOrStore(t, found)
	}
	r := Request{Entity: entity, Fields: fields.([]string)}
	for _, o := range options {
		o(&r)
	}
	return r, nil
}

// fieldsOf are the dotted paths that a struct asks for.
func fieldsOf(t reflect.Type) ([]string, error) {
	s := structOf(t)
	if s == nil {
		return nil, fault.New(fault.InvalidData, "%s is no struct: a typed query needs one", t)
	}
	var fields []string
	err := walkStruct(s, "", 0, func(path string) { fields = append(fields, path) })
	if err == nil && len(fields) == 0 {
		err = fault.New(fault.InvalidData, "%s has no field with a json tag", t)
	}
	return fields, err
}

func walkStruct(t reflect.Type, prefix string, depth int, leaf func(path string)) error {
	if depth > 50 {
		return fault.New(fault.InvalidData, "%s contains itself: a typed query must end somewhere", t)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && structOf(f.Type) != nil {
			if err := walkStruct(structOf(f.Type), prefix, depth+1, leaf); err != nil {
				return err
			}
			continue
		}
		if name == "" || name == "-" || !f.IsExported() {
			continue
		}
		below := structOf(f.Type)
		if below == nil {
			leaf(prefix + name)
			continue
		}
		if err := walkStruct(below, prefix+name+".", depth+1, leaf); err != nil {
			return err
		}
	}
	return nil
}

var (
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	timeType        = reflect.TypeFor[time.Time]()
)

// structOf is the struct that a type holds as a relation: itself, or behind a
// pointer or slice; nil for a type that is one value, such as a time.
func structOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		if reflect.PointerTo(t).Implements(unmarshaler) {
			return nil
		}
		t = t.Elem()
	}
	p := reflect.PointerTo(t)
	if t.Kind() != reflect.Struct || t == timeType || p.Implements(unmarshaler) || p.Implements(textUnmarshaler) {
		return nil
	}
	return t
}

// fits compares which fields are lists with which relations are.
func fits(n *node, t reflect.Type, path string) error {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		below := structOf(f.Type)
		if below == nil {
			continue
		}
		if f.Anonymous && name == "" {
			if err := fits(n, below, path); err != nil {
				return err
			}
			continue
		}
		for _, k := range n.children {
			if k.name != name || k.scope.row != noRow {
				continue
			}
			if many := f.Type.Kind() == reflect.Slice; many != k.scope.edge.Many {
				return fault.New(fault.InvalidData, "%s.%s is %s, but the struct's field is %s", path, name, oneOrMany(k.scope.edge.Many), f.Type)
			}
			if err := fits(k, below, fmt.Sprintf("%s.%s", path, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func oneOrMany(many bool) string {
	if many {
		return "a list"
	}
	return "one record"
}
