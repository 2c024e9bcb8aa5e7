package link_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// numbers returns the line numbers that the matches of a pattern name.
func numbers(t *testing.T, text string, pattern *regexp.Regexp) map[int]bool {
	t.Helper()
	out := map[int]bool{}
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		for word := range strings.SplitSeq(match[1], ", ") {
			n, err := strconv.Atoi(word)
			if err != nil {
				t.Fatalf("%q is not a list of numbers", match[1])
			}
			out[n] = true
		}
	}
	return out
}

// Every line of sections G to J has a test whose name begins with its number,
// including the lines in docs/differences.md, whose tests check our behavior.
func TestEveryLineIsAccountedFor(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("conformance_*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	tested := numbers(t, all.String(), regexp.MustCompile(`"(\d{3}) `))
	for n := 189; n <= 264; n++ {
		if !tested[n] {
			t.Errorf("line %d has no test", n)
		}
	}
	page, err := os.ReadFile("../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(page), "\n## Links\n")
	if !ok {
		t.Fatal("docs/differences.md has no section Links")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	explained := numbers(t, section, regexp.MustCompile(`(?m)^\| ([\d, ]+) \|`))
	if len(explained) < 40 {
		t.Errorf("only %d lines are read from docs/differences.md", len(explained))
	}
	for n := range explained {
		if !tested[n] {
			t.Errorf("docs/differences.md explains line %d, which has no test", n)
		}
	}
}
