package fault

import (
	"slices"
	"strings"
)

// mostEdits is how many edits two similar names are apart at most.
const mostEdits = 2

// Nearest returns up to three of names that are similar to name, the most
// similar first: those within two edits of it, and those that begin or end
// with it.
func Nearest(name string, names []string) []string {
	type scored struct {
		name string
		d    int
	}
	var near []scored
	for _, n := range names {
		apart := max(len(n)-len(name), len(name)-len(n)) // a cheap lower bound of the distance
		related := len(name) > 2 && (strings.HasPrefix(n, name) || strings.HasSuffix(n, name) || len(n) > 2 && strings.HasPrefix(name, n))
		if related {
			near = append(near, scored{n, apart})
		} else if apart <= mostEdits {
			if d := distance(strings.ToLower(name), strings.ToLower(n), mostEdits); d <= mostEdits && d < len(name) {
				near = append(near, scored{n, d})
			}
		}
	}
	slices.SortFunc(near, func(a, b scored) int {
		if a.d != b.d {
			return a.d - b.d
		}
		return strings.Compare(a.name, b.name)
	})
	var out []string
	for _, s := range near {
		if len(out) < 3 && !slices.Contains(out, s.name) {
			out = append(out, s.name)
		}
	}
	return out
}

// DidYouMean returns the end of a message about an unknown name, such as
// "; did you mean a, b?". It returns "" if no name is similar.
func DidYouMean(name string, names []string) string {
	near := Nearest(name, names)
	if len(near) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(near, ", ") + "?"
}

// distance returns the number of bytes to change, add or remove to turn a into
// b, or a number greater than most if it takes more. Its time is linear.
func distance(a, b string, most int) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	switch {
	case a == "" || b == "":
		return len(a) + len(b)
	case most == 0:
		return 1
	}
	return 1 + min(distance(a[1:], b[1:], most-1), distance(a[1:], b, most-1), distance(a, b[1:], most-1))
}
