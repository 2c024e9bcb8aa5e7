package gorgon_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/module"
)

var draw = flag.Bool("draw", false, "write the state machines into docs/states.md")

// The lines of docs/states.md between which the state machines are.
const (
	machinesBegin = "<!-- The tables and diagrams are those of the code: go test . -run TestStatesInDocs -draw -->\n"
	machinesEnd   = "<!-- end of the tables and diagrams -->\n"
)

// docs/states.md has the state machines of the shop as they are.
func TestStatesInDocs(t *testing.T) {
	t.Parallel()
	const file = "docs/states.md"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(page), machinesBegin)
	_, after, ends := strings.Cut(rest, machinesEnd)
	if !begins || !ends {
		t.Fatalf("%s: a line that begins or ends the state machines is missing", file)
	}
	b, _ := blueprint(t)
	want := before + machinesBegin + machines(b.Modules) + machinesEnd + after
	if *draw {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("%s does not have the state machines as they are; write them again with -draw:\n%s", file, diff)
	}
}

// machines returns the state machines of modules as Markdown.
func machines(modules []*module.Module) string {
	var b strings.Builder
	b.WriteString("\n")
	for _, m := range modules {
		for _, d := range m.Machines {
			fmt.Fprintf(&b, "### %s\n\n%s\n```mermaid\n%s```\n\n", d.Name(), d.Table(), d.Mermaid())
		}
	}
	return b.String()
}

// Each state that a machine knows is a value of the record's status, and each value is a
// state, or operations could not lead there.
func TestStatesAreStatuses(t *testing.T) {
	t.Parallel()
	b, _ := blueprint(t)
	for _, m := range b.Modules {
		for _, d := range m.Machines {
			record, err := b.Graph.Model(strings.ReplaceAll(d.Name(), " ", "_"))
			if err != nil {
				t.Fatal(err)
			}
			status := record.Field("status")
			if status == nil {
				continue // a claim or an exchange
			}
			for _, value := range status.Enum {
				if !strings.Contains(d.Table(), "`"+value+"`") {
					t.Errorf("the machine of %s does not have its status %q", d.Name(), value)
				}
			}
			for _, cell := range strings.Fields(d.Table()) {
				if state, quoted := strings.CutPrefix(cell, "`"); quoted && !slices.Contains(status.Enum, strings.TrimSuffix(state, "`")) {
					t.Errorf("%s has no status %s", d.Name(), cell)
				}
			}
		}
	}
}
