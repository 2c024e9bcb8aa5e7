package schema_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// itemTypes are the types of the columns of item, with "?" if null is allowed.
var itemTypes = map[string]map[string]string{
	"postgres": {
		"id": "text C", "title": "text C", "note": "text C?", "count": "bigint", "ratio": "double precision", "share": "double precision?",
		"price": "numeric", "discount": "numeric?", "active": "boolean", "hidden": "boolean?", "sold_at": "timestamp(3) with time zone?",
		"tags": "text[]?", "config": "jsonb", "status": "text C", "rank": "bigint?", "number": "bigint", "order_id": "text C", "parent_id": "text C?",
		"metadata": "jsonb?", "created_at": "timestamp(3) with time zone", "updated_at": "timestamp(3) with time zone",
		"deleted_at": "timestamp(3) with time zone?",
	},
	"sqlite": {
		"id": "text", "title": "text", "note": "text?", "count": "integer", "ratio": "real", "share": "real?",
		"price": "text", "discount": "text?", "active": "integer", "hidden": "integer?", "sold_at": "text?",
		"tags": "text?", "config": "text", "status": "text", "rank": "integer?", "number": "integer", "order_id": "text", "parent_id": "text?",
		"metadata": "text?", "created_at": "text", "updated_at": "text", "deleted_at": "text?",
	},
}

var typesQuery = map[string]string{
	"postgres": `SELECT a.attname::text, format_type(a.atttypid, a.atttypmod) || CASE WHEN c.collname = 'C' THEN ' C' ELSE '' END || CASE WHEN a.attnotnull THEN '' ELSE '?' END
		FROM pg_attribute a LEFT JOIN pg_collation c ON c.oid = a.attcollation WHERE a.attrelid = 'item'::regclass AND a.attnum > 0`,
	"sqlite": `SELECT name, lower(type) || CASE WHEN "notnull" THEN '' ELSE '?' END FROM pragma_table_info('item')`,
}

func TestColumnTypes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		migrate(t, d, shop(t))
		rows, err := d.Query(t.Context(), typesQuery[d.Dialect().Name()])
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		got := map[string]string{}
		for rows.Next() {
			var name, kind string
			if err := rows.Scan(&name, &kind); err != nil {
				t.Fatal(err)
			}
			got[name] = kind
		}
		if want := itemTypes[d.Dialect().Name()]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("columns\n%v, want\n%v", got, want)
		}
	})
}
