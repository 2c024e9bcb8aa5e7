package model

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// relation is a relation as a struct field declares it, before its target is
// known. Its tags:
//
//	belongs           column <name>_id of this table, a foreign key
//	belongs=COLUMN    the same with another column
//	one=COLUMN        at most one record of the other table, whose COLUMN is this key
//	many=COLUMN       records of the other table, whose COLUMN is this key
//	through=TABLE.LEFT.RIGHT  many to many: a pivot table and its columns for this and the other key
//	nokey             no foreign key in the database
//	cascade, setnull  what deleting the other record does (default: cascade, or set null when nullable)
//	noaction          or refuse it
//	where=COLUMN:VALUE  only records whose boolean COLUMN is VALUE
//	searchable        the free text filter q looks into the records, too
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
			if r.how != "" {
				return r, fmt.Errorf("a relation is one of belongs, one, many, through; it is %s and %s", r.how, i.key)
			}
		}
		switch i.key {
		case "belongs":
			r.how, r.column = i.key, i.value
			if r.column == "" {
				r.column = name + "_id"
			}
		case "one", "many":
			r.how, r.column = i.key, i.value
		case "through":
			r.how = i.key
			names := strings.Split(i.value, ".")
			if len(names) != 3 || slices.Contains(names, "") {
				return r, fmt.Errorf("through=%s is not TABLE.LEFT.RIGHT", i.value)
			}
			copy(r.pivot[:], names)
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

// check reports a relation whose tags contradict each other or its type.
func (r relation) check(list bool) error {
	switch many := r.how == "many" || r.how == "through"; {
	case r.how == "":
		return fmt.Errorf("a relation needs one of belongs, one, many, through")
	case many && !list:
		return fmt.Errorf("%s leads to many records: its type must be a slice of pointers", r.how)
	case !many && list:
		return fmt.Errorf("%s leads to one record: its type must be a pointer", r.how)
	case r.how != "through" && r.column == "":
		return fmt.Errorf("%s needs the column of the other table that is the key of this one: %s=COLUMN", r.how, r.how)
	case r.how != "belongs" && (r.noKey || r.onDelete != ""):
		return fmt.Errorf("nokey, cascade, setnull and noaction are for belongs: with %s, the foreign key stands on the other side", r.how)
	case r.where[0] != "" && r.how != "one" && r.how != "many":
		return fmt.Errorf("where is for one and many")
	}
	return nil
}
