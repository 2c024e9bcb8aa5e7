package model

import (
	"fmt"
	"reflect"
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
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return r, fmt.Errorf("type %s is neither a column nor a relation", t)
	}
	r.target = t.Elem()
	for _, i := range tag {
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
			if copy(r.pivot[:], strings.Split(i.value, ".")) != 3 {
				return r, fmt.Errorf("through=%s is not TABLE.LEFT.RIGHT", i.value)
			}
		case "nokey":
			r.noKey = true
		case "cascade", "setnull", "noaction":
			r.onDelete = map[string]string{"cascade": "CASCADE", "setnull": "SET NULL", "noaction": "NO ACTION"}[i.key]
		case "where":
			r.where[0], r.where[1], _ = strings.Cut(i.value, ":")
		case "searchable":
			r.search = true
		default:
			return r, fmt.Errorf("unknown tag %q", i.key)
		}
	}
	if r.how == "" {
		return r, fmt.Errorf("a relation needs one of belongs, one, many, through")
	}
	return r, nil
}
