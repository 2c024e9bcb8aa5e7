package medusa_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/module"
)

// Whoever watches a store sees every row that an import writes, pairs included,
// and nothing else.
func TestImportIsSeenWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, seen := store(t, d), map[string][]string{}
		s.Watch(module.Watcher{See: func(ctx context.Context, s *module.Store, c module.Change) error {
			if !db.InTx(ctx, s.DB) {
				t.Errorf("a change of %s is seen outside the transaction", c.Model)
			}
			seen[c.Model.Table] = append(seen[c.Model.Table], c.IDs...)
			return nil
		}})
		importShop(t, open(t, medusatest.Shop(t)), s)
		pairs := 0
		for _, m := range s.Graph.Models() {
			q := d.Dialect().Quote
			key := q(m.Key[0])
			if len(m.Key) == 2 {
				key += " || ' ' || " + q(m.Key[1])
			}
			written, err := db.Collect[string](t.Context(), d, "SELECT "+key+" FROM "+q(m.Table))
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(written)
			slices.Sort(seen[m.Table])
			seen[m.Table] = slices.Compact(seen[m.Table]) // rows with totals are written once more
			if diff := cmp.Diff(written, seen[m.Table]); diff != "" && len(written)+len(seen[m.Table]) > 0 {
				t.Errorf("%s: written -, seen +\n%s", m.Table, diff)
			}
			if len(m.Key) == 2 {
				pairs += len(written)
			}
		}
		if pairs == 0 {
			t.Error("the shop has no pairs")
		}
	})
}
