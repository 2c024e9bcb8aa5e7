package copydb

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// A Holding is what a database holds, by table. Tables without rows are left out.
type Holding map[string]Held

// Held is what a table holds.
type Held struct {
	Rows    int64
	Changed int64 // the rows that were changed after they were created
}

// Hold counts the rows of the tables of a graph. A table that does not exist has
// none.
func Hold(ctx context.Context, d db.DB, g *model.Graph) (Holding, error) {
	e, err := engineOf(d)
	if err != nil {
		return nil, err
	}
	names, err := db.Collect[string](ctx, db.Use(ctx, d), e.tables())
	if err != nil {
		return nil, err
	}
	held := Holding{}
	for _, m := range g.Models() {
		if !slices.Contains(names, m.Table) {
			continue
		}
		h, err := hold(ctx, d, m)
		if err != nil {
			return nil, err
		}
		if h.Rows > 0 {
			held[m.Table] = h
		}
	}
	return held, nil
}

func hold(ctx context.Context, d db.DB, m *model.Model) (h Held, err error) {
	q := d.Dialect().Quote
	if h.Rows, err = count(ctx, db.Use(ctx, d), d.Dialect(), m.Table); err != nil || h.Rows == 0 {
		return h, err
	}
	if m.Field("created_at") == nil || m.Field("updated_at") == nil {
		return h, nil
	}
	changed := "SELECT count(*) FROM " + q(m.Table) + " WHERE " + q("updated_at") + " > " + q("created_at")
	h.Changed, _, err = db.One[int64](ctx, db.Use(ctx, d), changed)
	return h, err
}

// Beyond returns an error that says what h holds beyond a fresh shop, or nil.
func (h Holding) Beyond(fresh Holding) error {
	var more []string
	mostFirst := func(a, b string) int { return cmp.Or(cmp.Compare(h[b].Rows, h[a].Rows), cmp.Compare(a, b)) }
	for _, table := range slices.SortedFunc(maps.Keys(h), mostFirst) {
		if have, made := h[table], fresh[table]; have.Rows > made.Rows {
			more = append(more, fmt.Sprintf("%s (%s)", table, rows(have.Rows)))
		} else if have.Changed > made.Changed {
			more = append(more, fmt.Sprintf("%s (%s changed)", table, rows(have.Changed)))
		}
	}
	if len(more) == 0 {
		return nil
	}
	const most = 5
	if n := len(more) - most; n > 0 {
		more = append(more[:most], fmt.Sprintf("%d more tables", n))
	}
	return fault.New(fault.NotAllowed, "the target is not empty: it holds %s; copy into a new database", strings.Join(more, ", "))
}

func rows(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func count(ctx context.Context, c db.Conn, d db.Dialect, table string) (int64, error) {
	n, _, err := db.One[int64](ctx, c, "SELECT count(*) FROM "+d.Quote(table))
	return n, err
}
