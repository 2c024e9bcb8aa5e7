package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
)

// computedLater are keys that the original works out on reading: docs/differences.md
// says "raw companions".
var computedLater = regexp.MustCompile(`^(raw_\w+|inventory_quantity)$`)

// recordedElsewhere are recorded calls of routes that are not served yet, by a
// part of their path.
var recordedElsewhere = regexp.MustCompile(`/(cancel|fulfillments|refund|complete)\b|^/store/carts`)

// recordedOtherwise are recorded answers that ours differs from, and why; docs/differences.md has the reasons.
var recordedOtherwise = map[string]string{
	"r005": "a credit of a quarter of a cent counts",
	"r009": "the summary of an order that was a draft has its taxes",
	"r025": "the fulfillment status does not depend on the fields", // without items, the original takes them for fulfilled
	"r026": "the fulfillment status does not depend on the fields",
	"r120": "the fulfillment status does not depend on the fields",
	"r034": "the changes of an order are a list that can be sorted",
	"r118": "a sort by an unknown column is 400",
	"r122": "a path without a route is JSON",
	"r131": "a path without a route is JSON",
	"r124": "an unknown payment is 404",
}

// recordedInOwnWords are recorded errors that ours has, too, with another message.
var recordedInOwnWords = map[string]bool{"r137": true, "r140": true}

// TestRecordedCalls asks ours what the original was asked over HTTP about the
// sample shop. Ours may leave out what is computed, and may show more; what
// both show is the same.
func TestRecordedCalls(t *testing.T) {
	t.Parallel()
	pages := medusatest.Pages(t)
	app := gorgon.New(gorgon.Config{Database: file(t)})
	run(t, app, "migrate")
	if got := run(t, app, "import", "medusa", medusatest.Shop(t)); got.status != 0 {
		t.Fatal(got.stderr)
	}
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	c := &recordedCaller{app: app, handler: app.Handler()}
	asked := 0
	for _, id := range slices.Sorted(maps.Keys(pages)) {
		page := pages[id]
		if recordedElsewhere.MatchString(strings.Split(page.Path, "?")[0]) {
			continue
		}
		asked++
		t.Run(id, func(t *testing.T) { c.check(t, page) })
	}
	if asked < 75 {
		t.Errorf("only %d calls were asked", asked)
	}
}

type recordedCaller struct {
	app     *gorgon.App
	handler http.Handler
	token   string
}

func (c *recordedCaller) check(t *testing.T, p medusatest.Page) {
	r := httptest.NewRequest(p.Method, p.Path, bytes.NewReader(p.RequestBody))
	switch p.Auth {
	case "admin":
		if c.token == "" {
			token, err := c.app.Auth.Login(t.Context(), "user", auth.EmailPass, "test@example.com", "supersecret")
			if err != nil {
				t.Fatal(err)
			}
			c.token = token
		}
		r.Header.Set("Authorization", "Bearer "+c.token)
	case "store":
		r.Header.Set("x-publishable-api-key", "pk_"+strings.Repeat("0", 63)+"2")
	}
	if p.Customer != "" {
		token, err := c.app.Auth.TokenFor(t.Context(), "customer", p.Customer)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	var theirs, ours any
	if json.Unmarshal(p.Body, &theirs) != nil || json.Unmarshal(w.Body.Bytes(), &ours) != nil {
		ours = w.Body.String() // a page of HTML, recorded as a string
	}
	if reason, ok := recordedOtherwise[p.ID]; ok {
		if w.Code == p.Status && len(differences(theirs, ours, "")) == 0 {
			t.Errorf("%s: answered like the original now; take it off the list (%s)", p.ID, reason)
		}
		return
	}
	if w.Code != p.Status {
		t.Fatalf("%s %s: status %d, recorded %d\n%.500s", p.Method, p.Path, w.Code, p.Status, w.Body)
	}
	for _, wrong := range differences(theirs, ours, "") {
		if recordedInOwnWords[p.ID] && strings.HasPrefix(wrong, ".message: ") {
			continue
		}
		t.Errorf("%s %s: %s", p.Method, p.Path, wrong)
	}
}

// differences are what of their answer ours has otherwise, or not at all.
func differences(theirs, ours any, path string) []string {
	switch t := theirs.(type) {
	case map[string]any:
		o, ok := ours.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: %.80v there, %.80v here", path, theirs, ours)}
		}
		var out []string
		for _, key := range slices.Sorted(maps.Keys(t)) {
			if computedLater.MatchString(key) {
				continue
			}
			if _, there := o[key]; !there {
				if !pulled(path, key, t[key]) {
					out = append(out, path+"."+key+": there only")
				}
				continue
			}
			out = append(out, differences(t[key], o[key], path+"."+key)...)
		}
		return out
	case []any:
		if path == ".product.variants[].images" {
			return nil // docs/differences.md: "images of variants"
		}
		o, ok := ours.([]any)
		if !ok || len(o) != len(t) {
			return []string{fmt.Sprintf("%s: %d there, %.80v here", path, len(t), ours)}
		}
		if path != "" && strings.Count(path, ".") > 1 { // lists inside records have no order of their own there
			byKey := func(a, b any) int { return strings.Compare(sortKey(a), sortKey(b)) }
			t, o = slices.Clone(t), slices.Clone(o)
			slices.SortFunc(t, byKey)
			slices.SortFunc(o, byKey)
		}
		var out []string
		for i := range t {
			out = append(out, differences(t[i], o[i], path+"[]")...)
		}
		return out
	}
	if a, ok := theirs.(float64); ok {
		if b, ok := ours.(float64); ok && math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) {
			return nil // what the original's floating point leaves behind is smaller
		}
	}
	if fmt.Sprint(theirs) != fmt.Sprint(ours) {
		return []string{fmt.Sprintf("%s: %.80v there, %.80v here", path, theirs, ours)}
	}
	return nil
}

// pulled reports whether the original shows a key that nobody asked for: a
// relation or its stub beside *, what the totals of orders are computed from,
// the key of a join. docs/differences.md: "pulled relations", "stubs", "leaked
// keys".
func pulled(path, key string, value any) bool {
	switch value.(type) {
	case nil, map[string]any, []any:
		return true
	}
	if key == "id" && strings.Count(path, ".") > 1 {
		return true
	}
	return strings.HasPrefix(path, ".order") && strings.Count(path, ".") == 1 && (key == "status" || key == "version") || strings.HasSuffix(key, "_id")
}

func sortKey(v any) string {
	if m, ok := v.(map[string]any); ok {
		for _, key := range []string{"code", "id", "iso_2", "value"} {
			if s, ok := m[key].(string); ok {
				return s
			}
		}
	}
	return fmt.Sprint(v)
}
