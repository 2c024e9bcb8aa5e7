package docs_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// Every line of the sh blocks of the README and of the pages here runs, page by
// page and in order, in a demo shop.
func TestPages(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "../README.md") {
		s := ofPage[filepath.Base(page)]
		s.name, s.lines = filepath.Base(page), shellLines(t, page)
		if len(s.lines) == 0 {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.run(t)
		})
	}
}

// ofPage is what the lines of a page need to run.
var ofPage = map[string]script{
	"README.md": {rules: []rule{
		{match: `^make test.*`, reason: "runs this test"},
		{match: `^make build && \./gorgon`, runs: "gorgon"}, // which is on the path
	}},
	"api.md": {
		first: "serve gorgon start",
		rules: []rule{
			{match: ` …( +#.*)?$`, runs: ` -H "Authorization: Bearer $$TOKEN"`},
		},
	},
	"operate.md": {
		first: `mkdir -p etc var/lib/gorgon var/backups/gorgon usr/local/bin
cp gorgon.db var/lib/gorgon/shop.db
ln -s bin/gorgon gorgon
export GORGON_DATABASE=sqlite:$HOME/var/lib/gorgon/shop.db?synchronous=off`,
		rules: []rule{
			{match: `^(useradd|systemctl|systemd-analyze|journalctl) .*`, reason: "changes or watches the services of a machine"},
			{match: `^docker .*(\n.*)*`, reason: "needs Docker"},
			{match: `^install .*/etc/systemd/.*`, reason: "there may be no systemd"},
			{match: `gorgon\.env /etc/gorgon/env$`, runs: "$0; sed -i s#/var/lib#$$HOME/var/lib# /etc/gorgon/env"},
			{match: `(^|[ :])/(etc|var|usr/local)/`, runs: "$1$$HOME/$2/"},
			{match: `install (-o|-d -m 700|-m) `, runs: "install $1 "},
			{match: `-o gorgon -g gorgon `, runs: ""},
			{match: `runuser -u gorgon -- `, runs: ""},
			{match: `postgres:///restored`, runs: "$$GORGON_DATABASE"},
		},
	},
	"performance.md": {rules: []rule{{match: `^(make|go run) .*`, reason: "measures for minutes"}}},
	"start.md": {rules: []rule{
		{match: `^go mod tidy$`, reason: "needs the network"},
		{match: `^go build -o brandshop \.$`, runs: `ln -sf "$$HOME/bin/gorgon" brandshop`},
		{match: `^(curl .*"tundra".*)$`, runs: `if $1; then false; fi`},
		{match: `^go test .*`, reason: "TestSnippets compiles the test; those of examples/brands are like it"},
	}},
}

// brandshop returns the files of start.md as they are at the end of the page.
func brandshop(t *testing.T) overlay {
	t.Helper()
	files := overlay{}
	for file, text := range snippets(t) {
		if strings.HasPrefix(file, brandshopFolder) {
			files[file] = text
		}
	}
	return files
}
