package module

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
)

// Derive writes some columns of records that exist: values that the module computes
// from other records, such as totals. No rules run and updated_at stays as it is;
// watchers see the change. If one of the records does not exist or is soft-deleted,
// the error is not_found and none is changed.
func (r Records[T]) Derive(ctx context.Context, columns []string, records ...*T) error {
	all, err := r.structs(records)
	if err != nil || len(all) == 0 || len(columns) == 0 {
		return err
	}
	ins := &insert{table: r.table, columns: []*column{r.table.key}, rows: len(all), quiet: true}
	for _, name := range columns {
		c, err := r.table.column(name)
		if err != nil {
			return err
		}
		ins.columns = append(ins.columns, c)
	}
	for _, record := range all {
		for _, c := range ins.columns {
			v, _, err := c.cell(record)
			if err != nil {
				return err
			}
			ins.values = append(ins.values, v)
		}
	}
	return db.Do(ctx, r.store.DB, func(ctx context.Context) error { return r.store.saveRows(ctx, ins, r.store.Now()) })
}
