package cli

import "testing"

func TestProgramName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ given, file, want string }{
		{"", "/usr/local/bin/brands", "brands"}, {"", "./gorgon-new", "gorgon-new"}, {"", `shop.exe`, "shop"}, {"acme", "/usr/bin/brands", "acme"},
		{"", "/tmp/cli.test", "gorgon"}, {"", "", "gorgon"}, {"", "/", "gorgon"}, {"", "/x/my shop", "gorgon"},
	} {
		if got := programName(test.given, test.file); got != test.want {
			t.Errorf("%q, %q: %s, want %s", test.given, test.file, got, test.want)
		}
	}
	const text = "Gorgon; gorgon query x | gorgon query; gorgon.db; postgres://gorgon@h; completions/gorgon.fish"
	if got := named("acme", text); got != "Gorgon; acme query x | acme query; gorgon.db; postgres://gorgon@h; completions/acme.fish" {
		t.Error(got)
	}
}
