package modules_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/model"
)

// dump is what a PostgreSQL dump says about its tables.
type dump struct {
	tables map[string]map[string]dumpColumn
	enums  map[string][]string // the values of enum types, and of CHECKs as "table.column"
	keys   []string            // foreign keys: "table.column -> table on delete …"
	unique []string            // unique indexes: "table column column [where …]"
	rows   map[string][]map[string]string
}

type dumpColumn struct {
	kind model.Kind
	null bool
	enum string // its enum type
}

const isNull = `\N` // how COPY writes null

var parsed struct {
	once sync.Once
	dump *dump
}

// sample returns the dump of the sample shop, which was made by Medusa. It is parsed
// once.
func sample(t *testing.T) *dump {
	t.Helper()
	parsed.once.Do(func() { parsed.dump = parseDump(medusatest.Dump(t)) })
	if parsed.dump == nil {
		t.Fatal("the sample shop could not be read")
	}
	return parsed.dump
}

var (
	createTable = regexp.MustCompile(`(?ms)^CREATE TABLE public\."?(\w+)"? \(\n(.*?)^\);`)
	createType  = regexp.MustCompile(`(?ms)^CREATE TYPE public\.(\w+) AS ENUM \((.*?)\);`)
	createIndex = regexp.MustCompile(`(?m)^CREATE UNIQUE INDEX \S+ ON public\."?(\w+)"? USING btree \(([\w, ]+)\)(?: WHERE \((.*)\))?;`)
	foreignKey  = regexp.MustCompile(`ALTER TABLE ONLY public\."?(\w+)"?\n\s+ADD CONSTRAINT \S+ FOREIGN KEY \((\w+)\) REFERENCES public\."?(\w+)"?\(\w+\)([A-Z ]*);`)
	valueCheck  = regexp.MustCompile(`CHECK \(\((\w+) = ANY \(ARRAY\[(.*?)\]`)
	quoted      = regexp.MustCompile(`'(\w+)'`)
	copied      = regexp.MustCompile(`(?ms)^COPY public\."?(\w+)"? \(([^)]*)\) FROM stdin;\n(.*?)^\\\.$`)
)

func parseDump(text string) *dump {
	d := &dump{tables: map[string]map[string]dumpColumn{}, enums: map[string][]string{}, rows: map[string][]map[string]string{}}
	for _, m := range createType.FindAllStringSubmatch(text, -1) {
		d.enums[m[1]] = words(m[2])
	}
	for _, m := range createTable.FindAllStringSubmatch(text, -1) {
		d.tables[m[1]] = d.parseColumns(m[1], m[2])
	}
	for _, m := range foreignKey.FindAllStringSubmatch(text, -1) {
		_, onDelete, ok := strings.Cut(m[4], "ON DELETE ")
		if !ok {
			onDelete = "NO ACTION"
		}
		d.keys = append(d.keys, m[1]+"."+m[2]+" -> "+m[3]+" on delete "+onDelete)
	}
	for _, m := range createIndex.FindAllStringSubmatch(text, -1) {
		d.unique = append(d.unique, m[1]+" "+strings.ReplaceAll(m[2], ", ", " ")+normalCondition(m[3]))
	}
	for _, m := range copied.FindAllStringSubmatch(text, -1) {
		d.rows[m[1]] = parseRows(strings.Split(strings.ReplaceAll(m[2], `"`, ""), ", "), m[3])
	}
	return d
}

func words(list string) []string {
	var out []string
	for _, m := range quoted.FindAllStringSubmatch(list, -1) {
		out = append(out, m[1])
	}
	return out
}

// normalCondition returns the condition of a unique index in the form of our models,
// without the condition that a row is live.
func normalCondition(where string) string {
	where = strings.NewReplacer("(", "", ")", "", "deleted_at IS NULL", "", " = true", "").Replace(where)
	where = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(where), "AND "), " AND")
	if column, ok := strings.CutSuffix(where, " = false"); ok {
		where = "NOT " + column
	}
	if column, list, ok := strings.Cut(where, " = ANY ARRAY["); ok {
		where = column + " IN ('" + strings.Join(words(list), "', '") + "')"
	}
	if where == "" {
		return ""
	}
	return " where " + where
}

func (d *dump) parseColumns(table, body string) map[string]dumpColumn {
	columns := map[string]dumpColumn{}
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		if m := valueCheck.FindStringSubmatch(line); m != nil {
			d.enums[table+"."+m[1]] = words(m[2])
			continue
		}
		name, typ, ok := strings.Cut(line, " ")
		if !ok || name == "CONSTRAINT" {
			continue
		}
		c := dumpColumn{null: !strings.HasSuffix(typ, " NOT NULL")}
		c.kind, c.enum = kindOfColumn(typ)
		columns[strings.Trim(name, `"`)] = c
	}
	return columns
}

func kindOfColumn(typ string) (kind model.Kind, enum string) {
	for _, k := range []struct {
		prefix string
		kind   model.Kind
	}{
		{"text[]", model.TextList}, {"text", model.Text}, {"character varying", model.Text}, {"integer", model.Int}, {"bigint", model.Int},
		{"real", model.Float}, {"numeric", model.Decimal}, {"boolean", model.Bool}, {"timestamp", model.Time}, {"json", model.JSON},
	} {
		if strings.HasPrefix(typ, k.prefix) {
			return k.kind, ""
		}
	}
	enum, _, _ = strings.Cut(strings.TrimPrefix(typ, "public."), " ")
	return model.Text, enum
}

func parseRows(columns []string, body string) []map[string]string {
	var rows []map[string]string
	for line := range strings.SplitSeq(strings.TrimSuffix(body, "\n"), "\n") {
		row := map[string]string{}
		for i, v := range strings.Split(line, "\t") {
			row[columns[i]] = v
		}
		rows = append(rows, row)
	}
	return rows
}
