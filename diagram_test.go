package gorgon_test

import (
	"os"
	"testing"

	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/shop"
)

// The pictures in docs are those of the shop as it is.
func TestDiagramsInDocs(t *testing.T) {
	t.Parallel()
	b, err := shop.Build(shop.Config{})
	if err != nil {
		t.Fatal(err)
	}
	around, err := diagram.Around(b.Graph, b.Links, "order")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]struct{ svg, command string }{
		"docs/links.svg": {around.SVG(), "go run ./cmd/gorgon links --around order --format svg > docs/links.svg"},
		"docs/map.svg":   {diagram.All(b.Graph, b.Links).SVG(), "go run ./cmd/gorgon links --format svg > docs/map.svg"},
	} {
		if got, err := os.ReadFile(file); err != nil || string(got) != want.svg {
			t.Errorf("%s is not what the shop looks like (%v); draw it again:\n%s", file, err, want.command)
		}
	}
}
