package module

import (
	"reflect"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// addParent collects the record that a relation refers to, and sets the foreign
// key to its id.
func (c *creation) addParent(r *relation, record reflect.Value, at time.Time) error {
	field := record.FieldByIndex(r.path)
	if field.Kind() != reflect.Pointer || field.IsNil() {
		return nil
	}
	parent := field.Elem()
	if !c.stored(r.table, parent) {
		if err := c.add(r.table, parent, at); err != nil {
			return err
		}
	}
	return c.refer(r.column, record, r.table.id(parent))
}

// addChildren collects the records of a to-one or to-many relation and sets
// their foreign key to this record's id. Records that are already stored are
// moved to this record.
func (c *creation) addChildren(t *table, r *relation, record reflect.Value, at time.Time) error {
	id := ""
	for child := range structs(record.FieldByIndex(r.path)) {
		if id == "" {
			id = t.id(record)
		}
		if c.stored(r.table, child) {
			c.moves = append(c.moves, move{r, child, id})
			continue
		}
		if err := c.refer(r.column, child, id); err != nil {
			return err
		}
		if r.flag != nil {
			if err := c.flag(r, child); err != nil {
				return err
			}
		}
		if err := c.add(r.table, child, at); err != nil {
			return err
		}
	}
	return nil
}

// addPairs collects the records of a many-to-many relation and the pivot rows
// that relate them to this one.
func (c *creation) addPairs(t *table, p *pivot, record reflect.Value, at time.Time) error {
	for other := range structs(record.FieldByIndex(p.path)) {
		if !c.stored(p.table, other) {
			if err := c.add(p.table, other, at); err != nil {
				return err
			}
		}
		first, last := end{p.left, record, t.id(record)}, end{p.right, other, p.table.id(other)}
		if first.column.Name > last.column.Name {
			first, last = last, first
		}
		if err := c.addPair(p.through, first, last, at); err != nil {
			return err
		}
	}
	return nil
}

// end is one side of a pair: the column of the pivot table, the record, and its
// id.
type end struct {
	column *column
	record reflect.Value
	id     string
}

// pair identifies a row of a pivot table. first is the id in the column whose
// name sorts first.
type pair struct {
	table       *table
	first, last string
}

// addPair collects a row of a pivot table, unless it was collected before: if a
// product lists a tag and the tag lists the product, both name the same pair.
func (c *creation) addPair(through *table, first, last end, at time.Time) error {
	key := pair{through, first.id, last.id}
	if c.pairs[key] {
		return nil
	}
	if c.pairs == nil {
		c.pairs = map[pair]bool{}
	}
	c.pairs[key] = true
	if through.model.Go == nil {
		b := c.batch(through)
		b.left, b.right = first.column, last.column
		b.pairs = append(b.pairs, first.id, last.id)
		return nil
	}
	row := reflect.New(through.model.Go).Elem()
	for _, e := range []end{first, last} {
		setText(row.FieldByIndex(e.column.Path), e.id)
		for _, r := range through.parents { // so that the pivot's rules see the records
			if r.column == e.column {
				row.FieldByIndex(r.path).Set(e.record.Addr())
			}
		}
	}
	return c.add(through, row, at)
}

// stored reports whether a nested record is already in the database. It is if
// it has an id and either was read or created before (created_at is set) or has
// no other field set.
func (c *creation) stored(t *table, record reflect.Value) bool {
	if c.seen[record.Addr().Pointer()] {
		return false // collected by this call
	}
	if t.id(record) == "" {
		return false
	}
	if t.created != nil && !record.FieldByIndex(t.created.Path).IsZero() {
		return true
	}
	for i := range t.columns {
		if col := &t.columns[i]; col != t.key && !record.FieldByIndex(col.Path).IsZero() {
			return false
		}
	}
	return true
}

// refer sets a foreign key. It returns an error if the key already refers to
// another record.
func (c *creation) refer(key *column, record reflect.Value, id string) error {
	field := record.FieldByIndex(key.Path)
	switch given := text(field); given {
	case id:
		return nil
	case "":
		setText(field, id)
		c.undo = append(c.undo, field)
		return nil
	default:
		return fault.New(fault.InvalidData, "%s: %q contradicts the %s the record is nested with, %q", key, given, key.refersTo, id)
	}
}

// flag sets the boolean that marks the records of a relation. It returns an
// error if the flag is set although the relation requires false.
func (c *creation) flag(r *relation, child reflect.Value) error {
	field := child.FieldByIndex(r.flag.Path)
	if field.Kind() != reflect.Bool || field.Bool() == r.flagIs {
		return nil
	}
	if !r.flagIs {
		return fault.New(fault.InvalidData, "%s is true; it must be false for records in %s", r.flag, r.name)
	}
	field.SetBool(true)
	c.undo = append(c.undo, field)
	return nil
}
