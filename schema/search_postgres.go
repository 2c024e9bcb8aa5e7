package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// PostgreSQL has the text of a searched table in a GIN index of trigrams, which
// needs the extension pg_trgm. Where the extension is not installed and cannot be,
// there is no such index, and searches try one row after the other.

// trigrams is the extension. It is installed in the schema public: dropping the
// schema of a shop must not take away the indexes of others.
const trigrams = "pg_trgm"

// installable is the condition that the user may install the extension.
const installable = `to_regnamespace('public') IS NOT NULL AND EXISTS (SELECT 1 FROM pg_catalog.pg_available_extension_versions v
	WHERE v.name = 'pg_trgm' AND (NOT v.superuser OR v.trusted AND has_database_privilege(current_database(), 'CREATE')
	OR (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)))`

// classes is the query of the schema that has the operator classes of the
// extension, quoted.
const classes = `SELECT quote_ident(n.nspname) FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'`

const installTrigrams = "CREATE EXTENSION IF NOT EXISTS " + trigrams + " WITH SCHEMA public"

// searchName returns the name of a search index. The columns are part of it: an
// index of other columns has another name.
func searchName(m *model.Model) string {
	return withHash(m.SearchKeys(), m.SearchText(""))
}

// searchIndex returns the statement that creates the index of a model, without the
// part before the name.
func searchIndex(m *model.Model, schema string) string {
	return fmt.Sprintf("%s ON %s USING gin ((%s) COLLATE \"default\" %s.gin_trgm_ops) WITH (gin_pending_list_limit = 256)", ident(searchName(m)), ident(m.Table), m.SearchText(""), schema)
}

// extras creates the search indexes of a new database, if it can.
func (postgresEngine) extras(models []*model.Model) []Change {
	sql := indexSearches(models)
	if sql == "" {
		return nil
	}
	return []Change{{Summary: "index the text for searches", SQL: sql}}
}

// indexSearches returns the statement that creates the search indexes of models,
// if the extension is there or can be installed; "" if they have none. Replicas
// take turns, since two that install the extension at once would fail.
func indexSearches(models []*model.Model) string {
	lines := []string{
		"DO $$ DECLARE classes text; BEGIN",
		"\tPERFORM pg_advisory_xact_lock(hashtextextended('gorgon pg_trgm', 0));",
		"\tIF NOT EXISTS (" + classes + ") AND " + installable + " THEN",
		"\t\t" + installTrigrams + ";",
		"\tEND IF;",
		"\tclasses := (" + classes + ");",
		"\tIF classes IS NOT NULL THEN",
	}
	before := len(lines)
	for _, m := range models {
		if m.SearchIndex {
			lines = append(lines, "\t\tEXECUTE format($index$CREATE INDEX "+searchIndex(m, "%s")+"$index$, classes);")
		}
	}
	if len(lines) == before {
		return ""
	}
	return strings.Join(append(lines, "\tEND IF;", "END $$;"), "\n")
}

// missing returns the search indexes that the database lacks or need not have.
// They come after the transaction, as other indexes do.
func (e postgresEngine) missing(ctx context.Context, c db.Conn, models []*model.Model) (now, later []Change, err error) {
	schema, ok, err := db.One[string](ctx, c, classes)
	if err != nil {
		return nil, nil, err
	}
	if !ok {
		may, _, err := db.One[bool](ctx, c, "SELECT "+installable)
		if err != nil || !may {
			return nil, nil, err
		}
		schema = "public"
	}
	there, err := searchIndexes(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	create, drop := e.online()
	var drops []Change
	for _, m := range models {
		name := searchName(m)
		if m.SearchIndex && there[name] == "" {
			later = append(later, Change{Table: m.Table, Summary: "index the text for searches", SQL: create + searchIndex(m, schema) + ";", index: name})
		}
		for other, table := range there {
			if table == m.Table && (other != name || !m.SearchIndex) {
				drops = append(drops, Change{Table: m.Table, Summary: "drop the index " + other, SQL: drop + ident(other) + ";", index: other, surplus: true})
			}
		}
	}
	if len(later) > 0 && !ok {
		later = slices.Insert(later, 0, Change{Summary: "install the extension " + trigrams, SQL: installTrigrams + ";", index: trigrams})
	}
	return nil, append(later, drops...), nil
}

// searchIndexes returns the tables of the search indexes that can be used, by the
// names of the indexes.
func searchIndexes(ctx context.Context, c db.Conn) (map[string]string, error) {
	rows, err := c.Query(ctx, `SELECT c.relname::text, t.relname::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
		JOIN pg_catalog.pg_class t ON t.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND i.indisvalid AND starts_with(c.relname::text, '`+model.SearchTable+`_')`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var name, table string
		if err := rows.Scan(&name, &table); err != nil {
			return nil, err
		}
		out[name] = table
	}
	return out, rows.Err()
}

// SearchTables returns, for PostgreSQL, the tables whose search index can be used, and
// whether the indexes have letters that are not ASCII, which depends on the locale of
// the database. There are none where the extension is not installed.
func SearchTables(ctx context.Context, c db.Conn) (tables map[string]bool, wide bool, err error) {
	indexes, err := searchIndexes(ctx, c)
	if err != nil {
		return nil, false, err
	}
	tables = map[string]bool{}
	for _, table := range indexes {
		tables[table] = true
	}
	schema, ok, err := db.One[string](ctx, c, classes)
	if err != nil || !ok {
		return tables, false, err
	}
	wide, _, err = db.One[bool](ctx, c, "SELECT cardinality("+schema+".show_trgm('жжж')) > 0")
	return tables, wide, err
}
