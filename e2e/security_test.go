package e2e_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/server"
)

// securitySize is the variable that says how much the tests of security try:
// "full" is everything, anything else a sample, which is the same each time.
const securitySize = "GORGON_SECURITY"

// sampled returns n, or all of them if everything is to be tried.
func sampled(n, all int) int {
	switch {
	case os.Getenv(securitySize) == "full":
		return all
	case raced:
		return min((n+4)/5, all)
	}
	return min(n, all)
}

// inside are words that only the inside of the server has: statements, drivers,
// source and files.
var inside = []string{
	"SQLSTATE", "SELECT ", "INSERT INTO", "syntax error", "sqlite", "pq:", "pgx", "pgconn", "modernc", "constraint failed", "no such column", "no such table",
	"violates ", "goroutine ", "runtime error", "reflect:", "strconv.", "json: ", "/tmp/", "/home/", ".go:", "postgres://",
}

// tally counts what was tried, and what came of it.
type tally struct {
	requests int
	statuses map[int]int
}

func (c *tally) add(status int) {
	if c.statuses == nil {
		c.statuses = map[int]int{}
	}
	c.requests++
	c.statuses[status]++
}

func (c *tally) String() string {
	parts := []string{}
	for _, status := range slices.Sorted(maps.Keys(c.statuses)) {
		parts = append(parts, fmt.Sprintf("%d × %d", c.statuses[status], status))
	}
	return fmt.Sprintf("%d requests (%s)", c.requests, strings.Join(parts, ", "))
}

// quiet fails the test if a response shows the inside of the server, or one of
// the secrets.
func (s *served) quiet(t *testing.T, what string, got reply, secrets ...string) {
	t.Helper()
	words := inside
	if path, ok := strings.CutPrefix(s.database, "sqlite:"); ok {
		path, _, _ = strings.Cut(path, "?")
		words = append(words[:len(words):len(words)], filepath.Dir(path))
	}
	for _, word := range append(words[:len(words):len(words)], secrets...) {
		if strings.Contains(got.body, word) {
			t.Errorf("%.300s: %d has %.60q: %.300s", what, got.status, word, got.body)
		}
	}
	for name, values := range got.header {
		if strings.ContainsAny(name+strings.Join(values, ""), "\r\n\x00") || name == "X-Injected" {
			t.Errorf("%.300s: the header %q has %q", what, name, values)
		}
	}
}

// routes are those of the shop, each with who may call it.
func (s *served) routes() []api.Route { return server.AllRoutes(s.app.Shop, server.Config{}, nil) }

// content returns a hash of every row of every table, by table. What counts
// attempts is left out: it changes with the time.
func (s *served) content(t *testing.T) map[string]string {
	t.Helper()
	d := s.app.DB()
	out := map[string]string{}
	for _, m := range s.app.Store.Graph.Models() {
		if strings.HasPrefix(m.Table, "auth_") || m.Table == "" {
			continue
		}
		columns := make([]string, len(m.Fields))
		for i, f := range m.Fields {
			columns[i] = "coalesce(CAST(" + d.Dialect().Quote(f.Name) + " AS text), '-')"
		}
		rows, err := db.Collect[string](t.Context(), d, "SELECT "+strings.Join(columns, " || '|' || ")+" AS line FROM "+d.Dialect().Quote(m.Table)+" ORDER BY 1")
		if err != nil {
			t.Fatalf("%s: %v", m.Table, err)
		}
		sum := sha256.Sum256([]byte(strings.Join(rows, "\n")))
		out[m.Table] = fmt.Sprint(len(rows), " ", hex.EncodeToString(sum[:]))
	}
	return out
}

// unchanged fails the test if the database has changed since.
func (s *served) unchanged(t *testing.T, what string, before map[string]string) {
	t.Helper()
	after := s.content(t)
	for _, table := range slices.Sorted(maps.Keys(after)) {
		if after[table] != before[table] {
			t.Errorf("%s changed %s: %s, before %s", what, table, after[table], before[table])
		}
	}
}
