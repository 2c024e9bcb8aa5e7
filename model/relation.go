package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// relation is a relation as the tags of a struct field declare it, see Define.
// Its target is a model only in a graph.
type relation struct {
	name     string
	target   reflect.Type
	how      string // belongs, one, many, through
	column   string
	pivot    [3]string
	noKey    bool
	search   bool
	onDelete string
	where    [2]string
	path     []int
}

func newRelation(name string, t reflect.Type, tag []tagItem, path []int) (relation, error) {
	r := relation{name: name, path: path}
	list := t.Kind() == reflect.Slice
	if list {
		t = t.Elem()
	}
	if t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return r, fmt.Errorf("type %s is neither a column nor a relation", t)
	}
	r.target = t.Elem()
	for _, i := range tag {
		switch i.key {
		case "belongs", "one", "many", "through":
			if err := r.setHow(i); err != nil {
				return r, err
			}
		case "nokey":
			r.noKey = true
		case "cascade", "setnull", "noaction":
			r.onDelete = map[string]string{"cascade": "CASCADE", "setnull": "SET NULL", "noaction": "NO ACTION"}[i.key]
		case "where":
			r.where[0], r.where[1], _ = strings.Cut(i.value, ":")
			if r.where[0] == "" || r.where[1] != "true" && r.where[1] != "false" {
				return r, fmt.Errorf("where=%s is not COLUMN:true or COLUMN:false", i.value)
			}
		case "searchable":
			r.search = true
		default:
			return r, fmt.Errorf("unknown tag %q", i.key)
		}
	}
	return r, r.check(list)
}

// setHow sets how the relation is stored: the tag is belongs, one, many or
// through.
func (r *relation) setHow(i tagItem) error {
	if r.how != "" {
		return fmt.Errorf("a relation must have one of belongs, one, many, through; it has %s and %s", r.how, i.key)
	}
	r.how = i.key
	switch i.key {
	case "belongs":
		r.column = i.value
		if r.column == "" {
			r.column = r.name + "_id"
		}
	case "one", "many":
		r.column = i.value
	case "through":
		names := strings.Split(i.value, ".")
		if len(names) != 3 || slices.Contains(names, "") {
			return fmt.Errorf("through=%s is not TABLE.LEFT.RIGHT", i.value)
		}
		copy(r.pivot[:], names)
	}
	return nil
}

// check returns an error if the tags contradict each other or the type.
func (r relation) check(list bool) error {
	switch many := r.how == "many" || r.how == "through"; {
	case r.how == "":
		return fmt.Errorf("a relation must have one of belongs, one, many, through")
	case many && !list:
		return fmt.Errorf("%s is a to-many relation: its type must be a slice of pointers", r.how)
	case !many && list:
		return fmt.Errorf("%s is a to-one relation: its type must be a pointer", r.how)
	case r.how != "through" && r.column == "":
		return fmt.Errorf("%s needs the column of the other table that holds this model's key: %s=COLUMN", r.how, r.how)
	case r.how != "belongs" && (r.noKey || r.onDelete != ""):
		return fmt.Errorf("nokey, cascade, setnull and noaction apply only to belongs: with %s, the foreign key is in the other table", r.how)
	case r.where[0] != "" && r.how != "one" && r.how != "many":
		return fmt.Errorf("where applies only to one and many")
	}
	return nil
}
