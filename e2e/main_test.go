package e2e_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
)

// TestMain is the command gorgon if a test has started this binary as such. Else it
// takes the settings of a shop out of the environment, where they come
// before those of a gorgon.Config.
func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		gorgon.New(gorgon.Config{}).Main()
		return
	}
	for _, setting := range os.Environ() {
		name, _, _ := strings.Cut(setting, "=")
		if strings.HasPrefix(name, "GORGON_") && !strings.HasPrefix(name, "GORGON_TEST_") && name != securitySize {
			_ = os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}

// told is what a command line brought about.
type told struct {
	status         int
	stdout, stderr string
}

// run runs a command line with nothing on standard input.
func run(t *testing.T, app *gorgon.App, args ...string) told {
	t.Helper()
	var stdout, stderr strings.Builder
	status := app.Run(t.Context(), args, &stdout, &stderr, strings.NewReader(""))
	return told{status, stdout.String(), stderr.String()}
}

// ok runs a command line that must go well, and returns what it printed.
func ok(t *testing.T, app *gorgon.App, args ...string) string {
	t.Helper()
	got := run(t, app, args...)
	if got.status != 0 || got.stderr != "" {
		t.Fatalf("gorgon %q: status %d\n%s", args, got.status, got.stderr)
	}
	return got.stdout
}
