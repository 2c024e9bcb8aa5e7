package docs_test

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli"
)

// Every example in the help of a command runs, each in a demo shop of its own.
func TestHelp(t *testing.T) {
	t.Parallel()
	rules := map[string][]rule{
		"gorgon": {
			{match: `^gorgon demo$`, runs: "rm gorgon.db; gorgon demo --orders 5"},
		},
		"gorgon backup": {
			{match: `sqlite:/var/lib/gorgon/shop.db`, runs: "sqlite:gorgon.db"},
		},
		"gorgon completion": {
			{match: `.* > (~/.*)/gorgon.fish`, runs: `mkdir -p $1; $0`},
		},
		"gorgon demo": {
			{match: `^gorgon demo$`, runs: "rm gorgon.db; gorgon demo --orders 5"},
			{match: `--orders 10000`, runs: "--orders 5"},
		},
		"gorgon link create": {
			{match: `.* brand=.*`, runs: `sqlite3 gorgon.db "INSERT INTO brand (id, name, created_at, updated_at) SELECT 'brand_01DEF', 'Fjord', created_at, updated_at FROM region LIMIT 1"; $0`},
		},
		"gorgon user": {
			{match: `^gorgon user password .*`, runs: `gorgon user create --email ada@example.com --password-stdin <<<"$$PASSWORD"; $0`},
		},
		"gorgon user password": {
			{match: `.*`, runs: `gorgon user create --email ada@example.com --password-stdin <<<"$$PASSWORD"; $0`},
		},
		"gorgon user delete": {
			{match: `.*`, runs: `gorgon user create --email ada@example.com --password-stdin <<<"$$PASSWORD"; $0`},
		},
	}
	for _, c := range commands(cli.New(&cli.Setup{Name: "gorgon"}).Command()) {
		s := script{name: c.CommandPath(), each: "fresh", rules: rules[c.CommandPath()]}
		for text := range strings.SplitSeq(c.Example, "\n") {
			s.lines = append(s.lines, line{c.CommandPath(), strings.TrimSpace(text)})
		}
		delete(rules, c.CommandPath())
		t.Run(c.CommandPath(), func(t *testing.T) {
			t.Parallel()
			s.run(t)
		})
	}
	for name := range rules {
		t.Errorf("there are rules for %s, which is no command", name)
	}
}

// commands returns a command and all below it.
func commands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, below := range c.Commands() {
		if below.Name() != "help" {
			all = append(all, commands(below)...)
		}
	}
	return all
}
