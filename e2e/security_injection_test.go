package e2e_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
)

// corpus is text that means something to some interpreter on its way. None of it
// has a word of inside, so that an echo is not taken for a leak.
var corpus = []string{
	"' OR '1'='1", "' OR 1=1 --", `" OR ""="`, "'; DROP TABLE customer; --", "') OR ('a'='a", "1; DELETE FROM product", "' UNION select token FROM api_key --", "'||(select email FROM customer LIMIT 1)||'",
	"admin'/*", "*/ OR 1 /*", "'; select pg_sleep(3); --", "$1", "?1", ":name", "@p", "'::int", "E'\\x41'", "$$a$$", "\\'; --", "CHAR(39)||1", "NULL", "null", "0x41", "randomblob(1000000000)", "nextval('x')",
	"%", "_", "%%%%%%%%%%", "\\%", "[a-z]%", "*", "(a+)+$", "(?=a)", "(((((((((", "a{99999}", "[[:alpha:]]", "\\", "\\\\", "(?i:.*)", "$.a", "$[*]", "$.\"a\"", "a.b.c", "a[0]", "a->>'b'", "{}", "[]", `{"$ne": null}`, `{"a`,
	"%s%s%s%n", "%d", "%!x", "%[1]*d", "${jndi:ldap://x}", "${7*7}", "{{7*7}}", "#{7*7}", "`id`", "$(id)", "| id", "; id", "../../../etc/passwd", "..\\..\\x", "file:///etc/passwd", "http://127.0.0.1:1/",
	"a\x00b", "\x00", "a\r\nX-Injected: 1", "a\nb", "\r", "\t", "\x1b[31m", "\x7f", "\xff\xfe", "\xc0\xaf", "\xed\xa0\x80", "\u2028", "\u202e", "\ufeff", "ÀÉ", "ı", "ß", "👕", "e\u0301", "\U0010ffff", "<script>alert(1)</script>", "\"><img src=x>", "javascript:1",
	"-1", "-0", "0", "1e999", "-1e999", "NaN", "Infinity", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1.7976931348623157e309", "0.1e-400", "99999999999999999999999999999999999999999", "1e1000000", "0x7fffffff", "1_000", "٣", "1,5",
	"true", "undefined", "__proto__", "constructor", "prototype", "toString", "$where", "$and", "$or", "$not", "$in", "id", "*.*", "**", "-id", "+id", "deleted_at", "0000-00-00", "9999-12-31T23:59:60Z", "2026-02-30", "-infinity", "epoch", "now",
	strings.Repeat("a", 10_000), strings.Repeat("'", 5_000), strings.Repeat("a.", 2_000), strings.Repeat("[", 3_000), strings.Repeat("%", 4_000), strings.Repeat("(", 2_000), strings.Repeat("👕", 2_000), strings.Repeat("a,", 3_000), strings.Repeat("*a,", 1_500),
}

// values are what a body may have in the place of any value; a text of the corpus
// is put where "?" is.
var values = []string{
	`"?"`, `"?"`, `"?"`, `["?"]`, `{"?": "?"}`, `{"value": "?"}`, `[{"id": "?"}]`, `-1`, `0`, `1e308`, `1e999`, `-9223372036854775809`, `99999999999999999999.99999999999999999999`, `true`, `null`, `""`, `[]`, `{}`,
	`{"__proto__": {"a": 1}}`, `{"$gt": ""}`, `{"a": {"a": {"a": {"a": {"a": "?"}}}}}`, strings.Repeat("[", 40) + strings.Repeat("]", 40), strings.Repeat("[", 5000), strings.Repeat(`{"a":`, 40) + `"?"` + strings.Repeat("}", 40),
	`[` + strings.Repeat(`"?",`, 50) + `1]`, `"\u0000"`, `"\ud800"`, "\"\xff\"", `{"a": 1, "a": 2}`,
}

// everywhere are parameters that lists take beside those that they declare.
var everywhere = []string{"fields", "order", "q", "limit", "offset", "with_deleted", "id", "id[]", "id[$in][]", "id[$like]", "id[$ilike]", "id[$re]", "id[$gt]", "$or[0][id]", "$and[][id]", "$not[id]", "metadata[a]", "created_at[$gte]", "fields[]", "order[id]"}

// sentHeaders are headers that some part of the server reads.
var sentHeaders = []string{
	"Authorization", "X-Publishable-Api-Key", "Cookie", "X-Request-Id", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Origin", "Referer", "Access-Control-Request-Method", "Access-Control-Request-Headers",
	"Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "Content-Encoding", "If-None-Match", "If-Modified-Since", "Range", "User-Agent", "Idempotency-Key", "X-Http-Method-Override", "Sec-Fetch-Site", "Te", "Expect", "Upgrade",
}

