package cli_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/shop"
)

// The map of links is drawn in every format. No database is needed.
func TestLinksDraws(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: "sqlite:/nowhere/at/all.db"})
	b, err := shop.Build(shop.Config{})
	if err != nil {
		t.Fatal(err)
	}
	all := diagram.All(b.Graph, b.Links)
	around, err := diagram.Around(b.Graph, b.Links, "order")
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"links --format svg":                      all.SVG(),
		"links --format mermaid":                  all.Mermaid(),
		"links --format dot":                      all.DOT(),
		"links --format svg --around order":       around.SVG(),
		"links --around=order --format=mermaid":   around.Mermaid(),
		"links --around order --format dot":       around.DOT(),
		"links --around order --format table":     ok(t, app, "links", "--around", "order"),
		"links --around order --csv":              ok(t, app, "links", "--csv", "--around", "order"),
		"links --format table --database nowhere": ok(t, app, "links"),
	} {
		if got := ok(t, app, strings.Fields(line)...); got != want {
			t.Errorf("gorgon %s: %.300s", line, got)
		}
	}
}

// The map of a module has the links that have an end in it.
func TestLinksAround(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	var got []link.Direction
	if err := json.Unmarshal([]byte(ok(t, app, "links", "--around", "pricing", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	var ways []string
	for _, d := range got {
		ways = append(ways, d.From+"."+d.Field)
	}
	want := []string{"shipping_option.price_set", "shipping_option.prices", "product_variant.price_set", "product_variant.prices", "price_set.variant", "price_set.shipping_option"}
	if !slices.Equal(ways, want) {
		t.Errorf("%v, want %v", ways, want)
	}
	if got := whole(t, app, "links", "--around", "user"); !strings.Contains(got, "0 directions") {
		t.Errorf("a module without links: %s", got)
	}
	refused(t, app, []string{"links", "--around", "ordr"}, fault.InvalidData, `there is no module "ordr"; did you mean order`)
	if got := run(t, app, "links", "--around", "ordr", "--format", "svg"); got.status != 1 || got.stdout != "" || !strings.Contains(got.stderr, "did you mean order") {
		t.Errorf("%+v", got)
	}
}

func TestLinksWrongFormats(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	for line, want := range map[string]string{
		"links --format png":           `--format takes table, mermaid, dot, svg, not "png"`,
		"links --format mermad":        "did you mean mermaid",
		"links --format svg --json":    "--format and --json exclude each other",
		"links --format table --csv":   "--format and --csv exclude each other",
		"links --format":               "--format needs a value",
		"links --format svg --around":  "--around needs a value",
		"links --around order product": "takes no arguments",
	} {
		if got := run(t, app, strings.Fields(line)...); got.status != 2 || got.stdout != "" || !strings.Contains(got.stderr, want) {
			t.Errorf("gorgon %s: %+v; want %s", line, got, want)
		}
	}
}
