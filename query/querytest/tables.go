package querytest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/schema"
)

// columnTypes are those of package schema. The tables have no foreign keys, so that
// rows can have dangling ids.
var columnTypes = map[string]map[model.Kind]string{
	"postgres": {
		model.Text: `text COLLATE "C"`, model.Int: "bigint", model.Float: "double precision", model.Decimal: "numeric",
		model.Bool: "boolean", model.Time: "timestamptz", model.JSON: "jsonb", model.TextList: `text[] COLLATE "C"`,
	},
	"sqlite": {
		model.Text: "text", model.Int: "integer", model.Float: "real", model.Decimal: "text COLLATE decimal",
		model.Bool: "integer", model.Time: "text", model.JSON: "text", model.TextList: "text",
	},
}

// Create creates the tables of a model graph and inserts the data.
func Create(ctx context.Context, d db.DB, g *model.Graph, data Data) error {
	return db.Do(ctx, d, func(ctx context.Context) error {
		for i, m := range g.Models() {
			if err := createTable(ctx, d, m); err != nil {
				return err
			}
			if err := indexSearch(ctx, d, m, i%2 == 0); err != nil {
				return err
			}
			if err := insert(ctx, d, m, data[m.Table]); err != nil {
				return err
			}
			if err := indexSearch(ctx, d, m, i%2 == 1); err != nil {
				return err
			}
			if err := countRows(ctx, d, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// indexSearch creates the search index of a model. SQLite has the rows in it that
// were there before, and adds others many at once.
func indexSearch(ctx context.Context, d db.DB, m *model.Model, now bool) error {
	if !now || !m.SearchIndex {
		return nil
	}
	_, err := db.Use(ctx, d).Exec(ctx, schema.SearchIndex(d.Dialect(), m))
	return err
}

// countRows has the rows of a counted model counted.
func countRows(ctx context.Context, d db.DB, m *model.Model) error {
	create := schema.Counter(d.Dialect(), m)
	if create == "" || !m.Counted {
		return nil
	}
	_, err := db.Use(ctx, d).Exec(ctx, create)
	return err
}

// Replace replaces all rows in the tables of a model graph.
func Replace(ctx context.Context, d db.DB, g *model.Graph, data Data) error {
	return db.Do(ctx, d, func(ctx context.Context) error {
		for _, m := range g.Models() {
			if _, err := db.Use(ctx, d).Exec(ctx, "DELETE FROM "+d.Dialect().Quote(m.Table)); err != nil {
				return err
			}
			if err := insert(ctx, d, m, data[m.Table]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Drop drops the tables of a model graph.
func Drop(ctx context.Context, d db.DB, g *model.Graph) error {
	return db.Do(ctx, d, func(ctx context.Context) error {
		for _, m := range g.Models() {
			if _, err := db.Use(ctx, d).Exec(ctx, "DROP TABLE "+d.Dialect().Quote(m.Table)); err != nil {
				return err
			}
			for _, kept := range []string{m.SearchKeys(), m.SearchTexts()} {
				if _, err := db.Use(ctx, d).Exec(ctx, "DROP TABLE IF EXISTS "+d.Dialect().Quote(kept)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func createTable(ctx context.Context, d db.DB, m *model.Model) error {
	var columns []string
	for _, f := range m.Fields {
		columns = append(columns, d.Dialect().Quote(f.Name)+" "+columnTypes[d.Dialect().Name()][f.Kind])
	}
	columns = append(columns, "PRIMARY KEY ("+quoteAll(d, m.Key)+")")
	c := db.Use(ctx, d)
	if _, err := c.Exec(ctx, fmt.Sprintf("CREATE TABLE %s (%s)", d.Dialect().Quote(m.Table), strings.Join(columns, ", "))); err != nil {
		return err
	}
	for i, index := range m.Indexes {
		unique, live := "", ""
		if index.Unique {
			unique = "UNIQUE "
		}
		if m.SoftDeletes() {
			live = " WHERE deleted_at IS NULL"
		}
		name := d.Dialect().Quote(fmt.Sprintf("%s_%d", m.Table, i))
		create := fmt.Sprintf("CREATE %sINDEX %s ON %s (%s)%s", unique, name, d.Dialect().Quote(m.Table), quoteAll(d, index.Columns), live)
		if _, err := c.Exec(ctx, create); err != nil {
			return err
		}
	}
	return nil
}

func quoteAll(d db.DB, names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = d.Dialect().Quote(n)
	}
	return strings.Join(quoted, ", ")
}

func insert(ctx context.Context, d db.DB, m *model.Model, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	var names []string
	for _, f := range m.Fields {
		names = append(names, f.Name)
	}
	var tuples []string
	var args []any
	for _, r := range rows {
		var marks []string
		for _, f := range m.Fields {
			args = append(args, stored(d, r[f.Name], f.Kind))
			marks = append(marks, d.Dialect().Placeholder(len(args)))
		}
		tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
	}
	into := fmt.Sprintf("INSERT INTO %s (%s) VALUES %s", d.Dialect().Quote(m.Table), quoteAll(d, names), strings.Join(tuples, ", "))
	_, err := db.Use(ctx, d).Exec(ctx, into, args...)
	return err
}

// stored returns a value as it is bound. PostgreSQL keeps trailing zeros of decimals,
// and imported ones have them, so some are added there.
func stored(d db.DB, v any, k model.Kind) any {
	switch {
	case v == nil:
		return nil
	case k == model.JSON:
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // cannot happen: every value of a row is valid JSON
		}
		return model.RawJSON(b)
	case k == model.Decimal && d.Dialect().Name() == "postgres":
		text := v.(money.Amount).String()
		if strings.Contains(text, ".") {
			return text + "0"
		}
		return text + ".00"
	}
	return v
}
