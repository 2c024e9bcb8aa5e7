package query

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// values are the arguments of one run, in the statement's order.
func (p *prepared) values(r *Request, slots []any) ([]any, error) {
	if len(p.args) == 0 {
		return nil, nil
	}
	args := make([]any, len(p.args))
	for i := range p.args {
		a := &p.args[i]
		switch a.source {
		case fromSlot:
			if n := listLen(slots[a.slot]); n > p.maxValues {
				return nil, fault.New(fault.InvalidData, "filters: %s lists %d values; the most is %d", fault.Clip(a.path), n, p.maxValues)
			}
			v, err := a.convert(slots[a.slot])
			if err != nil {
				return nil, fault.New(fault.InvalidData, "filters: %s: %v", fault.Clip(a.path), err)
			}
			args[i] = v
		case fromOffset:
			args[i] = int64(r.Offset)
		case fromVersion:
			args[i] = r.Version
		case fromConstant:
			args[i] = a.text
		case fromListOffset:
			args[i] = int64(r.Lists[a.text].Offset)
		}
	}
	return args, nil
}

// answer is a Result in the making.
type fetched struct {
	Result
	found map[string]bool // primary keys, when the request requires them
}

// document is where a row's JSON goes: the bytes are appended as the driver
// holds them, without a copy in between.
type document struct {
	buf  []byte
	null bool
}

// ScanBytes takes the bytes from pgx.
func (d *document) ScanBytes(b []byte) error {
	d.null = b == nil
	d.buf = append(d.buf, b...)
	return nil
}

// Scan takes the bytes from database/sql.
func (d *document) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		d.null = true
	case string:
		d.buf, d.null = append(d.buf, v...), false
	case []byte:
		d.buf, d.null = append(d.buf, v...), false
	default:
		return fmt.Errorf("query: a record came as %T", src)
	}
	return nil
}

// run executes a statement and gathers its rows into a JSON array.
func (e *Engine) run(ctx context.Context, p *prepared, args []any, limit int) (*fetched, error) {
	rows, err := db.Use(ctx, e.db).Query(ctx, p.sql, args...)
	if err != nil {
		return nil, e.databaseError(err)
	}
	defer rows.Close()
	a := &fetched{}
	if p.hasID {
		a.found = map[string]bool{}
	}
	doc, keys := &document{buf: []byte{'['}}, &document{}
	var id *string
	var count int64
	dest := p.destinations(doc, keys, &id, &count)
	for rows.Next() {
		before := len(doc.buf)
		if a.Rows > 0 {
			doc.buf = append(doc.buf, ',')
		}
		keys.buf = keys.buf[:0]
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		if doc.null {
			doc.buf = doc.buf[:before]
			continue
		}
		a.Rows++
		if id != nil {
			a.found[*id] = true
		}
	}
	if err := rows.Err(); err != nil {
		return nil, e.databaseError(err)
	}
	a.Data = append(doc.buf, ']')
	if p.hasCount {
		a.Metadata.Count = &count
	}
	if p.hasKeys && a.Rows == limit && limit > 0 {
		a.Metadata.Next = encodeCursor(keys.buf)
	}
	return a, nil
}

func (p *prepared) destinations(doc, keys *document, id **string, count *int64) []any {
	dest := []any{doc}
	if p.hasKeys {
		dest = append(dest, keys)
	}
	if p.hasID {
		dest = append(dest, id)
	}
	if p.hasCount {
		dest = append(dest, count)
	}
	return dest
}

// databaseError: what the database says about a query is our mistake or the
// caller's data, never the caller's SQL; a regular expression it cannot read is
// the one thing a caller can bring about.
func (e *Engine) databaseError(err error) error {
	if fault.TypeOf(err) != fault.Internal || errors.Is(err, context.Canceled) {
		return err
	}
	if text := err.Error(); strings.Contains(text, "2201B") || strings.Contains(text, "regular expression") {
		return fault.Wrap(err, fault.InvalidData, "filters: $re holds a regular expression that the database cannot read")
	}
	return err
}

// missing reports the keys asked for that no record has.
func (p *prepared) missing(slots []any, found map[string]bool) error {
	keys, err := textList(slots[p.keys])
	if err != nil {
		return fault.New(fault.InvalidData, "filters: %v", err)
	}
	var missing []string
	for _, k := range keys.([]string) {
		if !found[k] {
			missing = append(missing, fault.Clip(k))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	m := p.root.scope.model
	return fault.New(fault.NotFound, "%s %s not found: %s", m, m.PrimaryKey(), strings.Join(missing, ", "))
}

// Each reads every record that matches, one by one, in constant memory: yield
// is called with each record's JSON, which it must not keep. Limit counts as
// in Graph, but 0 is no limit. An error of yield ends the reading.
func (e *Engine) Each(ctx context.Context, r Request, yield func(record []byte) error) error {
	s := shapers.Get().(*shaper)
	defer s.release()
	limit := r.Limit
	if limit <= 0 {
		limit = unlimited
	}
	r.Count, r.RequireKeys, r.Limit = false, false, unlimited-max(r.Limit, 0)
	p, err := e.prepare(&r, s, limit)
	if err != nil {
		return err
	}
	if p.virtual {
		return fault.New(fault.InvalidData, "records of virtual links cannot be streamed; read them in pages")
	}
	args, err := p.values(&r, s.slots)
	if err != nil {
		return err
	}
	rows, err := db.Use(ctx, e.db).Query(ctx, p.sql, args...)
	if err != nil {
		return e.databaseError(err)
	}
	defer rows.Close()
	doc := &document{}
	for rows.Next() {
		doc.buf = doc.buf[:0]
		if err := rows.Scan(doc); err != nil {
			return err
		}
		if err := yield(doc.buf); err != nil {
			return err
		}
	}
	return rows.Err()
}

// unlimited is the limit that is none; Each's shapes lie below it, apart from
// those of Graph.
const unlimited = -2
