package cli_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
)

func TestWhereTheDatabaseIs(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("GORGON_DATABASE", "")
	stocked(t, "sqlite:one.db")
	stocked(t, "sqlite:two.db")
	ok(t, gorgon.New(gorgon.Config{Database: "sqlite:two.db"}), "link", "dismiss", "order=order_1", "cart=cart_1")
	links := func(app *gorgon.App, flags ...string) string {
		return whole(t, app, append([]string{"query", "order_cart", "--fields", "id", "--limit", "0"}, flags...)...)
	}
	const one, two = "0 of 1; --limit N for more, --all for all\n", "no records\n"

	refused(t, gorgon.New(gorgon.Config{}), []string{"query", "order"}, fault.UnexpectedState, "gorgon.db", "gorgon demo", "gorgon migrate")
	if _, err := os.Stat("gorgon.db"); !os.IsNotExist(err) {
		t.Error("a file was created")
	}
	ok(t, gorgon.New(gorgon.Config{}), "migrate")
	if got := links(gorgon.New(gorgon.Config{})); got != two {
		t.Errorf("the default: %s", got)
	}
	t.Setenv("GORGON_DATABASE", "sqlite:one.db")
	if got := links(gorgon.New(gorgon.Config{})); got != one {
		t.Errorf("the environment: %s", got)
	}
	if got := links(gorgon.New(gorgon.Config{Database: "sqlite:two.db"})); got != one {
		t.Errorf("the environment before Config: %s", got)
	}
	if got := links(gorgon.New(gorgon.Config{}), "--database", "sqlite:"+filepath.Join(dir, "two.db")); got != two {
		t.Errorf("the flag before the environment: %s", got)
	}
	t.Setenv("GORGON_DATABASE", "one.db")
	refused(t, gorgon.New(gorgon.Config{}), []string{"query", "order"}, fault.InvalidData, "GORGON_DATABASE: invalid database URL", "did you mean sqlite:one.db?")
	refused(t, gorgon.New(gorgon.Config{}), []string{"migrate"}, fault.InvalidData, "GORGON_DATABASE: invalid database URL")
	t.Setenv("GORGON_DATABASE", "")
	if got := links(gorgon.New(gorgon.Config{Database: "sqlite:one.db"})); got != one {
		t.Errorf("Config before the default: %s", got)
	}
	if got := links(gorgon.New(gorgon.Config{Database: "sqlite:two.db"}), "--database", "sqlite:"+filepath.Join(dir, "one.db")); got != one {
		t.Errorf("the flag before Config: %s", got)
	}
}

func TestDatabasesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	const secret = "hunter2"
	for _, test := range []struct {
		database string
		of       fault.Type
		says     string
	}{
		{"sqlite:" + filepath.Join(dir, "missing", "shop.db"), fault.Unavailable, "folder"},
		{"sqlite:" + text, fault.Unavailable, "is not an SQLite database"},
		{"sqlite:" + dir, fault.Unavailable, "cannot be opened"},
		{"sqlite:", fault.InvalidData, "sqlite:FILE"},
		{"shop.db", fault.InvalidData, "did you mean sqlite:shop.db?"},
		{"mysql://root:" + secret + "@localhost/shop", fault.InvalidData, "postgres://user:password@host"},
		{"postgres://ada:" + secret + "@127.0.0.1:1/shop", fault.Unavailable, "PostgreSQL at 127.0.0.1:1 does not answer: the connection was refused"},
		{"postgres://ada:" + secret + "@127.0.0.1:port/shop", fault.InvalidData, "invalid PostgreSQL URL"},
	} {
		app := gorgon.New(gorgon.Config{Database: test.database})
		for _, line := range []string{"query order", "link create order=a cart=b", "migrate", "migrate --plan", "verify", "demo --orders 1"} {
			if got := refused(t, app, strings.Fields(line), test.of, test.says); strings.Contains(got, secret) {
				t.Errorf("gorgon %s: the message has the password: %s", line, got)
			}
		}
		if help := ok(t, app, "query", "--help"); strings.Contains(help, secret) {
			t.Errorf("the help has the password:\n%s", help)
		}
	}
}

func TestASchemaThatIsNewer(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := app.DB().Exec(t.Context(), "UPDATE gorgon_schema SET version = 7"); err != nil {
			t.Fatal(err)
		}
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"query order", "migrate", "migrate --plan", "demo", "verify", "link list order=order_1 cart"} {
			refused(t, app, strings.Fields(line), fault.UnexpectedState, "version 7", "newer")
		}
	})
}

// Another process has locked the file: reads work, writes fail.
func TestALockedFile(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	holder := app.DB()
	defer holder.Close() //nolint:errcheck // the test is over
	tx, err := holder.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := ok(t, app, "query", "order", "--fields", "id", "--limit", "1"); !strings.HasPrefix(got, "id\norder_1\n") {
		t.Errorf("%s", got)
	}
	got := run(t, app, "link", "create", "order=order_2", "promotion=promo_2")
	if got.status != 1 || !strings.HasPrefix(got.stderr, "gorgon: unavailable: the SQLite file ") || !strings.Contains(got.stderr, "is locked") {
		t.Errorf("%+v", got)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := whole(t, app, "link", "list", "order=order_2", "promotion"); got != "no links\n" {
		t.Errorf("half a link: %s", got)
	}
	ok(t, app, "link", "create", "order=order_2", "promotion=promo_2")
}

func TestAPostgresThatRefuses(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(dbtest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	missing := *u
	missing.Path = "/no_such_database"
	refused(t, gorgon.New(gorgon.Config{Database: missing.String()}), []string{"query", "order"}, fault.Unavailable, `there is no database "no_such_database" at `, "check the name, or create it with createdb --encoding=UTF8 --template=template0 -h ")
	q := u.Query()
	q.Set("options", "-c default_transaction_read_only=on")
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	refused(t, gorgon.New(gorgon.Config{Database: u.String()}), []string{"migrate"}, fault.Unavailable, "read-only")
}
