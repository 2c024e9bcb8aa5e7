package module

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// creation is one call of Create: it collects the records of every table,
// completes them, and writes them table by table.
type creation struct {
	store   *Store
	seen    map[uintptr]bool // records met, by address: each is written once
	batches []*batch         // by the rank of their table
	pairs   map[pair]bool
	moves   []move          // stored records that get a foreign key
	undo    []reflect.Value // fields that were zero and are filled
	before  []original      // records that rules may change
}

// original is a record as it was before rules saw it.
type original struct{ record, copy reflect.Value }

// batch is what is written to one table.
type batch struct {
	table *table
	rows  []reflect.Value // structs
	left  *column         // of a pivot table without a struct: the columns of its pairs
	right *column
	pairs []any // values of left and right, in turn
}

// pair is a row of a pivot table; its columns go by their names.
type pair struct {
	table       *table
	first, last string
}

// create writes the records, which are structs of the table's model, and all
// that is nested in them.
func (s *Store) create(ctx context.Context, t *table, records []reflect.Value) error {
	c := &creation{store: s, seen: make(map[uintptr]bool, 4*len(records))}
	err := c.collect(t, records)
	if err == nil {
		err = db.Do(ctx, s.DB, c.write)
	}
	if err != nil {
		c.restore()
	}
	return err
}

// restore makes the records what they were.
func (c *creation) restore() {
	for _, o := range c.before {
		o.record.Set(o.copy)
	}
	for _, field := range c.undo { // also those that were filled before the copy
		field.SetZero()
	}
}

func (c *creation) collect(t *table, records []reflect.Value) error {
	at := c.store.now()
	for _, r := range records {
		if err := c.add(t, r, at); err != nil {
			return err
		}
	}
	slices.SortStableFunc(c.batches, func(a, b *batch) int { return a.table.rank - b.table.rank })
	for _, b := range c.batches {
		if err := b.table.eachOf(b.rows); err != nil {
			return err
		}
	}
	return nil
}

// add takes in one record and what is nested in it: first the records it
// refers to, then itself, then the records that refer to it.
func (c *creation) add(t *table, record reflect.Value, at time.Time) error {
	address := record.Addr().Pointer()
	if c.seen[address] {
		return nil
	}
	c.seen[address] = true
	if err := c.fresh(t, record); err != nil {
		return err
	}
	at = c.complete(t, record, at)
	for i := range t.parents {
		if err := c.addParent(t, &t.parents[i], record, at); err != nil {
			return err
		}
	}
	b := c.batch(t)
	b.rows = append(b.rows, record)
	for i := range t.children {
		if err := c.addChildren(t, &t.children[i], record, at); err != nil {
			return err
		}
	}
	for i := range t.pivots {
		if err := c.addPairs(t, &t.pivots[i], record, at); err != nil {
			return err
		}
	}
	return nil
}

// fresh runs the rule for new records, and keeps a copy of what rules change.
func (c *creation) fresh(t *table, record reflect.Value) error {
	if t.rules == nil {
		return nil
	}
	kept := reflect.New(record.Type()).Elem()
	kept.Set(record)
	c.before = append(c.before, original{record, kept})
	if t.rules.fresh == nil {
		return nil
	}
	return t.rules.fresh(record)
}

// complete fills what the caller left open: id, timestamps and defaults. It
// returns the record's time of creation, which nested records inherit.
func (c *creation) complete(t *table, record reflect.Value, at time.Time) time.Time {
	if t.key != nil && t.key.Name == "id" {
		if id := record.FieldByIndex(t.key.Path); id.Kind() == reflect.String && id.Len() == 0 {
			id.SetString(c.store.newID(t.model.Prefix))
			c.undo = append(c.undo, id)
		}
	}
	if t.created != nil {
		at = c.stamp(t.created, record, at)
	}
	if t.updated != nil {
		c.stamp(t.updated, record, at)
	}
	for i := range t.columns {
		col := &t.columns[i]
		if col.fallback.IsValid() {
			if field := record.FieldByIndex(col.Path); col.fill(field) {
				c.undo = append(c.undo, field)
			}
		}
	}
	return at
}

// stamp sets a timestamp that is zero, and returns the one that stands.
func (c *creation) stamp(col *column, record reflect.Value, at time.Time) time.Time {
	field := record.FieldByIndex(col.Path)
	stamp, ok := field.Addr().Interface().(*time.Time)
	if !ok {
		return at
	}
	if !stamp.IsZero() {
		return *stamp
	}
	*stamp = at
	c.undo = append(c.undo, field)
	return at
}

// addParent takes in the record that a relation refers to, and sets the
// foreign key to its id.
func (c *creation) addParent(t *table, r *relation, record reflect.Value, at time.Time) error {
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
	return c.refer(t, r.column, record, r.table.id(parent))
}

// addChildren takes in the records of a to-one or to-many relation, whose
// foreign key becomes this record's id. Those that are stored already move
// here.
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
		if err := c.refer(r.table, r.column, child, id); err != nil {
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

// addPairs takes in the records of a many-to-many relation, and the rows that
// tie them to this one.
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

// end is one side of a pair: the column of the pivot table, the record and its
// id.
type end struct {
	column *column
	record reflect.Value
	id     string
}

// addPair takes in a row of a pivot table, once: a product that lists a tag
// which lists the product names the same pair from both sides.
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
		for _, r := range through.parents { // so that rules of the pivot see what it ties
			if r.column == e.column {
				row.FieldByIndex(r.path).Set(e.record.Addr())
			}
		}
	}
	return c.add(through, row, at)
}

// stored reports whether a nested record is in the database already: it has an
// id, and either it was read or created before (created_at is set) or it holds
// nothing else.
func (c *creation) stored(t *table, record reflect.Value) bool {
	if c.seen[record.Addr().Pointer()] {
		return false // met in this call: add knows
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

// refer sets a foreign key; one that names another record already is a
// contradiction of the caller's.
func (c *creation) refer(t *table, key *column, record reflect.Value, id string) error {
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

// flag sets the boolean by which a relation knows its records; one that is set
// against the relation is a contradiction of the caller's.
func (c *creation) flag(r *relation, child reflect.Value) error {
	field := child.FieldByIndex(r.flag.Path)
	if field.Kind() != reflect.Bool || field.Bool() == r.flagIs {
		return nil
	}
	if !r.flagIs {
		return fault.New(fault.InvalidData, "%s: records under %s have false here", r.flag, r.name)
	}
	field.SetBool(true)
	c.undo = append(c.undo, field)
	return nil
}

func (c *creation) batch(t *table) *batch {
	for _, b := range c.batches {
		if b.table == t {
			return b
		}
	}
	b := &batch{table: t}
	c.batches = append(c.batches, b)
	return b
}
