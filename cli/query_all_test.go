package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/query"
)

// Whatever ends a page before the records do is told on standard error, also to
// programs.
func TestNoSilentCap(t *testing.T) {
	t.Parallel()
	database := file(t)
	stocked(t, database)
	app := gorgon.New(gorgon.Config{Database: database, Limits: query.Limits{MaxPage: 2}})
	const told = "2 of 3; --limit N for more, --all for all\n"
	for line, want := range map[string]string{
		"--limit 2": told, "--limit 2 --json": told, "--limit 2 --csv": told, "--json": told, "--csv": told,
		"--limit 2 --offset 1": "2 of 3\n", "--limit 2 --offset 1 --json": "", "--filter id=order_1 --csv": "",
		"--all": "3 records\n", "--all --json": "", "--all --csv": "", "--all --filter id=none": "0 records\n",
	} {
		if got := run(t, app, append([]string{"query", "order", "--fields", "id"}, strings.Fields(line)...)...); got.status != 0 || got.stderr != want {
			t.Errorf("%s: %+v, want %q", line, got, want)
		}
	}
}

func TestQueryAll(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		for line, want := range map[string]string{
			"--all":                   "id       customer.email   items.title\norder_3  -                []\norder_2  ada@example.com  Mug\norder_1  ada@example.com  Mug, Tent\n",
			"--all --json":            `{"data":[{"id":"order_3","customer":null,"items":[]},{"id":"order_2","customer":{"email":"ada@example.com"},"items":[{"title":"Mug"}]},{"id":"order_1","customer":{"email":"ada@example.com"},"items":[{"title":"Mug"},{"title":"Tent"}]}],"metadata":{"count":3,"skip":0,"take":3}}` + "\n",
			"--all --csv --offset 2":  "id,customer.email,items\n" + `order_1,ada@example.com,"[{""title"":""Mug""},{""title"":""Tent""}]"` + "\n",
			"--limit 1 --csv":         "id,customer.email,items\norder_3,,[]\n",
			"--csv --filter id=none":  "id,customer.email,items\n",
			"--all --filter id=none":  "",
			"--json --filter id=none": `{"data":[],"metadata":{"count":0,"skip":0,"take":10000}}` + "\n",
		} {
			got := ok(t, app, append([]string{"query", "order", "--fields", "id,customer.email,items.title", "--order", "-id"}, strings.Fields(line)...)...)
			if strings.Contains(line, "--json") { // PostgreSQL writes blanks into the records
				var compact bytes.Buffer
				if err := json.Compact(&compact, []byte(got)); err != nil {
					t.Errorf("%s: %v", line, err)
				}
				got = compact.String()
				want = strings.TrimSuffix(want, "\n")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", line, diff)
			}
		}
	})
	app := stocked(t, file(t))
	if got := runWith(t, app, `{"entity": "order", "fields": ["id"]}`, "query", "--request", "-", "--all", "--csv"); got.stdout != "id\norder_1\norder_2\norder_3\n" {
		t.Errorf("%+v", got)
	}
	if got := runWith(t, app, `{"entity": "order", "fields": ["id"], "limit": 1}`, "query", "--request", "-", "--all"); got.status != 2 || !strings.Contains(got.stderr, "the query has a limit") {
		t.Errorf("%+v", got)
	}
	refused(t, app, []string{"query", "order", "--fields", "nope", "--all"}, fault.InvalidData, `"nope"`, "`gorgon models order` lists them")
}

// A long table is printed in parts, with one heading, and its columns do not
// become narrower.
func TestQueryAllInParts(t *testing.T) {
	t.Parallel()
	app := open(t, file(t))
	var carts []*cart.Cart
	for n := range 2100 {
		carts = append(carts, &cart.Cart{Base: base(fmt.Sprintf("cart_%04d", n)), CurrencyCode: "eur"})
	}
	carts[0].Email = new("somebody.with.a.long.name@example.com")
	create(t, app, cart.Carts, carts...)
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(ok(t, app, "query", "cart", "--fields", "id,email,currency_code", "--all"), "\n")
	if len(lines) != 2102 || strings.Count(strings.Join(lines, "\n"), "currency_code") != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	for n, line := range lines[1:2101] {
		if strings.Index(line, "eur") != strings.Index(lines[0], "currency_code") {
			t.Fatalf("line %d: %q", n, line)
		}
	}
}

func TestListingsAsCSV(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "supersecret")
	for line, want := range map[string]string{
		"links --csv": "FROM,FIELD,TO,HOW MANY,KIND,HELD BY\n", "models --csv": "ENTITY,MODULE,TABLE,FIELDS,RELATIONS,LINKS\norder,order,order,",
		"user list --csv": "EMAIL,NAME,CAN LOG IN,ID\nada@example.com,,yes,user_", "link list order=order_1 cart --csv": "id,cart_id,order_id,created_at\nordercart_",
	} {
		if got := ok(t, app, strings.Fields(line)...); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %.200s, want %s", line, got, want)
		}
	}
}
