package module

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
)

// CreateMissing creates records for the ids that have none, with create. Deleted records
// count as present. Modules use it to give each provider of the program a row.
func (r Records[T]) CreateMissing(ctx context.Context, ids []string, create func(id string) *T) error {
	return db.Do(ctx, r.store.DB, func(ctx context.Context) error {
		key := r.table.key
		there, err := db.Collect[string](ctx, db.Use(ctx, r.store.DB), "SELECT "+key.quoted+" FROM "+r.table.name)
		if err != nil {
			return err
		}
		var missing []*T
		for _, id := range ids {
			if !slices.Contains(there, id) {
				missing = append(missing, create(id))
			}
		}
		return r.Create(ctx, missing...)
	})
}
