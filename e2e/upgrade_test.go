package e2e_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/verify"
)

// shops is the folder of shops that older binaries made; its README.md says how.
const shops = "testdata/upgrade"

// upgraded is a shop that an older binary made, opened with today's code.
type upgraded struct {
	store *module.Store
	auth  *auth.Service
	query *query.Engine
}

// upgrade migrates the database, twice, and opens the shop in it. The second
// migration must find nothing to do.
func upgrade(t *testing.T, url string) upgraded {
	t.Helper()
	app := gorgon.New(gorgon.Config{Database: url})
	t.Cleanup(func() { _ = app.Close() })
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	if again, err := app.Migrate(t.Context(), schema.Options{}); err != nil || len(again) > 0 {
		t.Fatalf("migrate, the second time: %v, %v", again, err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return upgraded{app.Store, app.Auth, app.Query}
}

// loaders put the contents of a file into a fresh database, by the end of the
// file's name.
var loaders = map[string]func(t *testing.T, content []byte) (url string){
	".sqlite.gz":       loadSQLite,
	".postgres.sql.gz": loadPostgres,
}

func loadSQLite(t *testing.T, content []byte) (url string) {
	path := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path + "?synchronous=off"
}

func loadPostgres(t *testing.T, content []byte) (url string) {
	url = dbtest.PostgresDatabase(t, "")
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the load is committed
	if err := dbtest.LoadDump(t.Context(), d, string(content)); err != nil {
		t.Fatal(err)
	}
	return url
}

// open opens a database as it is, below all of today's models.
func openRaw(t *testing.T, url string) db.DB {
	t.Helper()
	d, err := shop.OpenDatabase(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every shop that an older binary made is upgraded by today's: nothing is
// lost, the data holds together, users, customers and keys get in.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(shops, "*.gz"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, file := range files {
		_, rest, _ := strings.Cut(filepath.Base(file), ".")
		load, ok := loaders["."+rest]
		if !ok {
			t.Errorf("%s: the name ends in none of %q", file, slices.Sorted(maps.Keys(loaders)))
			continue
		}
		found["."+rest]++
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			checkUpgrade(t, load(t, read(t, file)))
		})
	}
	for end := range loaders {
		if found[end] == 0 {
			t.Errorf("there is no file %s/*%s", shops, end)
		}
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err == nil {
		content, err = io.ReadAll(z)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return content
}

func checkUpgrade(t *testing.T, url string) {
	d := openRaw(t, url)
	before := countRows(t, d)
	for _, of := range []string{
		"order", "order live", "customer live", "user live", "api_key live", "order_cart live", "order_promotion live",
		"order_promotion deleted", "product deleted", "customer_group deleted",
	} {
		if before[of] == 0 {
			t.Errorf("%s: the shop has no such rows, so their upgrade is not tested", of)
		}
	}
	logins := readLogins(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}

	s := upgrade(t, url)
	after := countRows(t, s.store.DB)
	maps.DeleteFunc(after, func(of string, _ int64) bool { _, old := before[of]; return !old })
	// The upgrade dismisses the links of deleted records, and records that it did.
	const journal = "link_deletion"
	if after[journal] < before[journal] {
		t.Errorf("%s: %d rows before, %d after", journal, before[journal], after[journal])
	}
	after[journal] = before[journal]
	// It adds the currencies that the list has gained.
	if after["currency"] < before["currency"] {
		t.Errorf("%d currencies before, %d after", before["currency"], after["currency"])
	}
	after["currency"] = before["currency"]
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("rows: before -, after +\n%s", diff)
	}
	s.checkData(t)
	s.checkLogins(t, logins)
	s.checkKeys(t, logins)
	s.checkQueries(t, before)
}

// checkData checks that nothing is wrong with the data, after the repair of the one
// fault that the demo of the older binaries had: a canceled payment counted as authorized.
func (s upgraded) checkData(t *testing.T) {
	t.Helper()
	report, err := verify.Run(t.Context(), s.store, verify.Options{Repair: true})
	if err != nil || !report.OK || report.Checks == 0 {
		t.Errorf("verify --repair: %+v, %v", report, err)
	}
	for _, p := range report.Problems {
		if p.Table+"."+p.Column != "payment_collection.authorized_amount" {
			t.Error(p)
		}
	}
	if report, err = verify.Run(t.Context(), s.store, verify.Options{}); err != nil || len(report.Problems) > 0 {
		t.Errorf("verify: %+v, %v", report, err)
	}
}

// kept are the tables whose live and deleted rows stay what they were; of the
// others an upgrade may delete or dismiss rows, though it removes none.
var kept = []string{"order", "customer", "customer_group", "product", "user", "api_key", "order_cart", "order_promotion"}

// countRows counts the rows of every table, and the live and the deleted ones
// of those in kept. The tables that the migration itself keeps are not counted.
func countRows(t *testing.T, d db.DB) map[string]int64 {
	t.Helper()
	list := "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	if d.Dialect().Name() == "sqlite" {
		list = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
	}
	tables, err := db.Collect[string](t.Context(), d, list)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int64{}
	for _, table := range tables {
		if strings.HasPrefix(table, "gorgon_") {
			continue
		}
		from := "FROM " + d.Dialect().Quote(table)
		rows[table] = one[int64](t, d, "SELECT count(*) "+from)
		if slices.Contains(kept, table) {
			rows[table+" deleted"] = one[int64](t, d, "SELECT count(deleted_at) "+from)
			rows[table+" live"] = rows[table] - rows[table+" deleted"]
		}
	}
	return rows
}

