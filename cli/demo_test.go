package cli_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(t *testing.T) string{
		"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			demoCommand(t, gorgon.New(gorgon.Config{Database: database(t)}))
		})
	}
}

func demoCommand(t *testing.T, app *gorgon.App) {
	first := run(t, app, "demo", "--orders", "30")
	if first.status != 0 || first.stderr != "orders: 0 of 30 (0%)\n" {
		t.Fatalf("%+v", first)
	}
	for _, want := range []string{
		"Created the demo shop (seed 1): 30 orders, ", "\norder order_0", "├─ customer cus_0", "├─ cart cart_0", "├─ items (", "│  │  └─ variant variant_0",
		"├─ payment_collections (", "├─ fulfillments (", "├─ returns (", "├─ claims (", "└─ exchanges (", "├─ promotions (", "Try next:", "gorgon links", "gorgon verify",
	} {
		if !strings.Contains(first.stdout, want) {
			t.Errorf("%s\nlacks %q", first.stdout, want)
		}
	}
	again := run(t, app, "demo", "--orders", "40", "--seed", "2")
	if again.status != 0 || strings.Replace(again.stdout, "The demo shop already exists", "Created the demo shop", 1) != first.stdout {
		t.Errorf("the second run differs: %+v", again)
	}
	tryNext(t, app, first.stdout)
	var page struct{ Data []struct{ ID string } }
	if err := json.Unmarshal([]byte(run(t, app, "demo", "--json").stdout), &page); err != nil || len(page.Data) != 1 || !strings.Contains(first.stdout, page.Data[0].ID) {
		t.Errorf("in JSON: %+v, %v", page, err)
	}
	deleted(t, app, page.Data[0].ID)
	if got := run(t, app, "demo"); got.status != 0 || !strings.Contains(got.stdout, "\norder order_0") || strings.Contains(got.stdout, page.Data[0].ID) {
		t.Errorf("without the order it shows first: %+v", got)
	}
}

// tryNext runs every command that the demo suggests.
func tryNext(t *testing.T, app *gorgon.App, text string) {
	t.Helper()
	words := regexp.MustCompile(`'[^']*'|\S+`)
	ran := 0
	for line := range strings.SplitSeq(text, "\n") {
		line, ok := strings.CutPrefix(line, "  gorgon ")
		if !ok {
			continue
		}
		ran++
		args := words.FindAllString(line, -1)
		for i := range args {
			args[i] = strings.Trim(args[i], "'")
		}
		if got := run(t, app, args...); got.status != 0 || strings.Contains(got.stdout, "no records") || strings.Contains(got.stdout, "not linked") {
			t.Errorf("gorgon %s: %+v", line, got)
		}
	}
	if ran < 8 {
		t.Errorf("only %d commands to try", ran)
	}
}

func deleted(t *testing.T, app *gorgon.App, order string) {
	t.Helper()
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := app.Order.Orders.SoftDelete(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDemosThatCannotBe(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: file(t)})
	for _, orders := range []string{"0", "-3", "1000001"} {
		refused(t, app, []string{"demo", "--orders", orders}, fault.InvalidData, "from 1 to 1000000")
	}
	refused(t, stocked(t, file(t)), []string{"demo"}, fault.NotAllowed, "holds a shop already")
}

// The commands that the demo suggests find the database of --database; a
// password is not repeated.
func TestDemoTellsWhereItIs(t *testing.T) {
	t.Parallel()
	app, database := gorgon.New(gorgon.Config{}), file(t)
	if got := run(t, app, "demo", "--orders", "1", "--database", database); !strings.Contains(got.stdout, "export GORGON_DATABASE='"+database+"'\n") {
		t.Errorf("%s", got.stdout)
	}
	database = dbtest.PostgresURL(t)
	if got := run(t, app, "demo", "--orders", "1", "--database", database); !strings.Contains(got.stdout, "export GORGON_DATABASE='postgres://…'") || strings.Contains(got.stdout, database) {
		t.Errorf("%s", got.stdout)
	}
}
