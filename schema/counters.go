package schema

import (
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// counter is what keeps the number of rows of a table: its triggers by name.
type counter struct {
	table    string
	triggers [][2]string // name and statement
	fill     string      // counts the rows that are there
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
