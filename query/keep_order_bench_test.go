package query_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

// BenchmarkKeepOrder compares the records of 50,000 ids in any order, in that of
// the ids, and a page without ids.
func BenchmarkKeepOrder(b *testing.B) {
	const n = 50_000
	for database, open := range map[string]func(testing.TB) db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		d := open(b)
		f := fixture(b)
		if err := querytest.Create(b.Context(), d, f.Graph, f.Data); err != nil {
			b.Fatal(err)
		}
		_, err := d.Exec(b.Context(), `INSERT INTO item_variant (id, sku, item_id, created_at, updated_at)
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
			SELECT 'w' || (100000 + i), 'S', v.item_id, v.created_at, v.updated_at FROM n, item_variant v WHERE v.id = 'v1'`)
		if err != nil {
			b.Fatal(err)
		}
		ids := make([]string, n)
		for i := range n {
			ids[i] = fmt.Sprintf("w%d", 100_000+n-i)
		}
		e := query.New(f.Graph, d, query.Limits{MaxPage: n})
		plain := query.Request{Entity: "item_variant", Fields: []string{"id", "sku"}, Filters: query.Filters{"sku": "S"}}
		listed := plain
		listed.Filters = query.Filters{"id": ids}
		ordered := listed
		ordered.KeepOrder = true
		for name, r := range map[string]query.Request{"plain": plain, "listed": listed, "in order": ordered} {
			b.Run(database+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if res, err := e.Graph(b.Context(), r); err != nil || res.Rows != n {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
