package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/server"
)

// taken returns what has an effect on a route: parameters of the URL by "?",
// properties of the body by "{"; and the fields that it answers by default, by "=".
func taken(r *api.Route) map[string][]string {
	out := map[string][]string{}
	for _, p := range r.Params {
		if p.Description != api.NoEffect(p.Name).Description {
			out["?"] = append(out["?"], p.Name)
		}
	}
	for _, path := range r.Answer.Fields {
		name, _, _ := strings.Cut(path, ".")
		out["="] = append(out["="], name)
	}
	for _, p := range r.Answer.Added {
		out["="] = append(out["="], p.Name)
	}
	for _, p := range r.Body {
		out["{"] = append(out["{"], p.Name)
	}
	return out
}

// theirNames returns what Medusa's routes take, by route and kind, as taken does.
// Filters on routes of one record or on writes, which Medusa takes without
// effect, are left out.
func theirNames(t *testing.T) (routes []string, names map[string]map[string][]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "names.txt"))
	if err != nil {
		t.Fatal(err)
	}
	names = map[string]map[string][]string{}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if words[0] == "#" {
			continue
		}
		route := words[0] + " " + words[1]
		if names[route] == nil {
			names[route] = map[string][]string{}
			routes = append(routes, route)
		}
		names[route][words[2]] = words[3:]
	}
	for _, route := range routes {
		of, path, _ := strings.Cut(route, " ")
		path, one := strings.CutSuffix(path, "/{}")
		if one || of != "GET" {
			list := append(slices.Clone(names["GET "+path]["?"]), "created_at", "deleted_at", "updated_at", "limit", "offset", "order", "with_deleted", "id", "q")
			names[route]["?"] = slices.DeleteFunc(slices.Clone(names[route]["?"]), func(name string) bool {
				return slices.Contains(list, name) && name != "fields" && !slices.Contains(purchase, name)
			})
		}
	}
	return routes, names
}

// purchase are parameters that have an effect on one record as well.
var purchase = []string{"region_id", "cart_id", "country_code", "province"}

// docs/differences.md says which parameters and properties of Medusa's served
// routes have no effect here, or are refused.
func TestDifferencesNameTheParameters(t *testing.T) {
	t.Parallel()
	ours := map[string]map[string][]string{}
	for _, r := range server.AllRoutes(open(t, file(t)).Shop, server.Config{}, nil) {
		ours[anyParameter.ReplaceAllString(r.Method+" "+r.Path, "{}")] = taken(&r)
	}
	var want []string
	routes, theirs := theirNames(t)
	for _, route := range routes {
		served, ok := ours[route]
		if !ok {
			continue // see the section Routes
		}
		for _, kind := range []string{"?", "{", "="} {
			missing := slices.DeleteFunc(theirs[route][kind], func(name string) bool { return slices.Contains(served[kind], name) })
			if len(missing) > 0 {
				want = append(want, fmt.Sprintf("| `%s` | %s%s |", route, map[string]string{"=": "in the answer: "}[kind], strings.Join(missing, ", ")))
			}
		}
	}
	got := rowsOf(t, "Parameters")
	for i, row := range got { // without the reason
		cells := strings.Split(row, " | ")
		got[i] = strings.Join(cells[:min(2, len(cells))], " | ") + " |"
	}
	if !slices.Equal(got, want) {
		t.Errorf("the section Parameters should have these rows:\n%s", strings.Join(want, "\n"))
	}
}
