package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// counter is what keeps the number of rows of a table: its triggers by name.
type counter struct {
	table    string
	triggers [][2]string // name and statement
	fill     string      // counts the rows that are there
}

// counters returns the counters of the models.
func counters(models []*model.Model) []counter {
	var out []counter
	for _, m := range models {
		if m.Counted {
			out = append(out, counterOf(m))
		}
	}
	return out
}

func counterOf(m *model.Model) counter {
	table, by, of := ident(m.Table), "''", ""
	if m.CountedBy != "" {
		by, of = ident(m.CountedBy), ", "+ident(m.CountedBy)
	}
	at := func(row string) string {
		if m.CountedBy == "" {
			return by
		}
		return row + "." + by
	}
	gone := "UPDATE " + model.CountTable + " SET live = live - 1 WHERE name = " + quote(m.Table) + " AND part = " + at("OLD") + ";"
	come := "INSERT INTO " + model.CountTable + " (name, part, live) VALUES (" + quote(m.Table) + ", " + at("NEW") + ", 1) ON CONFLICT (name, part) DO UPDATE SET live = live + 1;"
	c := counter{table: m.Table}
	for _, t := range []struct{ name, on, row, do string }{
		{"insert", "INSERT", "NEW", come},
		{"delete", "DELETE", "OLD", gone},
		{"leave", "UPDATE OF deleted_at" + of, "OLD", gone},
		{"return", "UPDATE OF deleted_at" + of, "NEW", come},
	} {
		name := model.CountTable + "_" + m.Table + "_" + t.name
		c.triggers = append(c.triggers, [2]string{name, fmt.Sprintf(
			"CREATE TRIGGER %s AFTER %s ON %s WHEN %s.deleted_at IS NULL BEGIN %s END", ident(name), t.on, table, t.row, t.do)})
	}
	group := ""
	if m.CountedBy != "" {
		group = " GROUP BY " + by
	}
	c.fill = fmt.Sprintf("INSERT INTO %s (name, part, live) SELECT %s, %s, count(*) FROM %s WHERE deleted_at IS NULL%s",
		model.CountTable, quote(m.Table), by, table, group)
	return c
}

// sql returns the statements that create the counter, or replace an old one.
func (c counter) sql() string {
	lines := []string{
		"CREATE TABLE IF NOT EXISTS " + model.CountTable + " (name text NOT NULL, part NOT NULL, live integer NOT NULL, PRIMARY KEY (name, part)) WITHOUT ROWID",
		strings.TrimSuffix(c.dropped(), ";"), c.fill,
	}
	for _, t := range c.triggers {
		lines = append(lines, t[1])
	}
	return strings.Join(lines, ";\n") + ";"
}

// dropped returns the statements that take the counter away.
func (c counter) dropped() string {
	lines := []string{"DELETE FROM " + model.CountTable + " WHERE name = " + quote(c.table)}
	for _, t := range c.triggers {
		lines = append(lines, "DROP TRIGGER IF EXISTS "+ident(t[0]))
	}
	return strings.Join(lines, ";\n") + ";"
}

func (c counter) change() Change {
	return Change{Table: c.table, Summary: "count the rows", SQL: c.sql()}
}

// extras returns what a database needs beside its tables.
func (sqliteEngine) extras(models []*model.Model) []Change {
	var out []Change
	for _, c := range counters(models) {
		out = append(out, c.change())
	}
	return out
}

// missing returns the counters that the database lacks, or has in another form.
func (sqliteEngine) missing(ctx context.Context, c db.Conn, models []*model.Model) ([]Change, error) {
	there, err := db.Collect[string](ctx, c, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		return nil, err
	}
	has := set(there)
	var out []Change
	for _, m := range models {
		if old := counterOf(m); !m.Counted && slices.ContainsFunc(there, func(sql string) bool { return strings.HasPrefix(sql, "CREATE TRIGGER "+ident(old.triggers[0][0])+" ") }) {
			out = append(out, Change{Table: m.Table, Summary: "count the rows no more", SQL: old.dropped(), surplus: true})
		}
	}
	for _, k := range counters(models) {
		for _, t := range k.triggers {
			if !has[t[1]] {
				out = append(out, k.change())
				break
			}
		}
	}
	return out, nil
}

// PostgreSQL counts by its planner's estimate.
func (postgresEngine) extras([]*model.Model) []Change { return nil }

func (postgresEngine) missing(context.Context, db.Conn, []*model.Model) ([]Change, error) {
	return nil, nil
}
