package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/shop"
)

// told is the result of a command line.
type told struct {
	status         int
	stdout, stderr string
}

// run runs a command line with nothing on standard input.
func run(t *testing.T, app *gorgon.App, args ...string) told {
	t.Helper()
	return runWith(t, app, "", args...)
}

func runWith(t *testing.T, app *gorgon.App, stdin string, args ...string) told {
	t.Helper()
	var stdout, stderr strings.Builder
	status := app.Run(t.Context(), args, &stdout, &stderr, strings.NewReader(stdin))
	return told{status, stdout.String(), stderr.String()}
}

// ok runs a command line that must succeed, and returns what it printed to
// standard output. On standard error there may be the line below a table.
func ok(t *testing.T, app *gorgon.App, args ...string) string {
	t.Helper()
	got := succeeds(t, app, args)
	return got.stdout
}

// whole is ok with the line below a table, if there is one.
func whole(t *testing.T, app *gorgon.App, args ...string) string {
	t.Helper()
	got := succeeds(t, app, args)
	return got.stdout + got.stderr
}

// belowTables matches what standard error may hold after success.
var belowTables = regexp.MustCompile(`^(\d+ of \d+(; --limit N for more, --all for all)?|no (records|links|users).*|\d+ (directions|entities|records?)\b.*)?\n?$`)

func succeeds(t *testing.T, app *gorgon.App, args []string) told {
	t.Helper()
	got := run(t, app, args...)
	if got.status != 0 || !belowTables.MatchString(got.stderr) {
		t.Fatalf("gorgon %q: status %d\n%s", args, got.status, got.stderr)
	}
	return got
}

// refused runs a command line that must fail with a fault of the type whose
// message contains all of the texts, without and with --json. It returns the
// message.
func refused(t *testing.T, app *gorgon.App, args []string, of fault.Type, says ...string) string {
	t.Helper()
	got := run(t, app, args...)
	if got.status != 1 || got.stdout != "" || !strings.HasPrefix(got.stderr, "gorgon: "+string(of)+": ") {
		t.Errorf("gorgon %q: status %d, stdout %q, stderr %q; want %s", args, got.status, got.stdout, got.stderr, of)
	}
	var body fault.Error
	asJSON := run(t, app, append([]string{"--json"}, args...)...)
	if err := json.Unmarshal([]byte(asJSON.stderr), &body); err != nil || asJSON.status != 1 || body.Type != of {
		t.Errorf("gorgon --json %q: status %d, stderr %q (%v)", args, asJSON.status, asJSON.stderr, err)
	}
	for _, text := range says {
		if !strings.Contains(got.stderr, text) || !strings.Contains(body.Message, text) {
			t.Errorf("gorgon %q: %q does not say %q", args, got.stderr, text)
		}
	}
	return got.stderr
}

func file(t *testing.T) string {
	t.Helper()
	return gorgontest.SQLite(t)
}

// eachStocked runs the test on the small shop, on each database.
func eachStocked(t *testing.T, test func(t *testing.T, app *gorgon.App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, stocked(t, file(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, stocked(t, dbtest.PostgresURL(t))) })
}

// stockedFile is the small shop as an SQLite file, which is created once:
// copying it is faster than creating a hundred tables.
var stockedFile struct {
	sync.Once
	content []byte
}

// stocked returns the small shop in a new database. It is not open.
func stocked(t *testing.T, database string) *gorgon.App {
	t.Helper()
	path, ok := shop.SQLitePath(database)
	if !ok {
		return fillShop(t, database)
	}
	stockedFile.Do(func() {
		path := filepath.Join(t.TempDir(), "shop.db")
		fillShop(t, "sqlite:"+path+"?synchronous=off")
		stockedFile.content, _ = os.ReadFile(path)
	})
	if len(stockedFile.content) == 0 {
		t.Fatal("the small shop could not be created")
	}
	if err := os.WriteFile(path, stockedFile.content, 0o644); err != nil { //nolint:gosec // no secret
		t.Fatal(err)
	}
	return gorgon.New(gorgon.Config{Database: database})
}

