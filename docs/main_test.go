// Package docs_test runs what the help, the README and the pages of this folder
// tell a reader to type, and compiles their Go.
package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// shared is a folder for what the tests make once.
var shared string

func TestMain(m *testing.M) {
	for _, setting := range os.Environ() { // a reader's shell does not have the developer's settings
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "GORGON_") {
			_ = os.Unsetenv(name) // fails only for an invalid name
		}
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if shared, err = os.MkdirTemp("", "docs"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(shared) }()
	return m.Run()
}

// need skips the test when the machine lacks a program, and fails it in CI.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed, and CI runs the examples", program)
		}
		t.Skipf("%s is not installed", program)
	}
}

// gorgon is the program that the lines call, and its demo shop, as an SQLite file,
// with what stands for the ids in the lines. They are made once.
var gorgon struct {
	sync.Once
	program string
	shop    []byte
	ids     *strings.Replacer
}

// made makes the program and the demo shop. The program is that of start.md at the
// end of the page: gorgon, with brands. One build is for all tests, and has no race
// detector: a hundred processes take their time with it.
func made(t *testing.T) {
	t.Helper()
	gorgon.Do(func() {
		gorgon.program = filepath.Join(shared, "gorgon")
		build := goTool(t, "build", "-ldflags", "-s -w", "-overlay", brandshop(t).file(t), "-o", gorgon.program, "./"+brandshopFolder)
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		output(t, "demo", "--orders", "60")
		order, cart := id(t, "order", "display_id=1"), id(t, "cart", "order.display_id=1")
		output(t, "link", "dismiss", "order="+order, "cart="+cart) // so that an example can link them
		promotion, product := id(t, "promotion", "orders.$count=0"), id(t, "product", "handle=fjord-down-sleeping-bag")
		gorgon.ids = strings.NewReplacer("order_01ABC", order, "cart_01DEF", cart, "promo_01DEF", promotion, "prod_01ABC", product,
			"ORDER_ID", order, "PROMOTION_ID", promotion, "order_01…", order, "promo_01…", promotion)
		gorgon.shop, _ = os.ReadFile(filepath.Join(shared, "gorgon.db"))
	})
	if len(gorgon.shop) == 0 {
		t.Fatal("the demo shop could not be made")
	}
}

// id returns the id of a record of the demo shop that matches the filter.
func id(t *testing.T, entity, filter string) string {
	t.Helper()
	var found struct{ Data []struct{ ID string } }
	text := output(t, "query", entity, "--fields", "id", "--filter", filter, "--limit", "1", "--json")
	if err := json.Unmarshal([]byte(text), &found); err != nil || len(found.Data) != 1 {
		t.Fatalf("no %s of the demo shop has %s: %s (%v)", entity, filter, text, err)
	}
	return found.Data[0].ID
}

// output returns what a command prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), gorgon.program, args...)
	cmd.Dir = shared
	cmd.Env = append(os.Environ(), "GORGON_DATABASE=sqlite:gorgon.db?synchronous=off")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("gorgon %q: %v\n%s", args, err, stderr.String())
	}
	return string(out)
}
