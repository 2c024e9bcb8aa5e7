package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
)

func TestParameters(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]map[string]any{
		"":                         {},
		"&&a=1&":                   {"a": "1"},
		"a":                        {"a": ""},
		"a=null":                   {"a": nil},
		"a=1&a=2":                  {"a": []any{"1", "2"}},
		"a[]=1":                    {"a": []any{"1"}},
		"a[]=1,2":                  {"a": []any{"1", "2"}},
		"a[]=1,2&a[]=3":            {"a": []any{"1,2", "3"}},
		"a%5B%24gte%5D=1&a[$lt]=5": {"a": map[string]any{"$gte": "1", "$lt": "5"}},
		"a[0][b]=1&a[1][c][d]=2":   {"a": []any{map[string]any{"b": "1"}, map[string]any{"c": map[string]any{"d": "2"}}}},
		"a.b=x+y%2Bz":              {"a.b": "x y+z"},
		"[a]=1":                    {"[a]": "1"},
		"a=b=c":                    {"a": "b=c"},
	} {
		got, err := api.ParseParameters(raw)
		if err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%s: %v %v", raw, err, cmp.Diff(want, got))
		}
	}
	for _, raw := range []string{"a=%zz", "%", "a=%ff", "a=%00", "a[b=1", "a[b]c=1", "a" + strings.Repeat("[b]", 9) + "=1", strings.Repeat("a&", 2000)} {
		if got, err := api.ParseParameters(raw); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%.50s: %v %v", raw, got, err)
		}
	}
}

func TestFieldTokens(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		"a": "a false false", " a": "a false true", "+a": "a false true", "-a": "a true true", "*a": "a.* false true", "a.*": "a.* false true",
		"*a.*": "a.* false true", "-a.*": "a true true", "+*a": "a.* false true", "*": "* false true", "": " false false", "++a": "a false true",
	} {
		path, removes, signed := api.FieldToken(token)
		if got := fmt.Sprint(path, " ", removes, " ", signed); got != want {
			t.Errorf("%q: %s, want %s", token, got, want)
		}
	}
}

func FuzzParameters(f *testing.F) {
	for _, raw := range []string{"a[]=1,2&b[$gt]=1", "a[0][b]=1", "%", "fields=-a,*b, c", "[", "a[b][c]=1&a=2"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if _, err := api.ParseParameters(raw); err != nil && fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%q: %v", raw, err)
		}
		for token := range strings.SplitSeq(raw, ",") {
			if path, _, _ := api.FieldToken(token); len(path) > len(token)+2 {
				t.Errorf("%q grew to %q", token, path)
			}
		}
	})
}
