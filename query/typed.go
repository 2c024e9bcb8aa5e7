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

// Option changes the request of a typed query.
type Option func(*Request)

// Where adds a condition. Several conditions must all hold.
func Where(f Filters) Option {
	return func(r *Request) {
		if r.Filters == nil {
			r.Filters = f
			return
		}
		r.Filters = Filters{"$and": []Filters{r.Filters, f}}
	}
}

// OrderBy sets the sort keys, such as "-created_at" or "customer.email".
func OrderBy(keys ...string) Option { return func(r *Request) { r.Order = keys } }

// Limit sets the maximum number of records.
func Limit(n int) Option { return func(r *Request) { r.Limit = n } }

// Offset sets the number of records to skip.
func Offset(n int) Option { return func(r *Request) { r.Offset = n } }

// After sets the cursor, which is the Metadata.Next of an earlier page.
func After(cursor string) Option { return func(r *Request) { r.After = cursor } }

// WithCount sets Metadata.Count to the number of matching records.
func WithCount() Option { return func(r *Request) { r.Count = true } }

// WithDeleted includes soft-deleted records.
func WithDeleted() Option { return func(r *Request) { r.WithDeleted = true } }

// AtVersion selects the version of an order's versioned rows.
func AtVersion(v int64) Option { return func(r *Request) { r.Version = v } }

// List returns records of an entity as values of the struct type T, which also
// selects the fields: those with a json name. A field that is a struct, a pointer
// to one or a slice of them is a relation. A name that the entity does not have
// is an error.
//
//	type Customer struct {
//		Email string `json:"email"`
//	}
//	type Order struct {
//		ID       string    `json:"id"`
//		Customer *Customer `json:"customer"`
//	}
//	orders, page, err := query.List[Order](ctx, e, "order", query.OrderBy("-created_at"), query.Limit(20))
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

// Get returns the record with the given primary key as a value of T, as List
// does. If there is no such record, the error is of type not_found.
func Get[T any](ctx context.Context, e *Engine, entity, id string, options ...Option) (T, error) {
	var zero T
	if err := e.opened(); err != nil {
		return zero, err
	}
	m, err := e.graph.Model(entity)
	if err != nil {
		return zero, err
	}
	options = append(options, Where(Filters{m.PrimaryKey(): id}), func(r *Request) { r.Limit = 1 })
	rows, _, err := List[T](ctx, e, entity, options...)
	if err != nil {
		return zero, err
	}
	if len(rows) == 0 {
		return zero, fault.New(fault.NotFound, "%s %s not found: %s", m, m.PrimaryKey(), fault.Clip(id))
	}
	return rows[0], nil
}

// Check returns an error if a query for T would fail: if the entity lacks a name,
// or a relation leads to a list where T has one record, or vice versa.
// Call it when the program starts.
func Check[T any](e *Engine, entity string) error {
	r, err := typedRequest[T](e, entity, nil)
	if err != nil {
		return err
	}
	s := shapers.Get().(*shaper)
	defer s.release()
	p, _, err := e.explain(context.Background(), &r, s)
	if err != nil {
		return err
	}
	return fits(p.root, structOf(reflect.TypeFor[T]()), entity)
}

func typedRequest[T any](e *Engine, entity string, options []Option) (Request, error) {
	if err := e.opened(); err != nil {
		return Request{}, err
	}
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

// fieldsOf returns the dotted paths that a struct selects.
func fieldsOf(t reflect.Type) ([]string, error) {
	s := structOf(t)
	if s == nil {
		return nil, fault.New(fault.InvalidData, "%s is not a struct: a typed query needs one", t)
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
		return fault.New(fault.InvalidData, "%s contains itself: a typed query cannot be recursive", t)
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

// structOf returns the struct type of a field that is a relation, without
// pointers and slices; nil if the field is a single value, such as a time.
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

// fits checks that a struct has slices where relations lead to lists, and only there.
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
