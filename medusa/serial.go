package medusa

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// number makes the next numbers of serial columns follow the highest one taken
// over. SQLite needs no telling: it counts from the table (db.Dialect.Numbers).
func (t *transfer) number(ctx context.Context) error {
	if t.store.DB.Dialect().Name() != "postgres" {
		return nil
	}
	for _, f := range t.model.Fields {
		if !f.Serial {
			continue
		}
		if err := t.numberOf(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// numberOf moves the column's sequence forward, never back. A sequence does not
// go back with a transaction either; numbers left out do no harm.
func (t *transfer) numberOf(ctx context.Context, f *model.Field) error {
	q := t.store.DB.Dialect().Quote
	sql := fmt.Sprintf(`SELECT setval(s.name, s.most) FROM (SELECT pg_get_serial_sequence($1, $2)::regclass AS name, (SELECT max(%s) FROM %s) AS most) s
		WHERE s.most > coalesce(pg_sequence_last_value(s.name), 0)`, q(f.Name), q(t.model.Table))
	_, err := db.Collect[int64](ctx, db.Use(ctx, t.store.DB), sql, q(t.model.Table), f.Name)
	return err
}
