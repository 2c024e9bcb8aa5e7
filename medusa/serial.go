package medusa

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
)

// number makes the serial columns continue after the highest imported number.
func (t *transfer) number(ctx context.Context) error {
	d := t.store.DB
	for _, f := range t.model.Fields {
		if !f.Serial {
			continue
		}
		if err := d.Dialect().SkipNumbers(ctx, db.Use(ctx, d), t.model.Table, f.Name); err != nil {
			return err
		}
	}
	return nil
}
