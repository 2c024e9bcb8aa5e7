package shop_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
)

func TestParametersOfAnSQLiteURL(t *testing.T) {
	t.Parallel()
	for parameters, want := range map[string]int64{"": 2, "?": 2, "?synchronous=full": 2, "?synchronous=NORMAL": 1, "?synchronous=off": 0} {
		path := filepath.Join(t.TempDir(), "shop.db")
		d, err := shop.OpenDatabase(t.Context(), "sqlite:"+path+parameters)
		if err != nil {
			t.Fatal(err)
		}
		tx, err := d.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := db.One[int64](t.Context(), tx, "PRAGMA synchronous"); got != want || err != nil {
			t.Errorf("%q: PRAGMA synchronous is %d, %v; want %d", parameters, got, err, want)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if got, ok := shop.SQLitePath("sqlite:" + path + parameters); got != path || !ok {
			t.Errorf("the path of %q is %q, %t", parameters, got, ok)
		}
		if files, err := filepath.Glob(filepath.Dir(path) + "/*"); len(files) != 1 || err != nil {
			t.Errorf("%q: the folder holds %q, %v", parameters, files, err)
		}
	}
}

func TestParametersOfAnSQLiteURLThatDoNotExist(t *testing.T) {
	t.Parallel()
	for parameters, says := range map[string]string{
		"?mode=memory":                             `"mode"`,
		"?synchronous=never":                       "want full, normal or off",
		"?synchronous=":                            "want full, normal or off",
		"?synchronous=off&synchronous=full":        "given once",
		"?synchronous=off&_pragma=foreign_keys(0)": `"_pragma"`,
		"?%zz":   "want sqlite:FILE?synchronous=normal",
		"?a.db":  "question mark",
		"?a=b;c": "want sqlite:FILE?synchronous=normal",
	} {
		path := filepath.Join(t.TempDir(), "shop.db")
		_, err := shop.OpenDatabase(t.Context(), "sqlite:"+path+parameters)
		if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", parameters, err)
		}
		if files, err := filepath.Glob(filepath.Dir(path) + "/*"); len(files) > 0 || err != nil {
			t.Errorf("%q: the folder holds %q, %v", parameters, files, err)
		}
	}
}
