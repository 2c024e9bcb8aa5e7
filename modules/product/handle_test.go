package product

import "testing"

func TestHandle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Linen shirt":               "linen-shirt",
		"  Crème brûlée, 2 pcs!  ":  "creme-brulee-2-pcs",
		"Große Straße":              "grosse-strasse",
		"Don't panic":               "dont-panic",
		"Łódź / Øresund":            "lodz-oresund",
		"T-Shirt -- \"Best\" (new)": "t-shirt-best-new",
		"日本語":                       "prod_01abc",
		"":                          "prod_01abc",
		"\xff\xfe ok":               "ok",
	} {
		got := handle(title, "prod_01ABC")
		if got != want {
			t.Errorf("handle of %q is %q, want %q", title, got, want)
		}
		if !isHandle(got) {
			t.Errorf("%q is no handle", got)
		}
	}
	for _, bad := range []string{"", "A", "a b", "a/b", "ä", "a?b"} {
		if isHandle(bad) {
			t.Errorf("%q is a handle", bad)
		}
	}
}

func FuzzHandle(f *testing.F) {
	f.Add("Linen shirt", "prod_1")
	f.Fuzz(func(t *testing.T, title, _ string) {
		if got := handle(title, "prod_1"); !isHandle(got) {
			t.Errorf("handle of %q is %q", title, got)
		}
	})
}
