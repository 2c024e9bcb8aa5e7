package e2e_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// published is what e2e/testdata/published.txt says: the types of properties by
// their name, of each operation and each schema.
type published map[string]map[string]string

func readPublished(t *testing.T) published {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "published.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := published{}
	at := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if property, ok := strings.CutPrefix(line, "  "); ok {
			name, of, _ := strings.Cut(property, " ")
			out[at][name] = of
		} else if !strings.HasPrefix(line, "#") {
			at = strings.TrimPrefix(line, "schema ")
			out[at] = map[string]string{}
		}
	}
	return out
}

// otherwise are differences that are meant, as "operation or schema: path",
// with why.
var otherwise = map[string]string{
	"AdminExchange.display_id":             "a number, as that of a return and a claim",
	"AdminExchange.order_version":          "a number, as that of a return",
	"AdminClaim.order_version":             "a number, as that of a return",
	"GET /admin/customers: customers":      "published as one customer; it is a list there, too",
	"GET /admin/orders/{}/changes: count":  "a list as the others are",
	"GET /admin/orders/{}/changes: offset": "a list as the others are",
	"GET /admin/orders/{}/changes: limit":  "a list as the others are",
}

// What the published documents say of answers holds for ours: an answer has
// the same keys around its records, and a property that both know is of a type
// that clients of one read from the other.
func TestAnswersAreAsPublished(t *testing.T) {
	t.Parallel()
	theirs := readPublished(t)
	used := map[string]bool{}
	compared := 0
	parameter := regexp.MustCompile(`\{[^}]*\}`)
	for line, o := range operations(documentOf(t, open(t, file(t)).Handler())) {
		line = parameter.ReplaceAllString(line, "{}")
		ours := schemaOf(t, o)
		if _, ok := theirs[line]; ok && ours != nil {
			theirs.envelope(t, used, ours, line)
			compared++
		}
	}
	if compared < 100 {
		t.Errorf("only %d operations were compared", compared)
	}
	for at := range otherwise {
		if !used[at] {
			t.Errorf("%q is no difference any more", at)
		}
	}
}

// envelope compares the keys of an answer, and what is below each.
func (p published) envelope(t *testing.T, used map[string]bool, ours *openapi3.Schema, line string) {
	t.Helper()
	want := p[line]
	for name := range want {
		if ours.Properties[name] == nil && !excused(used, line+": "+name) {
			t.Errorf("%s: the answer has %v, and not %s", line, slices.Sorted(maps.Keys(ours.Properties)), name)
		}
	}
	for name, ref := range ours.Properties {
		switch {
		case want[name] != "":
			p.compare(t, used, ref.Value, want[name], line+": "+name)
		case name != "count_is_estimate" && name != "search_is_partial" && !excused(used, line+": "+name):
			t.Errorf("%s: the answer has %s, which is not published", line, name)
		}
	}
}

func excused(used map[string]bool, at string) bool {
	_, ok := otherwise[at]
	used[at] = ok
	return ok
}

// compare reports types that do not fit, also of the properties that both
// know. A schema of theirs is a path of its own, so that a difference is told
// and excused once.
func (p published) compare(t *testing.T, used map[string]bool, ours *openapi3.Schema, of, at string) {
	t.Helper()
	element, list := strings.CutPrefix(of, "list ")
	switch {
	case of == "any" || ours.Type == nil && ours.AnyOf == nil:
		return // of which nothing is said
	case list && ours.Items != nil:
		p.compare(t, used, ours.Items.Value, element, at)
		return
	}
	fits := !list && ours.Items == nil
	switch kind := kindOf(ours); of {
	case "string", "boolean", "object":
		fits = fits && kind == of
	case "number", "integer":
		fits = fits && (kind == "number" || kind == "integer")
	default: // a schema
		fits = fits && kind == "object"
		for name, ref := range ours.Properties {
			if theirs := p[of][name]; fits && theirs != "" {
				p.compare(t, used, ref.Value, theirs, of+"."+name)
			}
		}
	}
	if !fits && !excused(used, at) {
		t.Errorf("%s: %s is published, not %s", at, of, kindOf(ours))
	}
}

func kindOf(s *openapi3.Schema) string {
	if s.Type == nil || len(*s.Type) == 0 {
		return "any"
	}
	return (*s.Type)[0]
}
