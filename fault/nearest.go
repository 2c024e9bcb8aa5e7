package fault

import (
	"slices"
	"strings"
)

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
		} else if apart <= 2 {
			if d := distance(strings.ToLower(name), strings.ToLower(n)); d <= 2 && d < len(name) {
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

// distance returns the number of bytes to change, add or remove to turn a into b.
func distance(a, b string) int {
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		cur := make([]int, len(b)+1)
		cur[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			cur[j+1] = min(prev[j]+cost, prev[j+1]+1, cur[j]+1)
		}
		prev = cur
	}
	return prev[len(b)]
}
