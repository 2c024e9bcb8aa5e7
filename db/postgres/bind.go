package postgres

import (
	"database/sql/driver"
	"reflect"
	"time"
)

// bind converts arguments to what pgx sends. Times are truncated to
// milliseconds, the precision of the API, so that both databases store the same
// instant. It does not modify args.
func bind(args []any) ([]any, error) {
	for i, a := range args {
		v, changed, err := bindOne(a)
		if err != nil {
			return nil, err
		}
		if !changed {
			continue
		}
		out := append([]any(nil), args...)
		out[i] = v
		for j := i + 1; j < len(out); j++ {
			if out[j], _, err = bindOne(out[j]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return args, nil
}

func bindOne(a any) (v any, changed bool, err error) {
	switch t := a.(type) {
	case nil, string, *string, int64, *int64, bool, *bool, float64, *float64, int, []string, []int64, []bool, []float64:
		return a, false, nil
	case time.Time:
		return t.UTC().Truncate(time.Millisecond), true, nil
	case *time.Time:
		if t == nil {
			return nil, true, nil
		}
		return t.UTC().Truncate(time.Millisecond), true, nil
	}
	if rv := reflect.ValueOf(a); rv.Kind() == reflect.Pointer {
		if rv.IsNil() {
			return nil, true, nil
		}
		v, _, err := bindOne(rv.Elem().Interface())
		return v, true, err
	}
	if val, ok := a.(driver.Valuer); ok {
		v, err := val.Value()
		return v, true, err
	}
	return a, false, nil
}
