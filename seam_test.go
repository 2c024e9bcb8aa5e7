package gorgon_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// ownWrites are the functions that hold SQL that changes rows, each with the
// reason why no watcher of a store misses a change by it. A folder stands for
// all functions below it.
var ownWrites = map[string]string{
	"module":                                           "is the seam itself",
	"link/create.go insertion":                         "reported by Manager.changed",
	"link/settle.go update":                            "reported by Store.Changed",
	"link/dismiss.go dismiss":                          "reported by Manager.changed",
	"link/delete.go dismissOf":                         "reported by Manager.changed",
	"link/restore.go revive":                           "reported by Store.Changed",
	"medusa/batch.go statement":                        "reported by batch.write and importing.run",
	"modules/product/category_tree.go moveDescendants": "runs through Store.UpdateSet",
	"modules/product/category_rank.go setRanks":        "runs through Store.UpdateSet",
	"modules/product/category_rank.go closeAllGaps":    "runs through Store.UpdateSet",
	"modules/inventory/change.go applySQL":             "runs through Store.UpdateSet",
	"modules/pricing/rules.go recount":                 "runs through Store.UpdateSet",
	"auth/session.go revoke":                           "merges a mark of what ended, which no query reads",
	"auth/sweep.go sweep":                              "removes marks and counts that are out of date",
	"auth/limiter_there.go takeOne":                    "counts attempts, which no query reads",
	"auth/limiter_there.go giveBackThere":              "counts attempts, which no query reads",
	"db/sqlite/dialect.go Numbers":                     "counts in a table that no model has",
	"schema/state.go note":                             "writes a table that no model has",
	"schema/state.go noteData":                         "writes a table that no model has",
	"schema/counters.go counterOf":                     "counts in a table that no model has",
	"schema/counters.go dropped":                       "counts in a table that no model has",
	"schema/search_sqlite.go searchOf":                 "indexes texts in tables that no model has",
	"schema/search_sqlite.go dropped":                  "indexes texts in tables that no model has",
	"schema/postgres_alter.go fill":                    "gives a new column its default, for which no store is there to watch",
	"copydb/batch.go statement":                        "copies a whole shop into an empty one, with what its watchers had written",
	"copydb/copydb.go empty":                           "replaces what a migration put into an empty shop",
	"copydb/engine_sqlite.go setNumber":                "counts in a table that no model has",
	"db/dbtest":                                        "serves tests",
	"query/querytest":                                  "serves tests",
	"bench":                                            "measures SQL written by hand",
}

// changing matches SQL that changes rows, also the beginning of a statement that
// is put together from parts.
var changing = regexp.MustCompile(`(?i)\b(insert\s+into|replace\s+into|delete\s+from|merge\s+into)\s|\bupdate\s+\S+\s+set\s|^\s*update\s+$`)

// Whatever is written to a record is written by the store, or reported to it,
// so that watchers see it: nothing else runs SQL that changes rows.
func TestWritesPassTheSeam(t *testing.T) {
	t.Parallel()
	used := map[string]bool{} // the keys of ownWrites
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		for where, text := range writes(t, filepath.ToSlash(path)) {
			if reason := reasonOf(where); reason != "" {
				used[reason] = true
				continue
			}
			t.Errorf("%s has the statement %q: use module.Records or Store.UpdateSet, or report the change and add the function with its reason", where, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for where := range ownWrites {
		if !used[where] {
			t.Errorf("%s has no statement that changes rows any more: remove it from this test", where)
		}
	}
}

// reasonOf returns the key of ownWrites that covers a function, or "".
func reasonOf(where string) string {
	for key := range ownWrites {
		if where == key || strings.HasPrefix(where, key+"/") {
			return key
		}
	}
	return ""
}

// writes returns the texts of a file that change rows, by file and function.
func writes(t *testing.T, path string) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, d := range file.Decls {
		where := path
		if f, ok := d.(*ast.FuncDecl); ok {
			where += " " + f.Name.Name
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && changing.MatchString(text) {
					found[where] = text
				}
			}
			return true
		})
	}
	return found
}

func TestWritesAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"UPDATE ": true, "UPDATE brand SET name = 'x'": true, "update brand set name = 'x'": true, "INSERT INTO ": true,
		"WITH gone AS (DELETE FROM brand RETURNING id) SELECT 1": true, "UPDATE %s SET x = 1": true,
		"the order was changed; update the page": false, " FOR NO KEY UPDATE OF ": false, "ON CONFLICT DO NOTHING": false,
	} {
		if got := changing.MatchString(text); got != want {
			t.Errorf("%q: found is %v, want %v", text, got, want)
		}
	}
}
