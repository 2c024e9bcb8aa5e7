package diagram_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/diagram"
)

// boxes returns the sorted names of the boxes.
func boxes(d diagram.Diagram) string {
	var names []string
	for _, b := range d.Boxes {
		names = append(names, b.Entity)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

type rectangle struct{ x, y, width, height int }

func (r rectangle) contains(s rectangle) bool {
	return r.x <= s.x && r.y <= s.y && s.x+s.width <= r.x+r.width && s.y+s.height <= r.y+r.height
}

func (r rectangle) overlaps(s rectangle) bool {
	return r.x < s.x+s.width && s.x < r.x+r.width && r.y < s.y+s.height && s.y < r.y+r.height
}

// fits checks that boxes lie in their areas, that nothing overlaps, and that all
// is inside the diagram.
func fits(t *testing.T, d diagram.Diagram) {
	t.Helper()
	page := rectangle{0, 0, d.Width, d.Height}
	areas := map[string]rectangle{}
	for _, a := range d.Areas {
		r := rectangle{a.X, a.Y, a.Width, a.Height}
		if !page.contains(r) {
			t.Errorf("area %s is outside", a.Module)
		}
		for name, other := range areas {
			if r.overlaps(other) {
				t.Errorf("areas %s and %s overlap", a.Module, name)
			}
		}
		areas[a.Module] = r
	}
	known := map[string]rectangle{}
	for _, b := range d.Boxes {
		r := rectangle{b.X, b.Y, b.Width, b.Height}
		if !areas[b.Module].contains(r) || b.Width == 0 || b.Height == 0 {
			t.Errorf("box %s is outside of area %s", b.Entity, b.Module)
		}
		for name, other := range known {
			if r.overlaps(other) {
				t.Errorf("boxes %s and %s overlap", b.Entity, name)
			}
		}
		known[b.Entity] = r
	}
	for _, l := range d.Lines {
		for _, end := range []string{l.From, l.To} {
			if _, ok := known[end]; !ok {
				t.Errorf("a line ends at %s, which has no box", end)
			}
		}
	}
}
