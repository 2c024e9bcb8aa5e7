package sqlite

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// rows is a result whose text can be scanned into times and lists.
type rows struct {
	*sql.Rows
	db   *Database
	dest []any // of Scan, reused for every row
}

func (r *rows) Close()     { _ = r.Rows.Close() } // Err returns what went wrong
func (r *rows) Err() error { return r.db.problem(r.Rows.Err()) }

// Scan does not modify the caller's slice.
func (r *rows) Scan(dest ...any) error {
	r.dest = append(r.dest[:0], dest...)
	for i, d := range r.dest {
		switch d := d.(type) {
		case *time.Time:
			r.dest[i] = (*timeText)(d)
		case **time.Time:
			r.dest[i] = timePointer{d}
		case *[]string:
			r.dest[i] = listScanner{d}
		}
	}
	return r.Rows.Scan(r.dest...)
}

// timeText scans a time from text.
type timeText time.Time

func (t *timeText) Scan(src any) error {
	switch v := src.(type) {
	case time.Time:
		*t = timeText(v)
	case string:
		at, err := time.Parse(time.RFC3339Nano, v)
		if err != nil {
			return fmt.Errorf("sqlite: %w", err)
		}
		*t = timeText(at)
	default:
		return fmt.Errorf("sqlite: cannot read a time from %T", src)
	}
	return nil
}

// timePointer scans a time that may be NULL.
type timePointer struct{ to **time.Time }

func (p timePointer) Scan(src any) error {
	if src == nil {
		*p.to = nil
		return nil
	}
	at := new(time.Time)
	if err := (*timeText)(at).Scan(src); err != nil {
		return err
	}
	*p.to = at
	return nil
}

type listScanner struct{ list *[]string }

func (s listScanner) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s.list = nil
		return nil
	case string:
		return json.Unmarshal([]byte(v), s.list)
	}
	return fmt.Errorf("sqlite: cannot read a list from %T", src)
}

// bind converts arguments to what SQLite stores. It does not modify args.
func bind(args []any) ([]any, error) {
	if len(args) == 0 {
		return nil, nil
	}
	out := make([]any, len(args))
	for i, a := range args {
		v, err := bindOne(a)
		if err != nil {
			return nil, err
		}
		if s, ok := v.(string); ok && (!utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0) { // SQLite would store it; PostgreSQL does not
			return nil, fault.New(fault.InvalidData, "text that is not UTF-8 or holds a NUL character cannot be stored")
		}
		out[i] = v
	}
	return out, nil
}

func bindOne(a any) (any, error) {
	switch v := a.(type) {
	case nil, string, int64, float64, []byte:
		return v, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case int:
		return int64(v), nil
	case time.Time:
		return v.UTC().Format(db.TimeFormat), nil
	case []string, []int64, []float64, []bool:
		return list(v)
	}
	return bindOther(a)
}

// bindOther binds pointers, named types and driver.Valuers.
func bindOther(a any) (any, error) {
	rv := reflect.ValueOf(a)
	if rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return nil, nil
		}
		return bindOne(rv.Elem().Interface())
	}
	if v, ok := a.(driver.Valuer); ok {
		return v.Value()
	}
	switch rv.Kind() {
	case reflect.String:
		return rv.String(), nil
	case reflect.Int, reflect.Int32, reflect.Int64:
		return rv.Int(), nil
	case reflect.Float32, reflect.Float64:
		return rv.Float(), nil
	case reflect.Bool:
		return bindOne(rv.Bool())
	case reflect.Slice:
		if rv.IsNil() {
			return nil, nil
		}
		return list(a)
	}
	return nil, fault.New(fault.InvalidData, "a value of type %T cannot be stored", a)
}

// list returns a list as JSON text, or nil for a nil list.
func list(v any) (any, error) {
	if reflect.ValueOf(v).IsNil() {
		return nil, nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}
