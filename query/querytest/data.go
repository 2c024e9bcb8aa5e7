package querytest

import (
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// Data is the contents of a database: the rows of each table, in any order.
type Data map[string][]Row

// Row is one row: the value of each column, nil for null. The Go type of a value
// follows from the column's kind: string, int64, float64, money.Amount, bool,
// time.Time, []string, and for JSON what encoding/json decodes into any.
type Row map[string]any

// Delete marks the row with a primary key as deleted. It panics if there is no such
// row.
func (d Data) Delete(m *model.Model, key any) {
	i := slices.IndexFunc(d[m.Table], func(r Row) bool { return r[m.PrimaryKey()] == key })
	d[m.Table][i]["deleted_at"] = time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)
}
