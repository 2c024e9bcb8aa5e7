package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
)

func TestQueryPrintsATable(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		for _, test := range []struct {
			name string
			args []string
			want string
		}{
			{"linked records and lists", []string{"--fields", "id,customer.email,customer.first_name,items.title,promotions.code,promotions.type", "--order", "-id"}, `
id       customer.email   customer.first_name  items.title  promotions
order_3  -                -                    []           []
order_2  ada@example.com  -                    Mug          []
order_1  ada@example.com  -                    Mug, Tent    code=TEN type=standard
3 of 3
`},
			{"numbers at the right", []string{"--fields", "id, items.$count , items.$sum.quantity", "--fields", "cart.id"}, `
id       items.$count  items.$sum.quantity  cart.id
order_1             2                    3  cart_1
order_2             1                    1  -
order_3             0                    -  -
3 of 3
`},
			{"columns as they are asked for", []string{"--fields", "items.unit_price,customer.id,currency_code,id", "--filter", "id=order_2"}, `
items.unit_price  customer.id  currency_code  id
12                cus_1        usd            order_2
1 of 1
`},
			{"a link that leads nowhere", []string{"--fields", "id,cart.id", "--filter", "cart=null"}, `
id       cart.id
order_2  -
order_3  -
2 of 2
`},
			{"a page", []string{"--fields", "id", "--limit", "1", "--offset", "1"}, "id\norder_2\n1 of 3; --limit N for more, --all for all"},
			{"the last page", []string{"--fields", "id", "--limit", "1", "--offset", "2"}, "id\norder_3\n1 of 3"},
			{"behind the last page", []string{"--fields", "id", "--offset", "5"}, "0 of 3"},
			{"only the number", []string{"--limit", "0"}, "0 of 3; --limit N for more, --all for all"},
			{"nothing", []string{"--filter", "id=order_9"}, "no records"},
			{"filters that all hold", []string{"--fields", "id", "--filter", "currency_code=eur", "--filter", "status[$ne]=canceled"}, "id\norder_1\n1 of 1"},
			{"a list of values", []string{"--fields", "id", "--filter", "id[$in]=order_3, order_2,x"}, "id\norder_2\norder_3\n2 of 2"},
			{"a list with null", []string{"--fields", "id", "--filter", "customer_id[$in]=x,null"}, "id\norder_3\n1 of 1"},
			{"a filter across links", []string{"--fields", "id", "--filter", "items.title[$ilike]=t%"}, "id\norder_1\n1 of 1"},
			{"operators within", []string{"--fields", "id", "--filter", "items[$none][title]=Mug"}, "id\norder_3\n1 of 1"},
			{"an aggregate", []string{"--fields", "id", "--filter", "items.$count[$gte]=2"}, "id\norder_1\n1 of 1"},
			{"a value with =", []string{"--fields", "id", "--filter", "email=a=b"}, "no records"},
			{"free text", []string{"--fields", "id", "--filter", "q=nobody"}, "no records"},
		} {
			got := whole(t, app, append([]string{"query", "order"}, test.args...)...)
			if want := strings.TrimSpace(test.want) + "\n"; got != want {
				t.Errorf("%s:\n%s\nwant\n%s", test.name, got, want)
			}
		}
		if got := whole(t, app, "query", "order_cart", "--fields", "order_id,cart.currency_code"); got != "order_id  cart.currency_code\norder_1   eur\n1 of 1\n" {
			t.Errorf("the table of a link:\n%s", got)
		}
		if got := ok(t, app, "query", "orders", "--limit", "1"); !strings.HasPrefix(got, "id       display_id  ") {
			t.Errorf("all columns:\n%s", got)
		}
	})
}

func TestQueryPrintsJSON(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		for line, want := range map[string]string{
			"--fields id,customer.email --order -id --limit 2 --offset 1": `{"data":[{"id":"order_2","customer":{"email":"ada@example.com"}},` +
				`{"id":"order_1","customer":{"email":"ada@example.com"}}],"metadata":{"count":3,"skip":1,"take":2,"next":`,
			"--fields id --filter id=order_3":       `{"data":[{"id":"order_3"}],"metadata":{"count":1,"skip":0,"take":10000}}`,
			"--fields id --limit 0":                 `{"data":[],"metadata":{"count":3,"skip":0,"take":0}}`,
			"--fields items.title --filter id=none": `{"data":[],"metadata":{"count":0,"skip":0,"take":10000}}`,
		} {
			got := ok(t, app, append([]string{"query", "order", "--json"}, strings.Fields(line)...)...)
			var compact bytes.Buffer // PostgreSQL writes blanks into the records
			if err := json.Compact(&compact, []byte(got)); err != nil || !strings.HasPrefix(compact.String(), want) {
				t.Errorf("%s:\n%s\nwant\n%s (%v)", line, got, want, err)
			}
		}
	})
}

func TestQueryGoesOnBehindAPage(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	var page struct {
		Metadata struct{ Next string }
	}
	args := []string{"query", "order", "--fields", "id", "--limit", "2", "--json"}
	if err := json.Unmarshal([]byte(ok(t, app, args...)), &page); err != nil || page.Metadata.Next == "" {
		t.Fatal(page, err)
	}
	if got := ok(t, app, append(args, "--after", page.Metadata.Next)...); !strings.HasPrefix(got, `{"data":[{"id":"order_3"}],`) {
		t.Error(got)
	}
	refused(t, app, []string{"query", "order", "--fields", "id", "--after", "x"}, fault.InvalidData, "after")
}

