package cli_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

// A shop whose own link is wrong: every command that needs the graph says so,
// and the others work.
func TestABrokenShop(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: file(t)})
	app.Link(link.ReadOnly(order.Orders, "brand_id", model.Define[note]("brand")))
	_, err := app.Graph()
	if err == nil {
		t.Fatal("no error")
	}
	for _, line := range []string{
		"links", "query order", "link list order=order_1 cart", "migrate", "migrate --plan", "demo", "verify", "start",
		"user create --email ada@example.com --password supersecret",
	} {
		// A missing file is found first.
		if got := run(t, app, strings.Fields(line)...); got.status != 1 || got.stdout != "" ||
			!strings.Contains(got.stderr, err.Error()) && !strings.Contains(got.stderr, "there is no SQLite file") {
			t.Errorf("gorgon %s: %+v", line, got)
		}
	}
	for _, words := range [][]string{{"query", ""}, {"link", "create", ""}, {"query", "order", "--fields", ""}} {
		if got := run(t, app, append([]string{"__completeNoDesc"}, words...)...); got.status != 0 || got.stdout != ":4\n" {
			t.Errorf("completing %q: %+v", words, got)
		}
	}
	ok(t, app, "version")
	ok(t, app, "completion", "bash")
}
