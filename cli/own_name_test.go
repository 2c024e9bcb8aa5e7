package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon"
)

// typed matches a command line of a program called gorgon.
var typed = regexp.MustCompile(`\bgorgon [a-z<]`)

// A program that has a name of its own uses it wherever it tells what to type.
func TestOwnName(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Name: "acme", Database: file(t)})
	commands(app.Command(), func(c *cobra.Command) {
		help := ok(t, app, append(strings.Fields(c.CommandPath())[1:], "--help")...)
		if found := typed.FindString(help); found != "" || !strings.Contains(help, "acme ") {
			t.Errorf("the help of %s has %q", c.CommandPath(), found)
		}
	})
	if got := ok(t, app, "completion", "bash"); !strings.Contains(got, "__start_acme acme") {
		t.Errorf("%.300s", got)
	}
	if got := ok(t, app, "--version"); !strings.HasPrefix(got, "acme ") {
		t.Error(got)
	}
	for line, want := range map[string]string{
		"query order":         "`acme demo` creates one with a demo shop, `acme migrate` an empty one\n",
		"qery":                "acme: invalid_data: acme has no command \"qery\"; did you mean query?\nUsage: acme",
		"query order --jsn":   "Run `acme query --help` for more.",
		"query order --json":  "`acme demo` creates",
		"models ordre --json": "; `acme models` lists them",
	} {
		if got := run(t, app, strings.Fields(line)...); !strings.Contains(got.stderr, want) || typed.MatchString(got.stderr) {
			t.Errorf("%s: %+v, want %s", line, got, want)
		}
	}
	ok(t, app, "migrate")
	if got := whole(t, app, "user", "list"); !strings.Contains(got, "`acme user create") {
		t.Error(got)
	}
	if got := run(t, app, "demo", "--orders", "5"); got.status != 0 || !strings.Contains(got.stdout, "  acme query order") || typed.MatchString(got.stdout) {
		t.Errorf("%+v", got)
	}
}

// Without a name that is given, it is that of the file.
func TestNameOfTheFile(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "brands")
	copyFile(t, os.Args[0], program)
	out, err := process(t, program, "qery").CombinedOutput()
	if statusOf(t, err) != 2 || !strings.HasPrefix(string(out), "brands: invalid_data: brands has no command \"qery\"") {
		t.Errorf("%s (%v)", out, err)
	}
}
