package module

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// A Tracker finds the rows whose derived columns change, and writes them. Derivation
// makes one, and Track fills it. The zero value tracks nothing.
type Tracker struct{ tables []trackedRows }

// trackedRows are the rows of one model.
type trackedRows interface {
	compare(found func(Wrong)) error
	write(ctx context.Context) error
}

// Track remembers the derived columns of rows, before they are computed. derived
// returns those of a row, in a struct of its own: the json tags name the columns.
// Models are compared, and written, in the order in which they were tracked.
func Track[R, D any](t *Tracker, records Records[R], rows []*R, derived func(*R) D) {
	before := make([]D, len(rows))
	for i, r := range rows {
		before[i] = derived(r)
	}
	t.tables = append(t.tables, &tracked[R, D]{records: records, rows: rows, derived: derived, before: before})
}

func (t *Tracker) compare(found func(Wrong)) error {
	for _, rows := range t.tables {
		if err := rows.compare(found); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tracker) write(ctx context.Context) error {
	for _, rows := range t.tables {
		if err := rows.write(ctx); err != nil {
			return err
		}
	}
	return nil
}

// tracked implements trackedRows.
type tracked[R, D any] struct {
	records Records[R]
	rows    []*R
	derived func(*R) D
	before  []D
	changed []*R
}

// compare collects the rows that have changed, and calls found, if it is there, with
// every value that has.
func (t *tracked[R, D]) compare(found func(Wrong)) error {
	for i, r := range t.rows {
		now := t.derived(r)
		if alike(reflect.ValueOf(t.before[i]), reflect.ValueOf(now)) {
			continue
		}
		t.changed = append(t.changed, r)
		if found == nil {
			continue
		}
		wrong, err := differences(t.before[i], now)
		if err != nil {
			return err
		}
		for _, w := range wrong {
			w.Model, w.ID = t.records.Model(), t.records.id(r)
			found(w)
		}
	}
	return nil
}

func (t *tracked[R, D]) write(ctx context.Context) error {
	return t.records.Derive(ctx, model.Names[D](), t.changed...)
}

var (
	amountType = reflect.TypeFor[money.Amount]()
	timeType   = reflect.TypeFor[time.Time]()
)

// alike reports whether two forms of a row have the same values. Amounts that are
// equal are the same, whatever their digits.
func alike(a, b reflect.Value) bool {
	switch t := a.Type(); {
	case t == amountType:
		return a.Interface().(money.Amount).Equal(b.Interface().(money.Amount))
	case t == timeType:
		return a.Interface().(time.Time).Equal(b.Interface().(time.Time))
	case t.Kind() == reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return alike(a.Elem(), b.Elem())
	case t.Kind() == reflect.Struct:
		for i := range a.NumField() {
			if !alike(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// differences returns the columns in which two forms of a row differ. Amounts that
// are equal do not, whatever their digits.
func differences(stored, computed any) (out []Wrong, err error) {
	var was, now map[string]json.RawMessage
	for _, v := range []struct {
		from any
		to   *map[string]json.RawMessage
	}{{stored, &was}, {computed, &now}} {
		b, err := json.Marshal(v.from)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, v.to); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if string(was[name]) != string(now[name]) {
			out = append(out, Wrong{Column: name, Stored: string(was[name]), Computed: string(now[name])})
		}
	}
	return out, nil
}
