package cli_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Every entity is listed, and each can be shown. No database is needed.
func TestModels(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: "sqlite:/nowhere/at/all.db"})
	got := run(t, app, "models")
	for _, want := range []string{`(?m)^ENTITY +MODULE +TABLE +FIELDS +RELATIONS +LINKS$`, `(?m)^order +order +order +\d+ +\d+ +\d+$`, `(?m)^order_cart +link +order_cart +\d+ +\d+ +\d+$`} {
		if !regexp.MustCompile(want).MatchString(got.stdout) {
			t.Errorf("no %s in\n%s", want, got.stdout)
		}
	}
	if strings.Contains(got.stdout, "auth_signing_key") || !regexp.MustCompile("^\\d+ entities; `gorgon models ENTITY` shows one of them\n$").MatchString(got.stderr) {
		t.Errorf("%s", got.stderr)
	}
	var all []struct {
		Entity string
		Names  []string
		Fields int
	}
	if err := json.Unmarshal([]byte(ok(t, app, "models", "--json")), &all); err != nil || len(all) < 80 {
		t.Fatalf("%d models, %v", len(all), err)
	}
	for _, m := range all {
		for _, name := range m.Names {
			if got := ok(t, app, "models", name); !strings.HasPrefix(got, m.Entity+": module ") {
				t.Errorf("%s: %s", name, got)
			}
		}
		var one struct{ Fields []struct{ Name, Kind string } }
		if err := json.Unmarshal([]byte(ok(t, app, "models", m.Entity, "--json")), &one); err != nil || len(one.Fields) != m.Fields {
			t.Errorf("%s: %d fields, want %d (%v)", m.Entity, len(one.Fields), m.Fields, err)
		}
	}
}

func TestOneModel(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	for entity, wants := range map[string][]string{
		"orders": {
			`(?m)^order: module order, table order, names order, orders$`, `(?m)^display_id +integer$`, `(?m)^status +text +pending +pending \| completed`,
			`(?m)^email +text +null$`, `(?m)^shipping_address_id +text +null +→ order_address\.id$`,
			`(?m)^items +order_line_item +many +relation$`, `(?m)^customer +customer +one +read-only +column customer_id$`, `(?m)^cart +cart +one +stored +table order_cart$`,
		},
		"order_cart":        {`(?m)^order_id +text`},
		"provider_identity": {`(?m)^id +text`},
	} {
		got := ok(t, app, "models", entity)
		for _, want := range wants {
			if !regexp.MustCompile(want).MatchString(got) {
				t.Errorf("%s: no %s in\n%s", entity, want, got)
			}
		}
		if strings.Contains(got, "provider_metadata") {
			t.Errorf("%s shows a secret column", entity)
		}
	}
	refused(t, app, []string{"models", "ordre"}, fault.InvalidData, "did you mean order", "`gorgon models` lists them")
}

// An error about an unknown name says where the names are.
func TestUnknownNamesSayWhereTheNamesAre(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for line, command := range map[string]string{
		"query ordre":                                        "gorgon models",
		"export ordre":                                       "gorgon models",
		"link create ordre=1 cart=2":                         "gorgon models",
		"query order --fields nope":                          "gorgon models order",
		"query order --fields id,customer.nope":              "gorgon models customer",
		"query order --filter items.nope=1":                  "gorgon models order_line_item",
		"query order --filter items[$none][nope]=1":          "gorgon models order_line_item",
		"query order --filter id=1 --filter customer.nope=1": "gorgon models customer",
		"query order --order -nope":                          "gorgon models order",
		"query order --fields nope.$count --explain":         "gorgon models order",
		"export order --fields nope":                         "gorgon models order",
	} {
		got := run(t, app, strings.Fields(line)...)
		if got.status != 1 || !strings.HasSuffix(got.stderr, "; `"+command+"` lists them\n") {
			t.Errorf("%s: %+v", line, got)
		}
	}
	for _, line := range []string{"query order --limit -1", "query order --filter version=one", "query order --filter q=nope --limit -1", "query order --filter id[$near]=1"} {
		if got := run(t, app, strings.Fields(line)...); got.status != 1 || strings.Contains(got.stderr, "models") {
			t.Errorf("%s: %+v", line, got)
		}
	}
}
