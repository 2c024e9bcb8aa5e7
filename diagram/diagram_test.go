package diagram_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/fault"
)

var none = []string{}

// links are the lines of the bookshop's links.
var links = []diagram.Line{
	{From: "book", To: "shelf", Kind: "stored", Field: "shelf", Inverse: "books", FromMany: true, Table: "library_book_furniture_shelf", Columns: []string{"place", "note"}, Cascades: []string{"shelf"}},
	{From: "book", To: "book", Kind: "stored", Field: "related", Inverse: "related_to", FromMany: true, ToMany: true, Table: "book_related", Columns: none, Cascades: none},
	{From: "room", To: "book", Kind: "stored", Field: "books", Inverse: "room", ToMany: true, Table: "room_book", Columns: none, Cascades: none},
	{From: "shelf", To: "room", Kind: "read-only", Field: "room", Inverse: "shelves", FromMany: true, Column: "room_id", Columns: none, Cascades: none},
	{From: "book", To: "room", Kind: "read-only", Field: "seen_in", FromMany: true, ToMany: true, Column: "room_ids", Columns: none, Cascades: none},
	{From: "book", To: "book.article", Kind: "virtual", Field: "article", FromMany: true, Column: "page", Columns: none, Cascades: none},
}

// relations are the lines inside the library.
var relations = []diagram.Line{
	{From: "book", To: "series", Kind: "relation", Field: "series", Inverse: "books", FromMany: true, Column: "series_id", Columns: none, Cascades: none},
	{From: "chapter", To: "book", Kind: "relation", Field: "book", Inverse: "chapters", FromMany: true, Column: "book_id", Columns: none, Cascades: none},
	{From: "book", To: "author", Kind: "relation", Field: "authors", Inverse: "books", FromMany: true, ToMany: true, Table: "book_author", Columns: none, Cascades: none},
	{From: "chapter", To: "chapter", Kind: "relation", Field: "part_of", Inverse: "parts", FromMany: true, Column: "part_of_id", Columns: none, Cascades: none},
}

var path = regexp.MustCompile(`^M\d+ \d+H\d+C\d+ \d+ \d+ \d+ \d+ \d+H\d+$`)

// lines returns the lines of a diagram without their paths.
func lines(t *testing.T, d diagram.Diagram) []diagram.Line {
	t.Helper()
	out := []diagram.Line{}
	for _, l := range d.Lines {
		if !path.MatchString(l.Path) {
			t.Errorf("the path from %s to %s is %q", l.From, l.To, l.Path)
		}
		l.Path = ""
		out = append(out, l)
	}
	return out
}

// Every relation and every link is exactly one line.
func TestAll(t *testing.T) {
	t.Parallel()
	s := newBookshop(t)
	d := diagram.All(s.graph, s.links)
	if diff := cmp.Diff(append(relations, links...), lines(t, d)); diff != "" {
		t.Error(diff)
	}
	if got := boxes(d); got != "author book book.article chapter room series shelf staff" {
		t.Errorf("the boxes are %s", got)
	}
	fits(t, d)
}

func TestAround(t *testing.T) {
	t.Parallel()
	s := newBookshop(t)
	for name, want := range map[string]struct {
		lines []diagram.Line
		boxes string
	}{
		"library":   {append(append([]diagram.Line{}, links[:3]...), links[4:]...), "book book.article room shelf"},
		"building":  {links[2:5], "book room shelf"},
		"furniture": {[]diagram.Line{links[0], links[3]}, "book room shelf"},
		"people":    {[]diagram.Line{}, "staff"},
	} {
		d := s.around(t, name)
		if diff := cmp.Diff(want.lines, lines(t, d)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := boxes(d); got != want.boxes {
			t.Errorf("%s: the boxes are %s", name, got)
		}
		fits(t, d)
	}
	_, err := diagram.Around(s.graph, s.links, "librar")
	if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), `no module "librar"; did you mean library`) {
		t.Errorf("an unknown module: %v", err)
	}
}

// The same graph is always drawn alike.
func TestSameDiagram(t *testing.T) {
	t.Parallel()
	first, second := newBookshop(t), newBookshop(t)
	if diff := cmp.Diff(diagram.All(first.graph, first.links), diagram.All(second.graph, second.links), cmp.AllowUnexported(diagram.Diagram{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(first.around(t, "library"), second.around(t, "library"), cmp.AllowUnexported(diagram.Diagram{})); diff != "" {
		t.Error(diff)
	}
}

// A page reads these names, and lists that are never null.
func TestJSON(t *testing.T) {
	t.Parallel()
	empty, err := json.Marshal(diagram.Diagram{Areas: []diagram.Area{{}}, Boxes: []diagram.Box{{}}, Lines: []diagram.Line{{Columns: none, Cascades: none}}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"width":0,"height":0,"areas":[{"module":"","x":0,"y":0,"width":0,"height":0}],"boxes":[{"entity":"","module":"","x":0,"y":0,"width":0,"height":0}],` +
		`"lines":[{"from":"","to":"","kind":"","field":"","inverse":"","from_many":false,"to_many":false,"table":"","column":"","columns":[],"cascades":[],"path":""}]}`
	if string(empty) != want {
		t.Errorf("%s", empty)
	}
	s := newBookshop(t)
	if got, err := json.Marshal(s.around(t, "people")); err != nil || strings.Contains(string(got), "null") {
		t.Errorf("%s, %v", got, err)
	}
}
