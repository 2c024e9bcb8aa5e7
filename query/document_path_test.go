package query

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// oddKeys mean something to the syntax of a path or of JSON.
var oddKeys = []string{
	"", `\`, `\\`, `"`, `\"`, `"\`, `a\"b`, ".", "a.b", "$", "$.a", "[", "]", "[0]", "[#-1]", "{", "}", ",", "'", "''", "`", " ", "\t", "\n", "\x01", "\x7f", `\u0041`, `\n`, "NULL", "null",
	"0", "-1", "*", "**", "?", "%", "_", "ü", "東京", "👕", "\u2028", "a/b", "a~b", "~0", "@", "#", "--", ";", strings.Repeat("k", 5000), strings.Repeat(`\`, 99), strings.Repeat(`"`, 99),
}

// finds checks that a database finds the value behind keys of a document, and
// none behind a key that the document lacks.
func finds(t interface{ Errorf(string, ...any) }, d db.DB, keys []string) {
	var document any = "here"
	for _, k := range slices.Backward(keys) {
		document = map[string]any{k: document, k + "?": "another"}
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Errorf("%q: %v", keys, err)
		return
	}
	last := len(keys) - 1
	there := read(t, d, string(text), keys)
	missing := read(t, d, string(text), append(slices.Clone(keys[:last]), keys[last]+"!"))
	if there != "here" || missing != "nothing" {
		t.Errorf("%.200q: %s and %s, want here and nothing", keys, there, missing)
	}
}

func read(t interface{ Errorf(string, ...any) }, d db.DB, document string, keys []string) string {
	reader := dialectOf(d).document
	column := map[string]string{"sqlite": "?1", "postgres": "$1::text::jsonb"}[d.Dialect().Name()]
	value := reader.value(column, d.Dialect().Placeholder(2), isText)
	got, _, err := db.One[string](context.Background(), d, "SELECT coalesce("+value+", 'nothing')", document, reader.path(keys))
	if err != nil {
		t.Errorf("%.200q: %v", keys, err)
	}
	return got
}

// Every key of a document can be asked for, on both databases.
func TestOddKeysOfDocuments(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for _, k := range oddKeys {
			finds(t, d, []string{k})
			finds(t, d, []string{k, "a", k})
		}
		rapid.Check(t, func(t *rapid.T) {
			key := rapid.OneOf(rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r != 0 })), rapid.StringOf(rapid.SampledFrom([]rune(`\"$.[]{}#'-u0,`))))
			finds(t, d, rapid.SliceOfN(key, 1, 4).Draw(t, "keys"))
		})
	})
}
