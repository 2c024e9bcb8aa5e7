package body

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

const (
	maxProblems = 3  // that an error names
	maxLevels   = 32 // of objects and arrays within each other
)

// problem is what is wrong with one property, and the property's place in the
// declaration of its object.
type problem struct {
	rank int
	text string
}

// invalid returns the error of the first problems, or nil when there are none.
func invalid(problems []problem) error {
	if len(problems) == 0 {
		return nil
	}
	var texts []string
	for _, p := range problems[:min(len(problems), maxProblems)] {
		texts = append(texts, p.text)
	}
	return fault.New(fault.InvalidData, "Invalid request: %s", strings.Join(texts, "; "))
}

// NotJSON returns an error of reading JSON as one of the caller's.
func NotJSON(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return fault.New(fault.InvalidData, "the body is not JSON: %s", fault.JSONProblem(err))
}

func (d *decoder) say(format string, args ...any) {
	d.problems = append(d.problems, problem{text: fmt.Sprintf(format, args...)})
}

// rank gives the problems since before the place of their property.
func (d *decoder) rank(before, place int) {
	for i := before; i < len(d.problems); i++ {
		d.problems[i].rank = place
	}
}

// where returns the path of the value that is read.
func (d *decoder) where() string {
	var b strings.Builder
	for i, s := range d.path {
		if i > 0 {
			b.WriteString(", ")
		}
		if s.index < 0 {
			b.WriteString(s.name)
		} else {
			b.WriteString(strconv.Itoa(s.index))
		}
	}
	return b.String()
}

func (d *decoder) mismatch(want Kind, raw []byte) {
	if d.err == nil {
		d.say("Expected type: '%s' for field '%s', got: '%s'", want, d.where(), shown(raw))
	}
}

// shown returns a value as a message repeats it.
func shown(raw []byte) string {
	if raw[0] == '"' {
		return fault.Clip(unquote(raw))
	}
	return fault.Clip(string(compact(raw)))
}

// checkText reports what is wrong with a text.
func (d *decoder) checkText(s string, t Type) {
	switch {
	case strings.IndexByte(s, 0) >= 0:
		d.say("Field '%s' holds a zero byte", d.where())
	case t.Enum != nil && !slices.Contains(t.Enum, s):
		d.say("Expected: '%s' for field '%s', but got: '%s'", strings.Join(t.Enum, ", "), d.where(), fault.Clip(s))
	case t.Email:
		if at, err := mail.ParseAddress(s); err != nil || at.Address != s {
			d.say("Field '%s' is not an email address: '%s'", d.where(), fault.Clip(s))
		}
	}
}

func (d *decoder) checkMinimum(f float64, t Type) {
	if t.Minimum != nil && (f < *t.Minimum || t.Exclusive && f == *t.Minimum) {
		d.tooSmall(*t.Minimum)
	}
}

func (d *decoder) tooSmall(least any) {
	d.say("Value for field '%s' too small, expected at least: '%v'", d.where(), least)
}

// checkLevels reports, once, a value that is kept or skipped and too deep.
func (d *decoder) checkLevels(raw []byte) {
	if d.err != nil || d.StackDepth()+levels(raw) <= maxLevels {
		return
	}
	text := fmt.Sprintf("the body has more than %d levels", maxLevels)
	if n := len(d.problems); n == 0 || d.problems[n-1].text != text {
		d.problems = append(d.problems, problem{text: text})
	}
}

// levels returns how many objects and arrays a JSON value has within each
// other.
func levels(raw []byte) int {
	deepest, depth, quoted := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case quoted:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}
