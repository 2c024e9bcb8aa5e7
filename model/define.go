package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/money"
)

// Define returns a Model of the struct T. Its table and id prefix are name; its
// entities, the names that queries use, are name and the plural of name. Methods
// of Model such as OnTable change that. Define panics if T cannot be a model
// because of the type or the tag of a field.
//
// Struct fields without a json tag are ignored. The model tag of a field is a
// comma-separated list of:
//
//	pk             the primary key
//	serial         the database numbers the rows
//	searchable     the free text filter q searches the column
//	secret         a hash or a key: modules read it through Records, but queries
//	               do not know the column; not with pk or searchable
//	notnull        for types that are otherwise nullable: RawJSON, []string, and
//	               pointers whose nil means the default, such as a *bool with
//	               default=true
//	default=X      the value of a new row
//	enum=a|b|c     the allowed values
//	index, unique  an index over this column only
//
// A field whose type is a pointer to another struct, or a slice of such
// pointers, is a relation to the model of that struct. Its model tag is a list
// of one of the first four of these, and any of the others that apply:
//
//	belongs           this model's column <name>_id is a foreign key
//	belongs=COLUMN    the same with another column
//	one=COLUMN        at most one record, whose COLUMN holds this model's key
//	many=COLUMN       the records whose COLUMN holds this model's key
//	through=TABLE.LEFT.RIGHT
//	                  many to many: a pivot table, with its columns for the keys
//	                  of this model and of the other
//	nokey             without a foreign key constraint in the database
//	cascade, setnull, noaction
//	                  what deleting the other record does to this one: delete it,
//	                  set the column to null, or fail. The default is setnull if
//	                  the column is nullable, and cascade if not.
//	where=COLUMN:VALUE
//	                  only the records whose boolean COLUMN is VALUE
//	searchable        the free text filter q also searches the records
func Define[T any](name string) *Model {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("model %s: %s is not a struct", name, t))
	}
	m := &Model{Name: name, Table: name, Prefix: name, Entities: []string{name, Plural(name)}, Go: t}
	if err := m.read(t, nil); err != nil {
		panic(fmt.Sprintf("model %s: %v", name, err))
	}
	m.sortFields()
	if len(m.Key) == 0 {
		panic(fmt.Sprintf("model %s: no field is tagged pk", name))
	}
	for i, index := range m.Indexes { // of tags, read when the key may not have been
		if !index.Unique {
			m.Indexes[i].Columns = m.withKey(index.Columns)
		}
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
		case "index", "unique":
			m.Indexes = append(m.Indexes, Index{Columns: []string{name}, Unique: t.key == "unique"})
		default:
			if err := f.set(t); err != nil {
				return err
			}
		}
	}
	if f.Secret && (f.Searchable || slices.Contains(m.Key, name)) {
		return fmt.Errorf("a secret field cannot be pk or searchable")
	}
	m.AddField(f)
	return nil
}

// set sets what a tag says about the field alone.
func (f *Field) set(t tagItem) error {
	switch t.key {
	case "serial":
		if f.Kind != Int {
			return fmt.Errorf("serial requires an integer field, not %s", f.Kind)
		}
		f.Serial = true
	case "searchable":
		f.Searchable = true
	case "anycase":
		if f.Kind != Text {
			return fmt.Errorf("anycase requires a text field, not %s", f.Kind)
		}
		f.AnyCase = true
	case "secret":
		f.Secret = true
	case "unlisted":
		f.Unlisted = true
	case "follows":
		f.Follows = true
	case "notnull":
		f.Null = false
	case "default":
		f.Default = t.value
	case "enum":
		if f.Enum = strings.Split(t.value, "|"); slices.Contains(f.Enum, "") {
			return fmt.Errorf("enum=%s has an empty value", t.value)
		}
	default:
		return fmt.Errorf("unknown tag %q", t.key)
	}
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

// kindOf returns the Kind of a Go type, and whether it is nullable. ok is false if
// the type cannot be a column.
func kindOf(t reflect.Type) (kind Kind, null, ok bool) {
	if t == jsonType {
		return JSON, true, true
	}
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String {
		return TextList, true, true
	}
	if t.Kind() == reflect.Pointer {
		kind, null, ok = kindOf(t.Elem())
		return kind, true, ok && !null // no pointer to a type that is nullable itself
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

// Names returns the columns that a struct declares, those of embedded structs
// included: the names in its json tags.
func Names[T any]() []string { return namesOf(reflect.TypeFor[T]()) }

func namesOf(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			names = append(names, namesOf(f.Type)...)
		case name != "" && name != "-":
			names = append(names, name)
		}
	}
	return names
}

// sortFields moves the key to the front, and metadata and the timestamps to the
// end, regardless of the order of embedding.
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
