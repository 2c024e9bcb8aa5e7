package copydb_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// dump returns all rows of all tables, as text that is the same for both
// databases. It reads them in its own way, not in that of the copy.
func dump(t *testing.T, app *gorgon.App) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, m := range app.Shop.Blueprint.Graph.Models() {
		out[m.Table] = dumpTable(t, app.DB(), m)
	}
	return out
}

func dumpTable(t *testing.T, d db.DB, m *model.Model) (out []string) {
	t.Helper()
	q := d.Dialect().Quote
	exprs := make([]string, len(m.Fields))
	for i, f := range m.Fields {
		exprs[i] = textOf(d, q(f.Name), f.Kind)
	}
	keys := make([]string, len(m.Key))
	for i, k := range m.Key {
		keys[i] = q(k)
	}
	rows, err := d.Query(t.Context(), "SELECT "+strings.Join(exprs, ", ")+" FROM "+q(m.Table)+" ORDER BY "+strings.Join(keys, ", "))
	must(t, err)
	defer rows.Close()
	cells, dest := make([]*string, len(m.Fields)), make([]any, len(m.Fields))
	for i := range cells {
		dest[i] = &cells[i]
	}
	for rows.Next() {
		must(t, rows.Scan(dest...))
		var line strings.Builder
		for i, f := range m.Fields {
			fmt.Fprintf(&line, "%s=%s ", f.Name, shown(t, f.Kind, cells[i]))
		}
		out = append(out, line.String())
	}
	must(t, rows.Err())
	return out
}

func textOf(d db.DB, column string, k model.Kind) string {
	if d.Dialect().Name() == "sqlite" {
		return "CAST(" + column + " AS text)"
	}
	switch k {
	case model.Time:
		return `to_char(` + column + `, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
	case model.Bool:
		return column + "::int::text"
	case model.TextList:
		return "to_json(" + column + ")::text"
	}
	return column + "::text"
}

func shown(t *testing.T, k model.Kind, text *string) string {
	t.Helper()
	if text == nil {
		return "NULL"
	}
	if k == model.Float {
		f, err := strconv.ParseFloat(*text, 64)
		must(t, err)
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	if k != model.JSON && k != model.TextList {
		return fmt.Sprintf("%q", *text)
	}
	d := json.NewDecoder(strings.NewReader(*text))
	d.UseNumber()
	var v any
	must(t, d.Decode(&v))
	b, err := json.Marshal(v)
	must(t, err)
	return string(b)
}

// same compares two dumps.
func same(t *testing.T, want, got map[string][]string) {
	t.Helper()
	for table := range want {
		if diff := cmp.Diff(want[table], got[table]); diff != "" {
			t.Errorf("%s differs: %.2000s", table, diff)
		}
	}
	if len(want) != len(got) {
		t.Errorf("%d tables, want %d", len(got), len(want))
	}
}
