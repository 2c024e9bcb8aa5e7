package body_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"pgregory.net/rapid"
)

// plain is what this package and encoding/json decode alike.
type plain struct {
	Text   string            `json:"text"`
	Texts  []string          `json:"texts"`
	Ptr    *string           `json:"ptr" body:"null"`
	Flag   bool              `json:"flag"`
	Whole  int               `json:"whole"`
	Float  *float64          `json:"float"`
	Amount *money.Amount     `json:"amount"`
	At     *time.Time        `json:"at"`
	Raw    model.RawJSON     `json:"raw"`
	Named  map[string]string `json:"named"`
	Ranks  map[string]int64  `json:"ranks"`
	Below  []below           `json:"below"`
	More   *[]*below         `json:"more"`
}

type below struct {
	kept
	N int64 `json:"n"`
}

type kept struct {
	A string `json:"a"`
	B *bool  `json:"b"`
}

var plainSchema = body.For[plain]()

func objects(t *rapid.T) map[string]any {
	out := map[string]any{}
	some := func(name string, g *rapid.Generator[any]) {
		if rapid.Bool().Draw(t, name+"?") {
			out[name] = g.Draw(t, name)
		}
	}
	texts := rapid.StringN(0, 8, -1).Filter(func(s string) bool { return !strings.Contains(s, "\x00") })
	some("text", texts.AsAny())
	some("texts", rapid.SliceOfN(texts, 0, 5).AsAny())
	some("ptr", rapid.Ptr(texts, true).AsAny())
	some("flag", rapid.Bool().AsAny())
	some("whole", rapid.Int().AsAny())
	some("float", rapid.Float64().AsAny())
	some("amount", rapid.Map(rapid.StringMatching(`-?[1-9][0-9]{0,30}(\.[0-9]{1,20})?`), func(s string) any { return json.Number(s) }))
	some("at", rapid.Map(rapid.Int64Range(0, 1e11), func(n int64) any { return time.Unix(n, n%1e9).UTC() }))
	some("raw", rapid.OneOf(texts.AsAny(), rapid.MapOf(texts, rapid.Int()).AsAny(), rapid.Just[any](nil)))
	some("named", rapid.MapOfN(texts, texts, 0, 4).AsAny())
	some("ranks", rapid.MapOfN(texts, rapid.Int64(), 0, 4).AsAny())
	belows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) map[string]any {
		return map[string]any{"a": texts.Draw(t, "a"), "b": rapid.Bool().Draw(t, "b"), "n": rapid.Int64().Draw(t, "n"), "unknown": texts.Draw(t, "unknown")}
	}), 0, 6)
	some("below", belows.AsAny())
	some("more", belows.AsAny())
	return out
}

func TestDecodesAsEncodingJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, err := json.Marshal(objects(t))
		if err != nil {
			t.Fatal(err)
		}
		want := &plain{}
		if err := json.Unmarshal(text, want); err != nil {
			t.Fatal(err)
		}
		got, _, err := plainSchema.Decode(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(below{})); diff != "" {
			t.Fatalf("%s: %s", text, diff)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{
		`{"text": "a", "items": [{"id": "b", "n": 1}], "closed": {"a": ""}}`, `{"amount": {"value": "1", "precision": 20}}`, `{`, `[]`, `{"email": null, "at": null}`,
		`{"texts": {"a": "b"}, "several": "a", "ids": []}`, `{"raw": [[[[{"\u0000": "\ud83d\ude00"}]]]], "text": 1, "text": 2}`, "{\"text\": \"\xff\"}", `{} {}`,
		`{"title": "a", "subtitle": null, "images": [{"url": "u"}], "tags": [{"id": 1}]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := string(text)
		v, passed, err := allSchema.Decode(text)
		if (v == nil) == (err == nil) || err != nil && fault.TypeOf(err) != fault.InvalidData || len(passed) > 20 {
			t.Errorf("%q: %v %v", text, v, err)
		}
		if err == nil && len(strings.TrimSpace(before)) > 0 && !json.Valid(text) {
			t.Errorf("%q is not JSON", text)
		}
		if _, _, err := productChangeSchema.Decode(text); err != nil && fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%q: %v", text, err)
		}
		if string(text) != before {
			t.Errorf("%q became %q", before, text)
		}
	})
}
