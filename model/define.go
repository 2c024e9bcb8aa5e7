package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/money"
)

// Define reads the struct T into a Model of that name. Its table and id prefix
// are the name, its entities the name and its plural; the methods below change
// that. A struct that cannot be a model (an unknown type, a broken tag) is a
// mistake of the program, so Define panics.
//
// Struct fields without a json tag are ignored. The model tag holds, separated
// by commas:
//
//	pk            primary key
//	serial        numbered by the database
//	searchable    found by the free text filter q
//	secret        a hash or a key, for the server alone: modules read it through
//	              Records, queries do not know it; not for a key or what is searchable
//	notnull       for types that are nullable otherwise: RawJSON, []string and
//	              a pointer whose nil asks for the default, as *bool with default=true
//	default=X     value of a new row
//	enum=a|b|c    the values allowed
//	index, unique an index over this column alone
//
// A field whose type is a pointer to, or a slice of pointers to, another
// struct is a relation; see relation for its tags.
func Define[T any](name string) *Model {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("model %s: %s is no struct", name, t))
	}
	m := &Model{Name: name, Table: name, Prefix: name, Entities: []string{name, Plural(name)}, Go: t}
	if err := m.read(t, nil); err != nil {
		panic(fmt.Sprintf("model %s: %v", name, err))
	}
	m.sortFields()
	if len(m.Key) == 0 {
		panic(fmt.Sprintf("model %s: no field is tagged pk", name))
	}
	return m
}

func (m *Model) read(t reflect.Type, path []int) error {
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(append([]int(nil), path...), i)
		if sf.Anonymous && sf.Type.Kind() == reflect.Struct {
			if err := m.read(sf.Type, at); err != nil {
				return err
			}
			continue
		}
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		if err := m.readField(name, sf, at); err != nil {
			return fmt.Errorf("field %s: %w", name, err)
		}
	}
	return nil
}

func (m *Model) readField(name string, sf reflect.StructField, path []int) error {
	tag := parseTag(sf.Tag.Get("model"))
	kind, null, ok := kindOf(sf.Type)
	if !ok {
		r, err := newRelation(name, sf.Type, tag, path)
		if err == nil {
			m.relations = append(m.relations, r)
		}
		return err
	}
	if m.Field(name) != nil {
		return fmt.Errorf("the struct has two fields of that name")
	}
	f := &Field{Name: name, Kind: kind, Null: null, Path: path}
	for _, t := range tag {
		switch t.key {
		case "pk":
			m.Key = append(m.Key, name)
		case "serial":
			if kind != Int {
				return fmt.Errorf("serial is for whole numbers, not for %s", kind)
			}
			f.Serial = true
		case "searchable":
			f.Searchable = true
		case "secret":
			f.Secret = true
		case "notnull":
			f.Null = false
		case "default":
			f.Default = t.value
		case "enum":
			if f.Enum = strings.Split(t.value, "|"); slices.Contains(f.Enum, "") {
				return fmt.Errorf("enum=%s has an empty value", t.value)
			}
		case "index", "unique":
			m.Indexes = append(m.Indexes, Index{Columns: []string{name}, Unique: t.key == "unique"})
		default:
			return fmt.Errorf("unknown tag %q", t.key)
		}
	}
	if f.Secret && (f.Searchable || slices.Contains(m.Key, name)) {
		return fmt.Errorf("a secret cannot be found: it is neither pk nor searchable")
	}
	m.AddField(f)
	return nil
}

type tagItem struct{ key, value string }

func parseTag(tag string) []tagItem {
	var items []tagItem
	for part := range strings.SplitSeq(tag, ",") {
		if part = strings.TrimSpace(part); part != "" {
			k, v, _ := strings.Cut(part, "=")
			items = append(items, tagItem{k, v})
		}
	}
	return items
}

var (
	timeType   = reflect.TypeFor[time.Time]()
	amountType = reflect.TypeFor[money.Amount]()
	jsonType   = reflect.TypeFor[RawJSON]()
)

// kindOf is the Kind of a Go type; ok is false when the type is no column.
func kindOf(t reflect.Type) (kind Kind, null, ok bool) {
	if t == jsonType {
		return JSON, true, true
	}
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String {
		return TextList, true, true
	}
	if t.Kind() == reflect.Pointer {
		kind, null, ok = kindOf(t.Elem())
		return kind, true, ok && !null // a type that has its own null needs no pointer
	}
	switch t {
	case timeType:
		return Time, false, true
	case amountType:
		return Decimal, false, true
	}
	switch t.Kind() {
	case reflect.String:
		return Text, false, true
	case reflect.Int, reflect.Int64, reflect.Int32:
		return Int, false, true
	case reflect.Float64, reflect.Float32:
		return Float, false, true
	case reflect.Bool:
		return Bool, false, true
	}
	return 0, false, false
}

// sortFields puts the key first and metadata and the timestamps last, whatever
// the order of embedding.
func (m *Model) sortFields() {
	rank := func(f *Field) int {
		switch f.Name {
		case "metadata":
			return 2
		case "created_at", "updated_at", "deleted_at":
			return 3
		}
		for _, k := range m.Key {
			if k == f.Name {
				return 0
			}
		}
		return 1
	}
	var sorted []*Field
	for r := range 4 {
		for _, f := range m.Fields {
			if rank(f) == r {
				sorted = append(sorted, f)
			}
		}
	}
	m.Fields = sorted
}