// An injector puts each place of each route under the texts of the corpus in
// turn, so that a sample reaches every place and every text.
type injector struct {
	*served
	tally
	places, next int
	paths        map[string]string // of records that are there, by the pattern of the path
}

// texts calls do with the next texts, as many as one place gets.
func (in *injector) texts(few int, do func(text string)) {
	in.places++
	for range sampled(few, len(corpus)) {
		do(corpus[in.next%len(corpus)])
		in.next++
	}
}

// caller is who may call a route.
func caller(r *api.Route) string {
	switch r.Access {
	case api.Admin, api.AnyToken:
		return "admin"
	case api.Public:
		return "nobody"
	}
	return "ada"
}

// path returns the path of a route with a record that is there, if there is one
// and the route does not end it.
func (in *injector) path(r *api.Route) string {
	head, rest, found := strings.Cut(r.Path, "/{")
	if !found || r.Method == http.MethodDelete || strings.HasSuffix(rest, "/revoke") {
		return pathParameter.ReplaceAllString(r.Path, "o1")
	}
	id, known := in.paths[head]
	if !known {
		id = "o1"
		var list map[string]any
		if got := in.call(caller(r), "GET "+head+"?limit=1", ""); got.status == http.StatusOK && json.Unmarshal([]byte(got.body), &list) == nil {
			for _, value := range list {
				if found, ok := at(value, 0, "id").(string); ok {
					id = found
				}
			}
		}
		in.paths[head] = id
	}
	_, rest, _ = strings.Cut(rest, "}")
	return head + "/" + id + pathParameter.ReplaceAllString(rest, "o1")
}

// sends sends a request and checks the response to it.
func (in *injector) sends(t *testing.T, r *api.Route, path, query, sent string, header http.Header) reply {
	t.Helper()
	request := httptest.NewRequest(r.Method, "/", strings.NewReader(sent))
	request.RemoteAddr = "192.0.2." + string(rune('0'+in.requests%10)) + ":1"
	u, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	u.RawQuery = query
	request.URL, request.RequestURI = u, u.RequestURI()
	in.as(caller(r), request)
	for name, values := range header {
		request.Header[name] = values
	}
	got := in.served.send(request)
	in.add(got.status)
	what := r.Method + " " + path + "?" + query + " " + sent
	if len(header) > 0 {
		what += " " + strings.Join(slices.Sorted(maps.Keys(header)), "")
	}
	if got.status >= 500 || got.status < 200 {
		t.Errorf("%.300q: %d %.300s", what, got.status, got.body)
	}
	if !strings.HasSuffix(r.Path, "/explain") && r.Path != "/docs" && r.Path != "/openapi.json" && r.Path != "/" {
		in.quiet(t, what, got)
	}
	if strings.HasPrefix(r.Path, "/store") && r.Method == http.MethodGet && got.status == http.StatusOK {
		for _, word := range forbidden {
			if strings.Contains(got.body, word) {
				t.Errorf("%.300q tells %s: %.300s", what, word, got.body)
			}
		}
	}
	return got
}

// asksNothing reports whether a route answers the same whatever its path names: the
// layouts and views of the dashboard, of which there are none.
func asksNothing(r *api.Route) bool {
	return strings.HasPrefix(r.Path, "/admin/layouts/") || strings.HasPrefix(r.Path, "/admin/views/")
}

// inURL tries the parameters of a route's path and query, and its headers.
func (in *injector) inURL(t *testing.T, r *api.Route, sent string) {
	t.Helper()
	for _, parameter := range pathParameter.FindAllString(r.Path, -1) {
		in.texts(3, func(text string) {
			path := strings.Replace(r.Path, parameter, url.PathEscape(text), 1)
			got := in.sends(t, r, pathParameter.ReplaceAllString(path, "o1"), "", sent, nil)
			if got.status < 300 && r.Method == http.MethodGet && r.Access != api.Public && !strings.Contains(got.body, `"count":0`) && !asksNothing(r) {
				t.Errorf("%s with %.100q is there: %.300s", r.Path, text, got.body)
			}
		})
	}
	names := []string{"fields", "a", "token"}
	for _, p := range r.Params {
		names = append(names, p.Name)
	}
	if r.Answer.List {
		names = append(names, everywhere...)
	}
	slices.Sort(names)
	path := in.path(r)
	for _, name := range slices.Compact(names) {
		in.texts(1, func(text string) {
			got := in.sends(t, r, path, name+"="+url.QueryEscape(text), sent, nil)
			if name == "id" && got.status == http.StatusOK && r.Answer.List && !strings.Contains(got.body, `"count":0`) {
				t.Errorf("%s?id=%.100q finds something: %.300s", path, text, got.body)
			}
			if !strings.Contains(name, "[") {
				in.sends(t, r, path, name+"["+url.QueryEscape(text)+"]="+url.QueryEscape(text), sent, nil)
			}
		})
	}
	for i, name := range sentHeaders {
		if in.next%3 == i%3 || sampled(0, 1) == 1 {
			in.texts(1, func(text string) { in.sends(t, r, path, "", sent, http.Header{name: {text}}) })
		}
	}
}

