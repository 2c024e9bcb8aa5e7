package gorgon_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/shop"
)

const root = "github.com/gorgon-commerce/gorgon"

// levels are the packages from the bottom up. A package imports only packages
// of lower levels; a folder stands for all packages below it that have no level
// of their own. Packages of one level do not know each other.
var levels = [][]string{
	{"fault", "money"},
	{"db", "totals", "web"},
	{"db/sqlite", "db/postgres", "model", "mail", "file"},
	{"module", "schema", "show"},
	{"modules", "query", "link"},
	{"auth", "verify", "medusa", "diagram", "export"},
	{"shop", "copydb"},
	{"demo", "flows"},
	{"api/body"},
	{"api"},
	{"api/admin", "api/store", "api/login", "api/openapi"},
	{"server"},
	{"cli"},
	{""}, // the root
	{"gorgontest"},
	{"cmd", "bench", "examples", "e2e", "docs"},
}

func levelOf(pkg string) int {
	path := strings.TrimPrefix(strings.TrimPrefix(pkg, root), "/")
	best, length := -1, -1
	for i, names := range levels {
		for _, name := range names {
			if path == name || name != "" && strings.HasPrefix(path, name+"/") && len(name) > length {
				best, length = i, len(name)
			}
		}
	}
	return best
}

func imports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	all := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		parts := strings.Fields(line)
		all[parts[0]] = parts[1:]
	}
	return all
}

func TestImportsRunDownwards(t *testing.T) {
	t.Parallel()
	for pkg, list := range imports(t) {
		if strings.Contains(pkg, "dbtest") || strings.HasSuffix(pkg, "test") && !strings.HasSuffix(pkg, "gorgontest") {
			continue // they serve tests
		}
		from := levelOf(pkg)
		if from < 0 {
			t.Errorf("%s is on no level: add it to the levels of this test", pkg)
		}
		for _, imported := range list {
			if !strings.HasPrefix(imported, root) {
				continue
			}
			if to := levelOf(imported); to >= from {
				t.Errorf("%s (level %d) imports %s (level %d)", pkg, from, imported, to)
			}
		}
	}
}

func TestModulesAreIsolated(t *testing.T) {
	t.Parallel()
	allowed := []string{root + "/module", root + "/model", root + "/db", root + "/money", root + "/totals", root + "/fault"}
	checked := 0
	for pkg, list := range imports(t) {
		if !strings.HasPrefix(pkg, root+"/modules/") || strings.HasSuffix(pkg, "test") {
			continue // what serves tests imports its module
		}
		checked++
		for _, imported := range list {
			ok := !strings.HasPrefix(imported, root)
			for _, a := range allowed {
				ok = ok || imported == a
			}
			if !ok {
				t.Errorf("%s imports %s; a module may import %v", pkg, imported, allowed)
			}
		}
	}
	if checked != len(shop.Modules) {
		t.Errorf("%d modules were seen, and a shop has %d", checked, len(shop.Modules))
	}
}

func TestDriversHaveOneImporter(t *testing.T) {
	t.Parallel()
	owners := map[string]string{"modernc.org/sqlite": "/db/sqlite", "github.com/jackc/pgx": "/db/postgres", "ariga.io/atlas": "/schema"}
	seen := map[string]bool{}
	for pkg, list := range imports(t) {
		for _, imported := range list {
			for driver, owner := range owners {
				if !strings.HasPrefix(imported, driver) {
					continue
				}
				seen[driver] = true
				if pkg != root+owner {
					t.Errorf("%s imports %s; only %s may", pkg, imported, owner)
				}
			}
		}
	}
	if len(seen) != len(owners) {
		t.Errorf("seen only %v", seen)
	}
}

// The SQLite driver works with exactly the libc it was made with.
func TestLibcIsTheDriversOwn(t *testing.T) {
	t.Parallel()
	list := func(args ...string) string {
		out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-m"}, args...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	ours := list("-f", "{{.Version}}", "modernc.org/libc")
	mod := list("-f", "{{.GoMod}}", "modernc.org/sqlite")
	out, err := exec.CommandContext(t.Context(), "go", "mod", "edit", "-json", mod).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), `"Path": "modernc.org/libc",
			"Version": "`+ours+`"`) {
		t.Errorf("modernc.org/libc is %s, which is not what modernc.org/sqlite names in its go.mod", ours)
	}
}
