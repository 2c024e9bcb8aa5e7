package schema

import (
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// search is the index of the text of a table in SQLite: an FTS5 table of trigrams.
// Its rows are numbered in a table of keys, since the rows of a table with a text
// key have no numbers that last. Triggers give a new row, or one whose text has
// changed, the next number; its text is added once there are as many new numbers
// as pending. Until then a search looks at those rows too. Numbers that no key has
// any more are left in the index. Its case folding lacks İ, which is i in lower
// case.
type search struct {
	model    *model.Model
	triggers [][2]string // name and statement
	fill     []string    // creates the tables and indexes the rows that are there
}

// pending is how many rows are added to an index at once. One by one, each would
// take as long as twenty together.
const pending = 128

func searchOf(m *model.Model) search {
	table, key, name := ident(m.Table), ident(m.PrimaryKey()), quote(m.Table)
	keys, texts := ident(m.SearchKeys()), ident(m.SearchTexts())
	indexed := "(SELECT indexed FROM " + model.SearchTable + " WHERE name = " + name + ")"
	last := "(SELECT max(number) FROM " + keys + ")"
	add := fmt.Sprintf("INSERT INTO %s (rowid, text) SELECT k.number, %s FROM %s k JOIN %s t ON t.%s = k.key WHERE k.number > %s ORDER BY k.number",
		texts, "replace("+m.SearchText("t.")+", 'İ', 'i')", keys, table, key, indexed)
	all := fmt.Sprintf("UPDATE %s SET indexed = coalesce(%s, indexed) WHERE name = %s", model.SearchTable, last, name)
	number := fmt.Sprintf("INSERT INTO %s (key) VALUES (NEW.%s);", keys, key)
	forget := fmt.Sprintf("DELETE FROM %s WHERE key = OLD.%s;", keys, key)
	full := fmt.Sprintf("WHEN %s >= %s + %d", last, indexed, pending)
	var columns, changed []string
	for _, f := range m.Fields {
		if f.Searchable || f.Name == m.PrimaryKey() {
			columns = append(columns, ident(f.Name))
			changed = append(changed, "OLD."+ident(f.Name)+" IS NOT NEW."+ident(f.Name))
		}
	}
	update := "UPDATE OF " + strings.Join(columns, ", ")
	s := search{model: m, fill: []string{
		fmt.Sprintf("CREATE TABLE %s (number integer PRIMARY KEY AUTOINCREMENT, key text NOT NULL UNIQUE)", keys),
		fmt.Sprintf("CREATE VIRTUAL TABLE %s USING fts5(text, content='', columnsize=0, detail=none, tokenize='trigram')", texts),
		fmt.Sprintf("INSERT INTO %s (name, indexed) VALUES (%s, 0)", model.SearchTable, name),
		fmt.Sprintf("INSERT INTO %s (key) SELECT %s FROM %s ORDER BY %[2]s", keys, key, table),
		add, all,
	}}
	for _, t := range []struct{ name, on, when, do string }{
		{"insert", "INSERT", "", number},
		{"update", update, "WHEN " + strings.Join(changed, " OR "), forget + " " + number},
		{"delete", "DELETE", "", forget},
		{"index_insert", "INSERT", full, add + "; " + all + ";"},
		{"index_update", update, full, add + "; " + all + ";"},
	} {
		name := m.SearchKeys() + "_" + t.name
		s.triggers = append(s.triggers, [2]string{name, fmt.Sprintf("CREATE TRIGGER %s AFTER %s ON %s %s BEGIN %s END", ident(name), t.on, table, t.when, t.do)})
	}
	return s
}

// sql returns the statements that create the index, or replace an old one.
func (s search) sql() string {
	lines := append([]string{strings.TrimSuffix(s.dropped(), ";")}, s.fill...)
	for _, t := range s.triggers {
		lines = append(lines, t[1])
	}
	return strings.Join(lines, ";\n") + ";"
}

// dropped returns the statements that take the index away.
func (s search) dropped() string {
	lines := []string{
		"CREATE TABLE IF NOT EXISTS " + model.SearchTable + " (name text PRIMARY KEY, indexed integer NOT NULL) WITHOUT ROWID",
		"DELETE FROM " + model.SearchTable + " WHERE name = " + quote(s.model.Table),
		"DROP TABLE IF EXISTS " + ident(s.model.SearchKeys()),
		"DROP TABLE IF EXISTS " + ident(s.model.SearchTexts()),
	}
	for _, t := range s.triggers {
		lines = append(lines, "DROP TRIGGER IF EXISTS "+ident(t[0]))
	}
	return strings.Join(lines, ";\n") + ";"
}

func (s search) change() Change {
	return Change{Table: s.model.Table, Summary: "index the text for searches", SQL: s.sql()}
}
