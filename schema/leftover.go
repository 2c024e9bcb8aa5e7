package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/schema"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// A Leftover is a table of links that no model of the schema reads: the link was
// taken out, its sides were swapped, or its table was renamed.
type Leftover struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`           // that are not deleted
	Like  string `json:"like,omitempty"` // the table of a link between the same two models, if there is one
}

// String returns the leftover as a sentence without a period.
func (l Leftover) String() string {
	links := "links"
	if l.Rows == 1 {
		links = "link"
	}
	text := fmt.Sprintf("the table %s is not read by any link of this binary; it holds %d %s", l.Table, l.Rows, links)
	if l.Like != "" {
		text += ", between the same two models as " + l.Like
	}
	return text
}

// Leftovers returns the tables of links that no model reads and that have rows, by
// name.
func (s *Schema) Leftovers(ctx context.Context, d db.DB) ([]Leftover, error) {
	e, err := engineOf(d)
	if err != nil {
		return nil, err
	}
	st := &state{}
	if err := st.readNames(ctx, db.Use(ctx, d), e); err != nil {
		return nil, err
	}
	known := map[string]bool{versions: true, ran: true}
	like := map[string]string{}
	for _, m := range s.models {
		known[m.Table] = true
		var columns []string
		for _, f := range m.Fields {
			columns = append(columns, f.Name)
		}
		if ends := endsOf(columns); ends != "" {
			like[ends] = m.Table
		}
	}
	var names []string
	for name := range st.names {
		if !known[name] && !model.Kept(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	slices.Sort(names)
	have, err := e.inspect(ctx, d, names)
	if err != nil {
		return nil, err
	}
	var out []Leftover
	for _, t := range have.Tables {
		ends := endsOf(columnNames(t))
		if ends == "" {
			continue
		}
		rows, _, err := db.One[int64](ctx, db.Use(ctx, d), "SELECT count(*) FROM "+d.Dialect().Quote(t.Name)+" WHERE deleted_at IS NULL")
		if err != nil {
			return nil, err
		}
		if rows > 0 {
			out = append(out, Leftover{t.Name, rows, like[ends]})
		}
	}
	return out, nil
}

func columnNames(t *schema.Table) []string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Name
	}
	return out
}

// endsOf returns the two columns of a table of links that hold its ends, sorted
// and joined, or "" if the columns are not those of such a table.
func endsOf(columns []string) string {
	for _, name := range []string{"id", "created_at", "updated_at", "deleted_at"} {
		if !slices.Contains(columns, name) {
			return ""
		}
	}
	var ends []string
	for _, name := range columns {
		if strings.HasSuffix(name, "_id") {
			ends = append(ends, name)
		}
	}
	if len(ends) != 2 {
		return ""
	}
	slices.Sort(ends)
	return strings.Join(ends, " ")
}
