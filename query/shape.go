package query

import (
	"encoding/json"
	"reflect"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/money"
)

// A request's shape is everything except its values. Requests of one shape share
// a plan, so the shape is the key of the plan cache; the values, in the order in
// which the shape has them, are the slots.

// shaper collects the shape and the slots of a request. It walks filters in the
// same order as filterParser, but runs on every request and must not allocate.
type shaper struct {
	key   []byte
	slots []any
}

// valueClass is what a shape has of a value.
type valueClass byte

const (
	isNull   valueClass = '0'
	isText   valueClass = 's'
	isNumber valueClass = 'n'
	isBool   valueClass = 'b'
	isTime   valueClass = 't'
	isList   valueClass = 'l' // of values
	isMap    valueClass = 'm'
	isOther  valueClass = '?' // not usable in a filter
)

func (s *shaper) request(r *Request) {
	s.text(r.Entity)
	for _, f := range r.Fields {
		s.text(f)
	}
	s.mark('o')
	for _, o := range r.Order {
		s.text(o)
	}
	s.page(r.Limit, r.Offset)
	for _, flag := range [...]bool{r.Count, r.Estimate, r.WithDeleted, r.KeepOrder, r.RequireKeys, r.Version != 0, r.After != "", r.Limit == None} {
		s.flag(flag)
	}
	if len(r.Visible) > 0 {
		s.visible(r.Visible)
	}
	s.filters(r.Filters)
	if len(r.Lists) > 0 {
		s.nested(r.Lists)
	}
}

func (s *shaper) visible(conditions map[string]Filters) {
	var buf [8]string
	for _, entity := range sortedKeys(conditions, buf[:0]) {
		s.mark('V')
		s.text(entity)
		s.filters(conditions[entity])
	}
}

// page puts the limit into the shape, since databases plan by it, but of the
// offset only whether it is zero.
func (s *shaper) page(limit, offset int) {
	s.key = strconv.AppendInt(s.key, int64(limit), 10)
	s.flag(offset != 0)
}

func (s *shaper) nested(lists map[string]Nested) {
	var buf [8]string
	for _, path := range sortedKeys(lists, buf[:0]) {
		l := lists[path]
		s.mark('L')
		s.text(path)
		for _, o := range l.Order {
			s.text(o)
		}
		s.page(l.Limit, l.Offset)
		s.filters(l.Filters)
	}
}

func (s *shaper) text(t string) {
	s.key = append(s.key, t...)
	s.mark(0)
}

func (s *shaper) mark(b byte) { s.key = append(s.key, 1, b) }

func (s *shaper) flag(b bool) {
	if b {
		s.mark('+')
	} else {
		s.mark('-')
	}
}

func (s *shaper) filters(f map[string]any) {
	s.mark('{')
	var buf [8]string
	for _, key := range sortedKeys(f, buf[:0]) {
		s.text(key)
		s.value(key, f[key])
	}
	s.mark('}')
}

func (s *shaper) value(key string, v any) {
	class := classOf(v)
	s.mark(byte(class))
	switch class {
	case isNull:
	case isMap:
		s.filters(toMap(v))
	case isList:
		if key == "$and" || key == "$or" {
			eachCondition(v, func(c any) {
				if classOf(c) == isMap {
					s.filters(toMap(c))
				} else {
					s.mark('?')
				}
			})
			s.mark(']')
			return
		}
		first, hasNull := listClass(v)
		s.mark(byte(first))
		s.flag(hasNull)
		s.slots = append(s.slots, v)
	default:
		s.slots = append(s.slots, v)
	}
}

// sortedKeys appends the keys of m to keys in order. Insertion sort is enough for
// the few keys of a filter, and the caller's buffer stays on its stack.
func sortedKeys[V any](m map[string]V, keys []string) []string {
	for k := range m {
		i := len(keys)
		keys = append(keys, k)
		for ; i > 0 && keys[i-1] > k; i-- {
			keys[i] = keys[i-1]
		}
		keys[i] = k
	}
	return keys
}

func classOf(v any) valueClass {
	switch v.(type) {
	case nil:
		return isNull
	case string:
		return isText
	case int, int64, float64, json.Number, money.Amount:
		return isNumber
	case bool:
		return isBool
	case time.Time:
		return isTime
	case Filters, map[string]any:
		return isMap
	case []string, []any, []int, []int64, []float64, []Filters, []map[string]any, []money.Amount, []bool, []time.Time:
		return isList
	}
	return classOther(v)
}

// classOther handles named types and pointers, which are rare.
func classOther(v any) valueClass {
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.Pointer:
		if rv.IsNil() {
			return isNull
		}
		return classOf(rv.Elem().Interface())
	case reflect.String:
		return isText
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Float32,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return isNumber
	case reflect.Bool:
		return isBool
	case reflect.Slice:
		return isList
	}
	return isOther
}

// listClass returns the class of a list's values, isOther if they differ and
// isNull if there are none, and whether a null is among them.
func listClass(v any) (class valueClass, hasNull bool) {
	switch l := v.(type) {
	case []string:
		return isText, false
	case []int, []int64, []float64, []money.Amount:
		return isNumber, false
	case []bool:
		return isBool, false
	case []time.Time:
		return isTime, false
	case []any:
		class = isNull
		for _, e := range l {
			c := classOf(e)
			switch {
			case c == isNull:
				hasNull = true
			case class == isNull:
				class = c
			case class != c:
				class = isOther
			}
		}
		return class, hasNull
	}
	return listClass(toList(v))
}

// toList returns a list of any type as []any.
func toList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	rv := reflect.ValueOf(v)
	l := make([]any, rv.Len())
	for i := range l {
		l[i] = rv.Index(i).Interface()
	}
	return l
}

func toMap(v any) map[string]any {
	switch m := v.(type) {
	case Filters:
		return m
	case map[string]any:
		return m
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && !rv.IsNil() {
		return toMap(rv.Elem().Interface())
	}
	return nil
}

// eachCondition calls f with every element of the list under $and or $or.
func eachCondition(v any, f func(any)) {
	switch l := v.(type) {
	case []any:
		for _, c := range l {
			f(c)
		}
	case []Filters:
		for _, c := range l {
			f(c)
		}
	case []map[string]any:
		for _, c := range l {
			f(c)
		}
	default:
		for _, c := range toList(v) {
			f(c)
		}
	}
}