// minimal returns a body that a route may take.
func minimal(o body.Object) map[string]any {
	out := map[string]any{}
	for _, p := range o {
		if p.Required {
			out[p.Name] = example(p.Type)
		}
	}
	return out
}

func example(t body.Type) any {
	switch {
	case len(t.Enum) > 0:
		return t.Enum[0]
	case t.Email:
		return "someone@example.com"
	case t.Object != nil:
		return minimal(t.Object)
	case t.Elements != nil && t.Kind == body.KindArray:
		return []any{example(*t.Elements)}
	}
	return map[body.Kind]any{
		body.KindString: "o1", body.KindNumber: 1, body.KindInteger: 1, body.KindDecimal: 1, body.KindBoolean: true, body.KindDate: "2026-01-01T00:00:00Z",
		body.KindObject: map[string]any{}, body.KindArray: []any{}, body.KindAny: "o1",
	}[t.Kind]
}

// mark stands for the value that is put into a body.
const mark = "\"<here>\""

// bodies returns minimal bodies with a mark in the place of one property each,
// also of objects inside.
func bodies(o body.Object, depth int) []map[string]any {
	var out []map[string]any
	for _, p := range o {
		with := minimal(o)
		with[p.Name] = "<here>"
		out = append(out, with)
		object, list := p.Type.Object, false
		if p.Type.Elements != nil && p.Type.Kind == body.KindArray {
			object, list = p.Type.Elements.Object, true
		}
		if object == nil || depth == 0 {
			continue
		}
		for _, inner := range bodies(object, depth-1) {
			with := minimal(o)
			with[p.Name] = inner
			if list {
				with[p.Name] = []any{inner}
			}
			out = append(out, with)
		}
	}
	return out
}

// inBody tries every property of a route's body.
func (in *injector) inBody(t *testing.T, r *api.Route) {
	t.Helper()
	path := in.path(r)
	for _, b := range bodies(r.Body, 2) {
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		frame := strings.ReplaceAll(string(text), `"\u003chere\u003e"`, mark)
		in.texts(1, func(word string) {
			quoted, _ := json.Marshal(word)
			inner := string(quoted[1 : len(quoted)-1])
			value := strings.ReplaceAll(values[in.next%len(values)], "?", inner)
			in.sends(t, r, path, "", strings.Replace(frame, mark, value, 1), nil)
		})
	}
	in.texts(2, func(word string) { // as a name, and as the whole
		quoted, _ := json.Marshal(word)
		in.sends(t, r, path, "", `{`+string(quoted)+`: 1, "metadata": {`+string(quoted)+`: `+string(quoted)+`}}`, nil)
		in.sends(t, r, path, "", word, nil)
	})
}

// What is put into any parameter, header or body of any route is data: it fails
// nothing, finds nothing that is not asked for, and shows nothing of the inside.
func TestSecurityInjection(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, text := range corpus {
			for _, word := range inside {
				if strings.Contains(text, word) {
					t.Fatalf("%q has %q", text, word)
				}
			}
		}
		in := &injector{served: s, paths: map[string]string{}}
		routes, before := s.routes(), s.content(t)
		for i := range routes {
			if r := &routes[i]; r.Method == http.MethodGet {
				in.inURL(t, r, "")
			}
		}
		s.unchanged(t, "GET", before)
		for i := range routes {
			r := &routes[i]
			if r.Method == http.MethodGet {
				continue
			}
			in.inURL(t, r, "{")
			if r.Method == http.MethodPost && r.Body != nil {
				in.inBody(t, r)
			}
		}
		if !t.Failed() {
			t.Logf("%s: %d texts and %d kinds of values in %d places of %d routes: %s; 0 faults, 0 leaks, 0 changes by GET", t.Name(), len(corpus), len(values), in.places, len(routes), &in.tally)
		}
	})
}
