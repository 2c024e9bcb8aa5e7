package querytest

import (
	"cmp"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// compareValues compares two values of one kind that are not null: text by bytes,
// numbers by value, false before true, times by the millisecond.
func compareValues(a, b any) int {
	switch a := a.(type) {
	case string:
		return strings.Compare(a, b.(string))
	case int64:
		return cmp.Compare(a, b.(int64))
	case float64:
		return cmp.Compare(a, b.(float64))
	case money.Amount:
		return a.Cmp(b.(money.Amount))
	case bool:
		return compareBools(a, b.(bool))
	}
	return a.(time.Time).Compare(b.(time.Time))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// compareNullable puts nulls last.
func compareNullable(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return compareValues(a, b)
}

// compareKeys compares records by primary key.
func compareKeys(m *model.Model, a, b record) int {
	for _, k := range m.Key {
		if c := compareNullable(a.row[k], b.row[k]); c != 0 {
			return c
		}
	}
	return 0
}
