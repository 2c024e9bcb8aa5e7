package e2e_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/server"
)

// anyParameter is a parameter of a path, as Medusa or we write it.
var anyParameter = regexp.MustCompile(`:\w+|\{\w+\}`)

// theirRoutes returns the routes of Medusa, with {} for parameters.
func theirRoutes(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "routes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			out[anyParameter.ReplaceAllString(strings.TrimSpace(line), "{}")] = true
		}
	}
	return out
}

// segmentOf returns the first two parts of the path of a route.
func segmentOf(route string) string {
	_, path, _ := strings.Cut(route, " ")
	parts := strings.SplitN(strings.Trim(path, "/"), "/", 3)
	return "/" + strings.Join(parts[:min(len(parts), 2)], "/")
}

// docs/differences.md says which routes of Medusa are served, and which routes
// Medusa does not have.
func TestDifferencesNameTheRoutes(t *testing.T) {
	t.Parallel()
	theirs, ours := theirRoutes(t), map[string]bool{}
	for _, r := range server.AllRoutes(open(t, file(t)).Shop, server.Config{}, nil) {
		ours[anyParameter.ReplaceAllString(r.Method+" "+r.Path, "{}")] = true
	}
	served, all := map[string]int{}, map[string]int{}
	for route := range theirs {
		all[segmentOf(route)]++
		if ours[route] {
			served[segmentOf(route)]++
		}
	}
	var want []string
	for _, at := range slices.Sorted(maps.Keys(all)) {
		if served[at] < all[at] {
			want = append(want, fmt.Sprintf("| `%s` | %d | %d |", at, served[at], all[at]-served[at]))
		}
	}
	for _, route := range slices.Sorted(maps.Keys(ours)) {
		if !theirs[route] {
			want = append(want, fmt.Sprintf("| `%s` |", route))
		}
	}
	got := rowsOf(t, "Routes")
	if !slices.Equal(got, want) {
		t.Errorf("the section Routes should have these rows:\n%s", strings.Join(want, "\n"))
	}
}

// rowsOf returns the rows of a section of docs/differences.md whose first cell is
// in backquotes.
func rowsOf(t *testing.T, section string) (rows []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "docs", "differences.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n## "+section+"\n")
	if !found {
		t.Fatalf("docs/differences.md has no section %s", section)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	for line := range strings.Lines(rest) {
		if strings.HasPrefix(line, "| `") {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	return rows
}

// Who calls a route that is to come is told so, and server/coming.txt has each of them.
func TestRoutesToCome(t *testing.T) {
	t.Parallel()
	ours := map[string]bool{}
	s := serve(t, open(t, file(t)), server.Config{})
	for _, r := range s.routes() {
		ours[anyParameter.ReplaceAllString(r.Method+" "+r.Path, "{}")] = true
	}
	text, err := os.ReadFile(filepath.Join("testdata", "routes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "#") && !ours[anyParameter.ReplaceAllString(line, "{}")] {
			want = append(want, regexp.MustCompile(`:(\w+)`).ReplaceAllString(line, "{$1}"))
		}
	}
	have, err := os.ReadFile(filepath.Join("..", "server", "coming.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != strings.Join(want, "\n")+"\n" {
		t.Errorf("server/coming.txt should be:\n%s", strings.Join(want, "\n"))
	}
	for _, line := range want {
		who := "admin"
		switch {
		case strings.Contains(line, " /store/"):
			who = "ada"
		case strings.Contains(line, " /auth/"):
			continue // an actor or a provider may be called as the last part is
		}
		line = anyParameter.ReplaceAllString(line, "o1")
		contains(t, line, s.want(t, 404, who, line, "{}"), fmt.Sprintf(`{"type": "not_found", "message": "%s is to come: this version does not do that yet; GET /docs lists every route"}`, line))
	}
	s.want(t, 401, "nobody", "POST /admin/orders/o1/fulfillments", "{}") // callers without access learn nothing
}
