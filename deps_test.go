package gorgon_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// terminalCode is what only the command line and the server need.
var terminalCode = []string{
	"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term", "github.com/prometheus",
	root + "/cli", root + "/server",
}

// dependencies returns everything that a program compiles which imports the
// packages of the patterns.
func dependencies(t *testing.T, patterns ...string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-deps"}, patterns...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Fields(string(out))
}

func isTerminalCode(pkg string) bool {
	return slices.ContainsFunc(terminalCode, func(path string) bool { return pkg == path || strings.HasPrefix(pkg, path+"/") })
}

// A program that opens a shop and serves it in its own way contains neither a
// command line nor Prometheus.
func TestShopAndAPINeedNoCommandLine(t *testing.T) {
	t.Parallel()
	deps := dependencies(t, root+"/shop", root+"/api/...")
	for _, needed := range []string{root + "/shop", root + "/api", root + "/api/admin", root + "/query"} {
		if !slices.Contains(deps, needed) {
			t.Errorf("go list -deps does not name %s", needed)
		}
	}
	for _, pkg := range deps {
		if isTerminalCode(pkg) {
			t.Errorf("shop or api depends on %s", pkg)
		}
	}
}

// The names of terminalCode are those of packages that the whole program has.
func TestTheCommandLineNeedsTerminalCode(t *testing.T) {
	t.Parallel()
	deps := dependencies(t, root)
	for _, path := range terminalCode {
		if !slices.ContainsFunc(deps, func(pkg string) bool { return pkg == path || strings.HasPrefix(pkg, path+"/") }) {
			t.Errorf("nothing depends on %s; is that its name?", path)
		}
	}
}