func TestQueryReadsARequest(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	const request = `{"entity": "order", "fields": ["id"], "filters": {"$or": [{"id": "order_1"}, {"status": "canceled"}]},
		"pagination": {"skip": 1, "take": 5, "order": {"id": "DESC"}}}`
	const want = `{"data":[{"id":"order_1"}],"metadata":{"count":2,"skip":1,"take":5}}` + "\n"
	if got := runWith(t, app, request, "query", "--request", "-", "--json"); got.stdout != want || got.status != 0 {
		t.Errorf("%+v, want %s", got, want)
	}
	path := filepath.Join(t.TempDir(), "request.json")
	if err := os.WriteFile(path, []byte(request), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := ok(t, app, "query", "--request", path, "--json"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for body, want := range map[string]string{
		`{"entity": "order", "fields": ["id"]}`:                                "3 of 3", // at most 20 for people
		`{"entity": "order", "fields": ["id"], "limit": 2}`:                    "2 of 3",
		`{"entity": "order", "fields": ["id"], "pagination": {"take": 1}}`:     "1 of 3",
		`{"entity": "order", "fields": ["id"], "pagination": {"limit": 0}}`:    "0 of 3",
		`{"entity": "order", "fields": ["cart"], "filters": {"cart": null}}`:   "2 of 2",
		`{"entity": "order", "fields": ["id"], "withDeleted": true}`:           "3 of 3",
		`{"entity": "order", "fields": ["id"], "order": "-id", "count": true}`: "3 of 3",
	} {
		if got := runWith(t, app, body, "query", "--request", "-"); got.status != 0 || !strings.Contains(got.stderr, want) {
			t.Errorf("%s: %+v, want %s", body, got, want)
		}
	}
}

func TestBrokenRequests(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for body, says := range map[string]string{
		``:                                  "not JSON",
		`{"entity": "order", `:              "standard input is not JSON",
		`{"entity": "order", "filter": {}}`: "unknown key \"filter\"; did you mean filters?",
		`{"entity": 7}`:                     "entity must be",
		`[]`:                                "the query must be an object, not a list",
		`{"entity": "order"}`:               "fields is empty",
		`{"fields": ["id"]}`:                "no entity",
		"{\"entity\": \"\xff\"}":            "UTF-8",
		`{"entity": "order", "take": "x"}`:  "unknown key \"take\"",
	} {
		got := runWith(t, app, body, "query", "--request", "-")
		if got.status != 1 || !strings.HasPrefix(got.stderr, "gorgon: invalid_data: ") || !strings.Contains(got.stderr, says) {
			t.Errorf("%s: %+v, want it to say %q", body, got, says)
		}
	}
	path := filepath.Join(t.TempDir(), "request.json")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, app, []string{"query", "--request", path}, fault.InvalidData, "the query in "+path+" is not JSON")
	refused(t, app, []string{"query", "--request", "/nowhere/request.json"}, fault.InvalidData, "/nowhere/request.json", "no such file")
	refused(t, app, []string{"query", "--request", t.TempDir()}, fault.InvalidData, "cannot be read")
}

func TestBrokenQueries(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		for line, says := range map[string]string{
			"order --fields items.count":          "(in items.count); did you mean $count?",
			"order --filter items.$cuont=3":       `no operator or aggregate "$cuont" (in items.$cuont); did you mean $count?`,
			"order --filter customer.$count=1":    "customer.$count: customer is one record",
			"order --filter status[$lk]=a":        "there is no operator \"$lk\"",
			"order --filter status[$ilke]=a":      "did you mean $ilike, $like",
			"order --fields id,custmer.email":     "(in custmer.email)",
			"ordre":                               "did you mean order",
			"order --fields nope":                 `"nope"`,
			"order --fields id,,status":           "fields",
			"order --fields customer.nope":        `"nope"`,
			"order --fields customer..id":         "empty part",
			"order --filter nope=1":               `"nope"`,
			"order --filter id[$near]=1":          "$near",
			"order --filter version=one":          "whole numbers",
			"order --filter created_at=yesterday": "times",
			"order --filter id=null":              "null",
			"order --order nope":                  `"nope"`,
			"order --order items.title":           "items",
			"order --limit 10001":                 "largest page",
			"order --limit -1":                    "must not be negative",
			"order --offset -1":                   "must not be negative",
			"order --fields \xff":                 "",
			"order --fields " + strings.Repeat("customer.orders.", 20) + "id": "more than",
		} {
			refused(t, app, append([]string{"query"}, strings.Fields(line)...), fault.InvalidData, says)
		}
	})
}

func TestExplain(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		args := []string{"query", "order", "--fields", "id,cart.id", "--filter", "id=order_1"}
		got := ok(t, app, append(args, "--explain")...)
		for _, want := range []string{"-- Plan\norder (order t0)", "stored, over order_cart", "-- SQL", "SELECT "} {
			if !strings.Contains(got, want) {
				t.Errorf("%s\nlacks %q", got, want)
			}
		}
		if strings.Contains(got, "order_1") {
			t.Errorf("it has the values:\n%s", got)
		}
		var asJSON struct {
			Plan, SQL string
			Args      int
			Database  string `json:"database_plan"`
		}
		if err := json.Unmarshal([]byte(ok(t, app, append(args, "--explain", "--database-plan", "--json")...)), &asJSON); err != nil {
			t.Fatal(err)
		}
		if asJSON.Plan == "" || !strings.Contains(asJSON.SQL, "SELECT") || asJSON.Args == 0 || asJSON.Database == "" {
			t.Errorf("%+v", asJSON)
		}
		if got := ok(t, app, append(args, "--database-plan")...); !strings.HasPrefix(got, "-- The database's plan\n") || strings.Contains(got, "-- SQL") {
			t.Error(got)
		}
		refused(t, app, []string{"query", "order", "--fields", "nope", "--explain"}, fault.InvalidData, "nope")
	})
}
