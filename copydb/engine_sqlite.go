package copydb

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// sqliteEngine is the engine of SQLite.
type sqliteEngine struct{ quote func(string) string }

// serials is the table in which the dialect of SQLite counts.
const serials = "gorgon_serial"

func (sqliteEngine) identity() string {
	return "SELECT file FROM pragma_database_list WHERE name = 'main'"
}

func (sqliteEngine) tables() string {
	return `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
}

func (sqliteEngine) text(column string, _ model.Kind) string { return column }

// begin has nothing to lock: SQLite has one writer. Foreign keys are checked by
// the commit.
func (sqliteEngine) begin(ctx context.Context, c db.Conn, _ []*model.Model, _ []reference) error {
	_, err := c.Exec(ctx, "PRAGMA defer_foreign_keys = ON")
	return err
}

// settle finds the first row with a foreign key that leads nowhere: the error of
// the commit would not name it.
func (sqliteEngine) settle(ctx context.Context, c db.Conn, _ []*model.Model) error {
	rows, err := c.Query(ctx, "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		v := &db.Violation{Kind: db.ForeignKeyViolation}
		var parent string
		if err := rows.Scan(&v.Table, &parent); err != nil {
			return err
		}
		v.Columns = []string{v.Table + " to " + parent}
		v.Err = fmt.Errorf("a row of %s refers to a missing row of %s", v.Table, parent)
		return v
	}
	return rows.Err()
}

func (e sqliteEngine) number(ctx context.Context, c db.Conn, table, column string) (int64, error) {
	last, err := db.Collect[int64](ctx, c, "SELECT coalesce(max("+e.quote(column)+"), 0) FROM "+e.quote(table))
	if err != nil {
		return 0, err
	}
	if _, counts, err := db.One[int64](ctx, c, "SELECT 1 FROM sqlite_schema WHERE name = ?1", serials); err != nil || !counts {
		return last[0], err
	}
	counted, _, err := db.One[int64](ctx, c, "SELECT last FROM "+serials+" WHERE name = ?1", table+"."+column)
	return max(last[0], counted), err
}

func (sqliteEngine) setNumber(ctx context.Context, c db.Conn, table, column string, n int64) error {
	if _, err := c.Exec(ctx, "CREATE TABLE IF NOT EXISTS "+serials+" (name text PRIMARY KEY, last integer NOT NULL) STRICT"); err != nil {
		return err
	}
	_, err := c.Exec(ctx, "INSERT INTO "+serials+" (name, last) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET last = ?2", table+"."+column, n)
	return err
}
