package fault

import (
	"slices"
	"strings"
)

// mostEdits is how many edits two similar names are apart at most.
const mostEdits = 2

// Nearest returns up to three of names that are similar to name, the most
// similar first: those within two edits of it, and those that begin or end
// with it. Of the nearest, edits must leave more than half of the name.
func Nearest(name string, names []string) []string {
	type scored struct {
		name    string
		d       int
		related bool
	}
	var near []scored
	for _, n := range names {
		apart := max(len(n)-len(name), len(name)-len(n)) // a cheap lower bound of the distance
		related := len(name) > 2 && (strings.HasPrefix(n, name) || strings.HasSuffix(n, name) || len(n) > 2 && strings.HasPrefix(name, n))
		if related {
			near = append(near, scored{n, apart, true})
		} else if apart <= mostEdits {
			if d := distance(strings.ToLower(name), strings.ToLower(n), mostEdits); d <= mostEdits && d < len(name) {
				near = append(near, scored{n, d, false})
			}
		}
	}
	slices.SortFunc(near, func(a, b scored) int {
		if a.d != b.d {
			return a.d - b.d
		}
		return strings.Compare(a.name, b.name)
	})
	if len(near) > 0 && !near[0].related && 2*near[0].d >= len(name) {
		return nil // half of its letters would change
	}
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

// distance returns the number of bytes to change, add, remove or swap with the next one
// to turn a into b, or a number greater than most if it takes more. Its time is linear.
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
	swapped := most
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		swapped = distance(a[2:], b[2:], most-1)
	}
	return 1 + min(swapped, distance(a[1:], b[1:], most-1), distance(a[1:], b, most-1), distance(a, b[1:], most-1))
}
