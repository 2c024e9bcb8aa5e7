package docs_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The Go of the README and of the pages here compiles: it is laid over the
// module, without a file being written into it.
func TestSnippets(t *testing.T) {
	t.Parallel()
	o := snippets(t)
	newChecker(t, o).check(t)
}

// An overlay is Go files by their path in the module.
type overlay map[string]string

// brandshopFolder is where the program of start.md is laid.
const brandshopFolder = "examples/brandshop"

// A place is where a block without a package clause goes: before a line of a file.
type place struct{ file, before string }

var (
	packageClause = regexp.MustCompile(`(?m)^package \w+$`)
	fileAbove     = regexp.MustCompile("^(?:.* )?`([a-z_/]+\\.go)`:$") // `brand/brand.go`:
	fileInside    = regexp.MustCompile(`^// ([a-z_/]+\.go)\n`)         // // modules/warranty/rules.go
)

// snippets returns the Go of all pages, and the files that it changes.
func snippets(t *testing.T) overlay {
	t.Helper()
	o := maps.Clone(surroundings)
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	var rest []block
	for _, page := range append(pages, "../README.md") {
		for _, b := range blocks(t, page) {
			switch {
			case b.language != "go":
			case !packageClause.MatchString(b.text):
				rest = append(rest, b)
			case fileInside.MatchString(b.text):
				o[fileInside.FindStringSubmatch(b.text)[1]] = b.text
			case fileAbove.MatchString(b.above):
				text := strings.ReplaceAll(b.text, "example.com/brandshop", module+"/"+brandshopFolder)
				o[filepath.Join(brandshopFolder, fileAbove.FindStringSubmatch(b.above)[1])] = text
			default:
				t.Errorf("%s:%d: the page does not say which file this is", page, b.at)
			}
		}
	}
	for _, b := range rest {
		first, _, _ := strings.Cut(strings.TrimSpace(b.text), "\n")
		p, ok := places[first]
		if !ok {
			t.Errorf("line %d, %q: the test has no place for this block", b.at, first)
			continue
		}
		o.insert(t, p, b.text)
	}
	for _, d := range described {
		o.insert(t, d.place, d.text)
	}
	return o
}

// insert inserts a text before a line of a file, which is one of the module if it
// is not in the overlay.
func (o overlay) insert(t *testing.T, p place, text string) {
	t.Helper()
	if _, ok := o[p.file]; !ok {
		content, err := os.ReadFile(filepath.Join("..", p.file))
		if err != nil {
			t.Fatal(err)
		}
		o[p.file] = string(content)
	}
	if strings.Count(o[p.file], p.before) != 1 {
		t.Fatalf("%s has %d times %q", p.file, strings.Count(o[p.file], p.before), p.before)
	}
	o[p.file] = strings.Replace(o[p.file], p.before, text+p.before, 1)
}

// goTool returns a command of the go tool on the module.
func goTool(t *testing.T, command string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{command}, args...)...) //nolint:gosec // our own arguments
	cmd.Dir = absolute(t, "..")
	return cmd
}

// file writes the overlay for the go tool, and returns the path for its -overlay.
func (o overlay) file(t *testing.T) string {
	t.Helper()
	dir, root := t.TempDir(), absolute(t, "..")
	replace := map[string]string{}
	for i, path := range slices.Sorted(maps.Keys(o)) {
		laid := filepath.Join(dir, fmt.Sprintf("%d_%s", i, filepath.Base(path)))
		write(t, laid, []byte(o[path]), 0o600)
		replace[filepath.Join(root, path)] = laid
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	write(t, list, text, 0o600)
	return list
}