func one[T any](t *testing.T, d db.DB, sql string) T {
	t.Helper()
	v, ok, err := db.One[T](t.Context(), d, sql)
	if err != nil || !ok {
		t.Fatalf("%s: found %t, %v", sql, ok, err)
	}
	return v
}

// logins is what gets into a shop. The logins of the user and the customer
// have the same shopPassword.
type logins struct{ user, customer, publishable, deleted, secret string }

const shopPassword = "a small shop"

// readLogins reads the ids of the user and the customer, and the tokens of the
// keys. That of the secret key, of which only a hash is kept, is its title.
func readLogins(t *testing.T, d db.DB) logins {
	t.Helper()
	return logins{
		user:        one[string](t, d, `SELECT id FROM "user" WHERE email = 'ada@example.com'`),
		customer:    one[string](t, d, "SELECT id FROM customer WHERE email = 'grace@example.com'"),
		publishable: one[string](t, d, "SELECT token FROM api_key WHERE type = 'publishable' AND deleted_at IS NULL"),
		deleted:     one[string](t, d, "SELECT token FROM api_key WHERE type = 'publishable' AND deleted_at IS NOT NULL"),
		secret:      one[string](t, d, "SELECT title FROM api_key WHERE type = 'secret'"),
	}
}

func (s upgraded) checkLogins(t *testing.T, l logins) {
	for _, who := range []struct{ actor, email, id string }{{"user", "ada@example.com", l.user}, {"customer", "grace@example.com", l.customer}} {
		token, err := s.auth.Login(t.Context(), who.actor, auth.EmailPass, who.email, shopPassword)
		if err != nil {
			t.Errorf("%s does not log in: %v", who.email, err)
			continue
		}
		if c, err := s.auth.Parse(t.Context(), token); err != nil || c.ActorID != who.id || c.ActorType != who.actor {
			t.Errorf("%s logs in as %+v, %v; want %s", who.email, c, err, who.id)
		}
		if _, err := s.auth.Login(t.Context(), who.actor, auth.EmailPass, who.email, shopPassword+"!"); fault.TypeOf(err) != fault.Unauthorized {
			t.Errorf("%s with a wrong shopPassword: %v", who.email, err)
		}
	}
}

func (s upgraded) checkKeys(t *testing.T, l logins) {
	if _, err := s.auth.SecretKey(t.Context(), l.secret); err != nil {
		t.Errorf("the secret key: %v", err)
	}
	if key, err := s.auth.PublishableKey(t.Context(), l.publishable); err != nil || len(key.SalesChannelIDs) == 0 {
		t.Errorf("the publishable key opens %+v, %v", key, err)
	}
	if key, err := s.auth.PublishableKey(t.Context(), l.deleted); err == nil {
		t.Errorf("the deleted key opens %+v", key)
	}
}

// checkQueries reads every model whole, and orders across links.
func (s upgraded) checkQueries(t *testing.T, before map[string]int64) {
	ask := func(r query.Request) *query.Result {
		t.Helper()
		result, err := s.query.Graph(context.WithoutCancel(t.Context()), r)
		if err != nil {
			t.Errorf("%s: %v", r.Entity, err)
			return &query.Result{}
		}
		return result
	}
	for _, m := range s.store.Graph.Models() {
		if len(m.Entities) > 0 {
			ask(query.Request{Entity: m.Entities[0], Fields: []string{"*"}, Limit: query.All, WithDeleted: true})
		}
	}
	got := ask(query.Request{
		Entity: "order", Limit: query.All,
		Fields: []string{"*", "customer.email", "items.*", "items.variant.sku", "promotions.code", "payment_collections.*", "fulfillments.*", "cart.id"},
	})
	if int64(got.Rows) != before["order live"] {
		t.Errorf("a query finds %d orders of %d", got.Rows, before["order live"])
	}
	for _, want := range []string{`"email"`, `"sku"`, `"code"`} {
		if !bytes.Contains(got.Data, []byte(want)) {
			t.Errorf("no order has %s: %.1000s", want, got.Data)
		}
	}
}
