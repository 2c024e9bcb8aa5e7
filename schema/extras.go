package schema

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// extra is what triggers keep beside a table of SQLite.
type extra struct {
	triggers [][2]string // name and statement
	add      Change      // creates it, or replaces an old one
	drop     Change
	wanted   bool
}

func extrasOf(m *model.Model) []extra {
	var out []extra
	if m.SoftDeletes() {
		c := counterOf(m)
		out = append(out, extra{c.triggers, c.change(), Change{Table: m.Table, Summary: "count the rows no more", SQL: c.dropped(), surplus: true}, m.Counted})
	}
	if m.PrimaryKey() != "" {
		s := searchOf(m)
		out = append(out, extra{s.triggers, s.change(), Change{Table: m.Table, Summary: "index the text for searches no more", SQL: s.dropped(), surplus: true}, m.SearchIndex})
	}
	return out
}

// extras returns what a new database needs beside its tables.
func (sqliteEngine) extras(models []*model.Model) []Change {
	var out []Change
	for _, m := range models {
		for _, x := range extrasOf(m) {
			if x.wanted {
				out = append(out, x.add)
			}
		}
	}
	return out
}

// missing returns what the database lacks, has in another form, or need not have.
func (sqliteEngine) missing(ctx context.Context, c db.Conn, models []*model.Model) (now, later []Change, err error) {
	there, err := db.Collect[string](ctx, c, "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		return nil, nil, err
	}
	has := set(there)
	for _, m := range models {
		for _, x := range extrasOf(m) {
			created := func(sql string) bool { return strings.HasPrefix(sql, "CREATE TRIGGER "+ident(x.triggers[0][0])+" ") }
			switch {
			case x.wanted && slices.ContainsFunc(x.triggers, func(t [2]string) bool { return !has[t[1]] }):
				now = append(now, x.add)
			case !x.wanted && slices.ContainsFunc(there, created):
				now = append(now, x.drop)
			}
		}
	}
	return now, nil, nil
}
