package medusa_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// differences are the tables of docs/differences.md.
type differences struct {
	rules   []string
	answers []string // the ids of answers
}

var answerID = regexp.MustCompile(`^q\d{3}$`)

func readDifferences(t testing.TB) differences {
	t.Helper()
	text, err := os.ReadFile("../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	var d differences
	section := ""
	for line := range strings.SplitSeq(string(text), "\n") {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = title
		}
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.HasPrefix(line, "|---") {
			continue
		}
		for _, c := range cells[1:5] {
			if strings.TrimSpace(c) == "" {
				t.Errorf("docs/differences.md: a cell is empty in %s", line)
			}
		}
		switch first := strings.TrimSpace(cells[1]); {
		case first == "rule" || first == "answers":
		case section == "Rules":
			d.rules = append(d.rules, first)
		case section == "Answers":
			d.answers = append(d.answers, strings.Split(first, ", ")...)
		}
	}
	for _, id := range d.answers {
		if !answerID.MatchString(id) {
			t.Errorf("docs/differences.md: %q is not the id of an answer", id)
		}
	}
	return d
}

// check compares the tables with what was found: the rules needed, and the differences of
// each answer.
func (d differences) check(t *testing.T, needed map[string]bool, wrong map[string][]string) {
	t.Helper()
	for id, list := range wrong {
		if !slices.Contains(d.answers, id) {
			t.Errorf("%s differs, and docs/differences.md does not say why:\n\t%s", id, strings.Join(few(list), "\n\t"))
		}
	}
	for _, id := range d.answers {
		if wrong[id] == nil {
			t.Errorf("docs/differences.md has a line for %s, but it does not differ", id)
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(needed)) {
		if !slices.Contains(d.rules, rule) {
			t.Errorf("docs/differences.md does not have the rule %q", rule)
		}
	}
	for _, rule := range d.rules {
		if !needed[rule] {
			t.Errorf("docs/differences.md has the rule %q, which no answer needs", rule)
		}
	}
}

// few returns the first lines of a long list.
func few(lines []string) []string {
	const most = 8
	if len(lines) <= most {
		return lines
	}
	return append(slices.Clip(lines[:most]), "…")
}
