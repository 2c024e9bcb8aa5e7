package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The table of README.md is that of the committed results, with the rows that miss
// their bar.
func TestReadmeQuotesTheResults(t *testing.T) {
	t.Chdir("..")
	results, err := merged(nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## How fast\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var got []string
	for line := range strings.Lines(section) {
		if strings.HasPrefix(line, "| ") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	if want := table(results); len(got) == 0 || !slices.Equal(got[1:], want) {
		t.Errorf("the table in README.md should have the rows of go run ./bench -table:\n%s", strings.Join(want, "\n"))
	}
}
