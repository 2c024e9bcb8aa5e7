package diagram_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/diagram"
)

// wellFormed returns the texts of a picture, and what elements it has.
func wellFormed(t *testing.T, svg string) (texts string, elements map[string]int) {
	t.Helper()
	elements = map[string]int{}
	r := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return texts, elements
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch x := token.(type) {
		case xml.StartElement:
			elements[x.Name.Local]++
			for _, a := range x.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					t.Errorf("%s has %s", x.Name.Local, a.Name.Local)
				}
			}
		case xml.CharData:
			texts += string(x) + "\n"
		}
	}
}

func TestSVG(t *testing.T) {
	t.Parallel()
	s := newBookshop(t)
	around, all := s.around(t, "library").SVG(), diagram.All(s.graph, s.links).SVG()
	for name, svg := range map[string]string{"around": around, "all": all} {
		texts, elements := wellFormed(t, svg)
		if elements["script"] > 0 || elements["foreignObject"] > 0 || elements["title"] == 0 || elements["desc"] != 1 {
			t.Errorf("%s: %v", name, elements)
		}
		if !strings.Contains(texts, "book to shelf, many to one, stored, table library_book_furniture_shelf with place, note, deletes shelf along") {
			t.Errorf("%s does not describe its lines:\n%s", name, texts)
		}
		for _, want := range []string{`role="img"`, "prefers-color-scheme: dark", `class="line virtual"`, `class="line read-only"`, "many</text>"} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
	if !strings.Contains(around, ">library_book_furniture_shelf</text>") || strings.Contains(all, `class="label"`) {
		t.Error("lines are labeled around a module, and only there")
	}
}

// odd are names that no language takes as they are.
var odd = diagram.Diagram{
	Width: 600, Height: 200,
	Areas: []diagram.Area{{Module: `<script>"&'`, Width: 200, Height: 100}, {Module: "הזמנה"}},
	Boxes: []diagram.Box{{Entity: `a"<b>&#1;\`, Module: `<script>"&'`}, {Entity: "\x00ספר\n", Module: "הזמנה"}, {Entity: "end", Module: "הזמנה"}},
	Lines: []diagram.Line{
		{From: `a"<b>&#1;\`, To: "\x00ספר\n", Kind: "stored", Table: `x"--></svg>`, Path: "M0 0H0C0 0 0 0 0 0H0"},
		{From: "end", To: "end", Kind: "read-only", Column: "end", ToMany: true, Path: "M0 0H0C0 0 0 0 0 0H0"},
	},
}

func TestOddNamesInSVG(t *testing.T) {
	t.Parallel()
	texts, elements := wellFormed(t, odd.SVG())
	if elements["script"] > 0 || !strings.Contains(texts, `<script>"&'`) || !strings.Contains(texts, "ספר") {
		t.Errorf("%v, %s", elements, texts)
	}
}