// fillShop creates a shop with three orders. order_1 has a customer, a cart, a
// promotion and two items; order_2 has the customer and one item; order_3 has
// nothing.
func fillShop(t *testing.T, database string) *gorgon.App {
	t.Helper()
	app := open(t, database)
	create(t, app, customer.Customers, &customer.Customer{Base: base("cus_1"), Email: new("ada@example.com")})
	create(t, app, cart.Carts, &cart.Cart{Base: base("cart_1"), CurrencyCode: "eur"}, &cart.Cart{Base: base("cart_2"), CurrencyCode: "eur"})
	create(t, app, promotion.Promotions,
		&promotion.Promotion{Base: base("promo_1"), Code: "TEN", Type: promotion.TypeStandard},
		&promotion.Promotion{Base: base("promo_2"), Code: "FREE", Type: promotion.TypeStandard})
	item := func(id, title string, quantity int64) *order.Item {
		return &order.Item{Quantity: money.Int(quantity), Item: &order.LineItem{Base: base(id), Title: title, UnitPrice: money.Int(12)}}
	}
	create(t, app, order.Orders,
		&order.Order{Base: base("order_1"), CurrencyCode: "eur", CustomerID: new("cus_1"), Items: []*order.Item{item("ordli_1", "Mug", 2), item("ordli_2", "Tent", 1)}},
		&order.Order{Base: base("order_2"), CurrencyCode: "usd", CustomerID: new("cus_1"), Items: []*order.Item{item("ordli_3", "Mug", 1)}},
		&order.Order{Base: base("order_3"), CurrencyCode: "eur", Status: order.StatusCanceled, CanceledAt: new(time.Unix(1767225600, 0).UTC())})
	for _, pair := range []link.Pair{
		{order.Orders: "order_1", cart.Carts: "cart_1"}, {order.Orders: "order_1", promotion.Promotions: "promo_1"},
	} {
		if _, err := app.Links.Create(t.Context(), pair); err != nil {
			t.Fatal(err)
		}
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	return app
}

func base(id string) model.Base { return model.Base{Record: model.Record{ID: id}} }

func create[T any](t *testing.T, app *gorgon.App, m *model.Model, records ...*T) {
	t.Helper()
	if err := module.For[T](app.Store, m).Create(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
}

// commands calls f with every built-in command.
func commands(root *cobra.Command, f func(*cobra.Command)) {
	f(root)
	for _, c := range root.Commands() {
		if c.Name() != "help" {
			commands(c, f)
		}
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	seen := 0
	commands(app.Command(), func(c *cobra.Command) {
		seen++
		if c.Short == "" || len(c.Long) < 20 || !strings.Contains(c.Example, "gorgon ") {
			t.Errorf("%s: no explanation, or no example", c.CommandPath())
		}
		help := ok(t, app, append(strings.Fields(c.CommandPath())[1:], "--help")...)
		for _, part := range []string{"Usage:", "Examples:", "--database", "--json"} {
			if !strings.Contains(help, part) {
				t.Errorf("the help of %s lacks %s", c.CommandPath(), part)
			}
		}
	})
	if seen < 15 {
		t.Errorf("only %d commands were seen", seen)
	}
	if help := ok(t, app); !strings.Contains(help, "Available Commands:") {
		t.Errorf("gorgon alone prints\n%s", help)
	}
}

// The examples in the help use commands and flags that exist.
func TestExamplesNameWhatThereIs(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	commands(app.Command(), func(c *cobra.Command) {
		for line := range strings.SplitSeq(c.Example, "\n") {
			_, line, ok := strings.Cut(line, "gorgon ")
			if !ok {
				continue
			}
			words := strings.Fields(strings.ReplaceAll(line, "'", ""))
			found, rest, err := app.Command().Find(words)
			if err != nil || found == app.Command() {
				t.Errorf("%q: no such command (%v)", line, err)
				continue
			}
			for _, word := range rest {
				name, _, _ := strings.Cut(strings.TrimPrefix(word, "--"), "=")
				if strings.HasPrefix(word, "--") && found.Flags().Lookup(name) == nil && found.InheritedFlags().Lookup(name) == nil {
					t.Errorf("%q: no flag --%s", line, name)
				}
			}
		}
	})
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for line, says := range map[string]string{
		"qery":                                     `no command "qery"; did you mean query`,
		"help qery":                                `no command "qery"; did you mean query`,
		"nope":                                     "no command \"nope\"\n",
		"help link lst":                            `has no command "lst"; did you mean list`,
		"--nope":                                   "no flag --nope",
		"query":                                    "ENTITY is missing",
		"query order cart":                         `"cart" is unexpected`,
		"query order --all --limit 2":              "--all and --limit exclude each other",
		"models order cart":                        `"cart" is unexpected`,
		"models order --csv":                       "--csv lists all entities",
		"query order -x":                           "no flag -x",
		"query order --exlpain":                    "did you mean --explain?",
		"query order --limit":                      "--limit needs a value",
		"query order --limit ten":                  `--limit takes a whole number, not "ten"`,
		"query order --with-deleted=x":             "--with-deleted takes true or false",
		"query order --filter status":              "path=value",
		"query order --filter =x":                  "path=value",
		"query order --filter a[$gt=1":             "path[$op]=value",
		"query order --filter [$gt]=1":             "path[$op]=value",
		"query order --filter a[[$gt]]=1":          "path[$op]=value",
		"query --request - --fields id":            "leave out --fields",
		"query order --request -":                  `leave out "order"`,
		"link":                                     "needs a command: create, dismiss, list",
		"link unite":                               `no command "unite"`,
		"link create order=order_1":                "END=ID is missing",
		"link create order=order_1 cart":           `"cart" is not an end of a link`,
		"link create order=order_1 cart=":          `"cart=" is not an end of a link`,
		"link create order=1 orders=2":             "both ends are order",
		"link create order=1 cart=2 --data x":      "column=value",
		"link list order cart":                     "neither end has an id",
		"links order":                              "takes no arguments",
		"import medusa":                            "URL is missing",
		"import shopware x":                        `no command "shopware"`,
		"user create":                              "needs --email",
		"user create --email ada@example.com":      "--password-stdin",
		"user create x --email a@b.c --password p": "takes no arguments",
		"user create --email a@b.c --password p --password-stdin": "leave one out",
		"copy":                      "needs --to",
		"export":                    "ENTITY is missing",
		"export order --format xml": `--format takes ndjson or csv, not "xml"`,
		"backup":                    "FILE is missing",
		"copy a --to b":             "takes no arguments",
		"verify now":                "takes no arguments",
		"version 2":                 "takes no arguments",
		"migrate up":                "takes no arguments",
		"demo --orders many":        "takes a whole number",
		"start --timeout 30":        `--timeout takes a duration such as 30s or 24h, not "30"`,
		"start --log debug":         `--log takes info, warn or error, not "debug"`,
		"start --admin-cors \"":     "--admin-cors takes a comma-separated list",
		"completion":                "SHELL is missing",
		"completion tcsh":           `no completion script for "tcsh"`,
		"query order --json=x":      "--json takes true or false",
	} {
		got := run(t, app, strings.Fields(line)...)
		if got.status != 2 || got.stdout != "" || !strings.HasPrefix(got.stderr, "gorgon: invalid_data: ") || !strings.Contains(got.stderr, says) {
			t.Errorf("gorgon %s: status %d, %q; want 2 and %q", line, got.status, got.stderr, says)
		}
		if !strings.Contains(got.stderr, "\nUsage: gorgon") || !strings.Contains(got.stderr, "--help` for more") {
			t.Errorf("gorgon %s: %q gives no hint", line, got.stderr)
		}
	}
	got := run(t, app, "query", "--nope", "--json")
	if want := `{"type":"invalid_data","message":"gorgon query has no flag --nope"}` + "\n"; got.status != 2 || got.stderr != want {
		t.Errorf("status %d, %q, want %q", got.status, got.stderr, want)
	}
	for _, line := range []string{"query order --csv --json", "links --csv --json"} {
		if got := run(t, app, strings.Fields(line)...); got.status != 2 || !strings.Contains(got.stderr, "--csv and --json exclude each other") {
			t.Errorf("%s: %+v", line, got)
		}
	}
	if got := run(t, app, "query", "order", "x", "--", "--json"); got.status != 2 || strings.HasPrefix(got.stderr, "{") {
		t.Errorf("status %d, %q: --json after -- is not a flag", got.status, got.stderr)
	}
}

// A shop's own command behaves like a built-in one.
func TestACommandOfTheShops(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	var loud bool
	greet := &cobra.Command{Use: "greet NAME", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		if args[0] == "nobody" {
			return fault.New(fault.NotFound, "nobody is there")
		}
		if loud {
			args[0] = strings.ToUpper(args[0])
		}
		cmd.Println("hello", args[0])
		if err := app.Open(cmd.Context()); err != nil {
			return err
		}
		return app.Close()
	}}
	greet.Flags().BoolVar(&loud, "loud", false, "")
	greet.Flags().String("tone", "", "")
	greet.Flags().Float64("pitch", 1, "")
	_ = greet.MarkFlagRequired("tone")
	app.Command().AddCommand(greet)
	for _, test := range []struct {
		args string
		want told
	}{
		{"greet ada --tone low --loud", told{0, "hello ADA\n", ""}},
		{"greet ada --tone low", told{0, "hello ada\n", ""}}, // --loud is forgotten
		{"greet nobody --tone low", told{1, "", "gorgon: not_found: nobody is there\n"}},
	} {
		if diff := cmp.Diff(test.want, run(t, app, strings.Fields(test.args)...), cmp.AllowUnexported(told{})); diff != "" {
			t.Errorf("%s: %s", test.args, diff)
		}
	}
	for _, line := range []string{"greet", "greet a b --tone low", "greet ada"} { // --tone is forgotten, too
		if got := run(t, app, strings.Fields(line)...); got.status != 2 {
			t.Errorf("gorgon %s: %+v", line, got)
		}
	}
	if got := run(t, app, "greet", "ada", "--tone", "low", "--pitch", "high"); got.status != 2 || !strings.Contains(got.stderr, `--pitch takes a value of type float64, not "high"`) {
		t.Errorf("%+v", got)
	}
	if err := app.Close(); err != nil {
		t.Error(err)
	}
}

func TestFlagsAreForgotten(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	if got := ok(t, app, "query", "order", "--fields", "id", "--filter", "id=order_1", "--json"); !strings.HasPrefix(got, `{"data":[{"id":"order_1"}]`) {
		t.Error(got)
	}
	if got := ok(t, app, "query", "order", "--fields", "currency_code", "--limit", "1"); got != "currency_code\neur\n" {
		t.Errorf("%q", got)
	}
	if got := run(t, app, "query", "order", "--database", "sqlite:/nowhere/x.db"); got.status != 1 {
		t.Errorf("%+v", got)
	}
	ok(t, app, "query", "order", "--fields", "id") // from the file of Config again
}

// full is a disk with room for only a few bytes.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, syscall.ENOSPC
	}
	return len(b), nil
}

func TestAnAnswerThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for _, line := range []string{
		"query order", "query order --json", "query order --explain", "links", "links --json", "link list order=order_1 cart", "verify", "verify --json",
		"version", "migrate", "completion bash", "--help", "link create order=order_2 cart=cart_2", "user create --email ada@example.com --password supersecret",
	} {
		var stderr strings.Builder
		status := app.Run(t.Context(), strings.Fields(line), &full{room: 5}, &stderr, nil)
		if status != 1 || !strings.Contains(stderr.String(), "no space left on device") {
			t.Errorf("gorgon %s: status %d, %s", line, status, stderr.String())
		}
	}
}
