package query

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// values returns the statement's arguments, in order.
func (p *prepared) values(r *Request, slots []any) ([]any, error) {
	return p.bound(p.statement, r, slots)
}

func (p *prepared) bound(st *statement, r *Request, slots []any) ([]any, error) {
	if len(st.args) == 0 {
		return nil, nil
	}
	args := make([]any, len(st.args))
	for i := range st.args {
		a := &st.args[i]
		switch a.source {
		case fromSlot:
			if n := listLen(slots[a.slot]); n > p.maxValues {
				return nil, fault.New(fault.InvalidData, "filters: %s lists %d values; the maximum is %d", fault.Clip(a.path), n, p.maxValues)
			}
			v, err := a.convert(slots[a.slot])
			if err != nil {
				return nil, fault.New(fault.InvalidData, "filters: %s: %v", fault.Clip(a.path), err)
			}
			args[i] = v
		case fromOffset:
			args[i] = int64(r.Offset)
		case fromReach:
			args[i] = min(int64(r.Offset), math.MaxInt64-int64(a.slot)) + int64(a.slot)
		case fromVersion:
			args[i] = r.Version
		case fromConstant:
			args[i] = a.text
		case fromKeys:
			keys, err := a.convert(p.candidates)
			if err != nil {
				return nil, err
			}
			args[i] = keys
		case fromListOffset:
			args[i] = int64(r.Lists[a.text].Offset)
		}
	}
	return args, nil
}

// fetched is a Result, and what was fetched beside it.
type fetched struct {
	Result
	found map[string]bool // the primary keys found; nil unless the request requires keys
	more  int64           // 1 if there are records after those that a search tried
}

// describe says what the result of a search is, if it tried only some records.
func (f *fetched) describe(p *prepared, limit int) {
	if f.more == 0 {
		return
	}
	f.Metadata.SearchIsPartial = f.Rows < limit
	if n := f.Metadata.Count; n != nil {
		f.Metadata.CountIsEstimate = true
		if *n > 0 {
			*n = max(*n, p.atLeast)
		}
	}
}

// document is a scan destination that appends a row's JSON to a buffer, directly
// from the driver's memory.
type document struct {
	buf  []byte
	null bool
}

// ScanBytes is called by pgx.
func (d *document) ScanBytes(b []byte) error {
	d.null = b == nil
	d.buf = append(d.buf, b...)
	return nil
}

// Scan is called by database/sql.
func (d *document) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		d.null = true
	case string:
		d.buf, d.null = append(d.buf, v...), false
	case []byte:
		d.buf, d.null = append(d.buf, v...), false
	default:
		return fmt.Errorf("query: cannot scan a record from %T", src)
	}
	return nil
}

// run executes a statement within timed, the part of ctx that the request may take.
func (e *Engine) run(ctx, timed context.Context, p *prepared, args []any, limit int) (*fetched, error) {
	res, err := e.collect(timed, p, args, limit)
	if err != nil {
		return nil, e.late(ctx, timed, err)
	}
	return res, nil
}

// late returns the error of a statement, which says so if its own time or that of
// the request ended it.
func (e *Engine) late(ctx, timed context.Context, err error) error {
	switch {
	case ctx.Err() == nil && errors.Is(timed.Err(), context.DeadlineExceeded):
		return fault.Wrap(err, fault.InvalidData, "the query took longer than %s: request less, or filter by an indexed column", e.limits.Timeout.Round(time.Millisecond))
	}
	return ended(ctx, err)
}

// collect executes a statement and collects its rows into a JSON array.
func (e *Engine) collect(ctx context.Context, p *prepared, args []any, limit int) (*fetched, error) {
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
	dest := p.destinations(doc, keys, &id, &count, &a.more)
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
		if len(doc.buf) > e.limits.MaxBytes {
			return nil, e.tooLarge(nil)
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

func (p *prepared) destinations(doc, keys *document, id **string, count, more *int64) []any {
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
	if p.windowed {
		dest = append(dest, more)
	}
	return dest
}

// databaseError makes an error that the caller caused one of type invalid_data:
// a regular expression that the database does not accept. Any other error of a
// statement is internal.
func (e *Engine) databaseError(err error) error {
	if err == nil || fault.TypeOf(err) != fault.Internal || errors.Is(err, context.Canceled) {
		return err
	}
	if errors.Is(err, db.ErrTooLarge) {
		return e.tooLarge(err)
	}
	text := err.Error()
	if strings.Contains(text, "2201B") || strings.Contains(text, "regular expression") {
		return fault.Wrap(err, fault.InvalidData, "filters: $re has a regular expression that the database does not accept, or that is too large for a text that it is compared with")
	}
	if _, path, ok := strings.Cut(text, longList); ok {
		path, _, _ = strings.Cut(path, ">")
		return fault.Wrap(err, fault.InvalidData, "fields: %s has more than %d records in one list: request fewer of them through their own entity, or with lists", path, e.limits.MaxList)
	}
	return err
}

// longList begins what statements report about a list that is too long. Its path
// follows, and a closing bracket.
const longList = "list too long <"

func (e *Engine) tooLarge(err error) error {
	return fault.Wrap(err, fault.InvalidData, "the result is larger than %d MiB: request fewer records or fields", e.limits.MaxBytes>>20)
}

// missing returns an error that names the requested keys without a record.
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

// Each executes a request and calls yield with the JSON of each record, in
// constant memory and without a timeout. yield must not keep the bytes; an error
// from it ends the call and is returned. Limit is as for Graph, except that 0
// means no limit. Count and RequireKeys are ignored.
func (e *Engine) Each(ctx context.Context, r Request, yield func(record []byte) error) error {
	if err := e.opened(); err != nil {
		return err
	}
	s := shapers.Get().(*shaper)
	defer s.release()
	limit := r.Limit
	if limit <= 0 {
		limit = unlimited
	}
	r.Count, r.RequireKeys, r.Limit = false, false, unlimited-max(r.Limit, 0)
	p, err := e.prepare(ctx, &r, s, limit)
	if err != nil {
		return err
	}
	if p.virtual {
		return fault.New(fault.InvalidData, "records of virtual links cannot be streamed; request them in pages")
	}
	args, err := p.values(&r, s.slots)
	if err != nil {
		return err
	}
	leave, err := e.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if len(p.leads) > 0 {
		if p, args, err = e.startAt(ctx, ctx, p, args, &r, s.slots); err != nil {
			return err
		}
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
	return e.databaseError(rows.Err())
}

// unlimited means no limit. The shapes of Each have limits from here downwards,
// so that they share no plan with those of Graph.
const unlimited = -2
