package dbtest

import (
	"context"
	"regexp"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
)

var copied = regexp.MustCompile(`(?ms)^COPY (\S+) (\([^)]*\)) FROM stdin;\n(.*?)^\\\.$`)

// LoadDump executes a plain dump, as pg_dump writes it, in one transaction. It
// needs no tool of PostgreSQL: COPY blocks are executed as INSERTs. A dump sets
// the search path of its session, so d is to be closed afterwards.
func LoadDump(ctx context.Context, d db.DB, dump string) error {
	return db.Do(ctx, d, func(ctx context.Context) error {
		c := db.Use(ctx, d)
		at := 0
		for _, m := range copied.FindAllStringSubmatchIndex(dump, -1) {
			if _, err := c.Exec(ctx, dump[at:m[0]]); err != nil {
				return err
			}
			if body := dump[m[6]:m[7]]; body != "" {
				sql := "INSERT INTO " + dump[m[2]:m[3]] + " " + dump[m[4]:m[5]] + " VALUES " + values(body)
				if _, err := c.Exec(ctx, sql); err != nil {
					return err
				}
			}
			at = m[1]
		}
		_, err := c.Exec(ctx, dump[at:])
		return err
	})
}

// escapes are those of COPY's text format that a dump uses.
var escapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r", `'`, `''`)

// values turns lines of COPY's text format into tuples of literals.
func values(body string) string {
	var b strings.Builder
	for n, line := range strings.Split(strings.TrimSuffix(body, "\n"), "\n") {
		b.WriteString([2]string{"(", ",("}[min(n, 1)])
		for i, v := range strings.Split(line, "\t") {
			if i > 0 {
				b.WriteByte(',')
			}
			if v == `\N` {
				b.WriteString("NULL")
			} else {
				b.WriteString("'" + escapes.Replace(v) + "'")
			}
		}
		b.WriteByte(')')
	}
	return b.String()
}
