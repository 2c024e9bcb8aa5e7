package module

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
)

// creation is one call of Create. It collects the records of every table,
// completes them, and writes them table by table.
type creation struct {
	store   *Store
	seen    map[uintptr]bool // addresses of the records collected; each is written once
	batches []*batch         // ordered by the rank of their table
	pairs   map[pair]bool
	moves   []move          // stored records that get a foreign key
	undo    []reflect.Value // fields that were zero and have been filled
	before  []original      // records that rules may change
}

// original is a record as it was before rules saw it.
type original struct{ record, copy reflect.Value }

// batch holds the rows to insert into one table.
type batch struct {
	table *table
	rows  []reflect.Value // structs
	left  *column         // for a pivot table without a struct, the two columns of its pairs
	right *column
	pairs []any // the values of left and right, alternating
}

// create writes the records, which are structs of the table's model, and
// everything nested in them.
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

// restore undoes every change that this call made to the records.
func (c *creation) restore() {
	for _, o := range c.before {
		o.record.Set(o.copy)
	}
	for _, field := range c.undo { // including those filled before the copy was made
		field.SetZero()
	}
}

func (c *creation) collect(t *table, records []reflect.Value) error {
	at := c.store.Now()
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

// add collects a record and everything nested in it: first the records it
// refers to, then the record itself, then the records that refer to it.
func (c *creation) add(t *table, record reflect.Value, at time.Time) error {
	address := record.Addr().Pointer()
	if c.seen[address] {
		return nil
	}
	c.seen[address] = true
	if err := c.applyNew(t, record); err != nil {
		return err
	}
	at = c.complete(t, record, at)
	for i := range t.parents {
		if err := c.addParent(&t.parents[i], record, at); err != nil {
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

// applyNew runs the rule for new records and keeps a copy of what rules may
// change.
func (c *creation) applyNew(t *table, record reflect.Value) error {
	if t.rules == nil {
		return nil
	}
	kept := reflect.New(record.Type()).Elem()
	kept.Set(record)
	c.before = append(c.before, original{record, kept})
	if t.rules.created == nil {
		return nil
	}
	return t.rules.created(record)
}

// complete fills in what the caller left zero: id, timestamps and defaults. It
// returns the record's created_at, which nested records inherit.
func (c *creation) complete(t *table, record reflect.Value, at time.Time) time.Time {
	if t.key != nil && t.key.Name == "id" {
		if id := record.FieldByIndex(t.key.Path); id.Kind() == reflect.String && id.Len() == 0 {
			id.SetString(c.store.NewID(t.model.Prefix))
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

// stamp sets a timestamp if it is zero, and returns its value.
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
