package medusatest

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
)

// folder is where the sample shop lies: beside the repository.
func folder() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..", "shared", "medusa")
}

// open opens a file of the sample shop, or skips the test.
func open(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join(folder(), name))
	if os.IsNotExist(err) {
		fmt.Fprintf(os.Stderr, "\n*** %s: NOT TESTED: there is no sample shop (%s) beside the repository\n", t.Name(), name)
		t.Skipf("no sample shop: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// Dump is the sample shop as SQL.
func Dump(t testing.TB) string {
	t.Helper()
	z, err := gzip.NewReader(open(t, "shop.sql.gz"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Readme is what the sample shop says of itself.
func Readme(t testing.TB) string {
	t.Helper()
	text, err := io.ReadAll(open(t, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Answer is a recorded question and what the system answered.
type Answer struct {
	ID       string
	Request  json.RawMessage
	Response *struct {
		Data     []any
		Metadata map[string]any
	}
	Error *struct{ Name, Type string }
}

// Answers are the recorded calls of query.graph, in order. Numbers are
// json.Number.
func Answers(t testing.TB) []Answer {
	t.Helper()
	d := json.NewDecoder(open(t, filepath.Join("answers", "query.json")))
	d.UseNumber()
	var all []Answer
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// Page is a recorded call of the HTTP API and its answer.
type Page struct {
	ID           string
	Method, Path string
	Auth         string // "admin", "store" or "none"
	Customer     string
	RequestBody  json.RawMessage `json:"request_body"`
	Status       int
	Body         json.RawMessage
}

// Pages are the recorded calls of the HTTP API by their ids.
func Pages(t testing.TB) map[string]Page {
	t.Helper()
	var all []Page
	if err := json.NewDecoder(open(t, filepath.Join("answers", "rest.json"))).Decode(&all); err != nil {
		t.Fatal(err)
	}
	pages := make(map[string]Page, len(all))
	for _, p := range all {
		pages[p.ID] = p
	}
	return pages
}

// template is the database that every test's own is copied from, made once per
// process.
var template struct {
	sync.Mutex
	name string
}

var databases atomic.Int64

// Shop is the URL of a database with the sample shop, dropped when the test
// ends.
func Shop(t testing.TB) string {
	t.Helper()
	base := serverURL(t)
	admin := connect(t, base, "")
	from := load(t, base, admin)
	name := fmt.Sprintf("medusa_%d_%d", os.Getpid(), databases.Add(1))
	create(t, admin, name, from)
	return withDatabase(base, name)
}

// Empty is the URL of a fresh database without a table.
func Empty(t testing.TB) string {
	t.Helper()
	base := serverURL(t)
	name := fmt.Sprintf("medusa_%d_%d", os.Getpid(), databases.Add(1))
	create(t, connect(t, base, ""), name, "template0")
	return withDatabase(base, name)
}

// create makes a database that is dropped when the test ends.
func create(t testing.TB, admin db.DB, name, from string) {
	t.Helper()
	if _, err := admin.Exec(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { drop(t, admin, name) })
}

func drop(t testing.TB, admin db.DB, name string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if _, err := admin.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
		t.Errorf("dropping the test's database: %v", err)
	}
}

// load makes the template, if this process has not yet, and answers its name.
func load(t testing.TB, base *url.URL, admin db.DB) string {
	t.Helper()
	template.Lock()
	defer template.Unlock()
	if template.name != "" {
		return template.name
	}
	dump, name := Dump(t), fmt.Sprintf("medusa_%d_template", os.Getpid())
	drop(t, admin, name)
	if _, err := admin.Exec(t.Context(), "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	d := connect(t, base, name)
	tx, err := d.Begin(t.Context())
	if err == nil {
		if err = run(t.Context(), tx, dump); err == nil {
			err = tx.Commit(t.Context())
		}
	}
	if err != nil {
		t.Fatalf("loading the sample shop: %v", err)
	}
	_ = d.Close() // a template must not be in use
	template.name = name
	return name
}

// Main runs the tests of a package that uses Shop and clears up behind them.
func Main(m *testing.M) int {
	defer func() {
		if template.name != "" && os.Getenv("GORGON_TEST_POSTGRES") != "" {
			dropTemplate(os.Getenv("GORGON_TEST_POSTGRES"))
		}
	}()
	return m.Run()
}

func dropTemplate(server string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if admin, err := postgres.Open(ctx, server); err == nil {
		_, _ = admin.Exec(ctx, "DROP DATABASE IF EXISTS "+template.name+" WITH (FORCE)") // the server is for tests
		_ = admin.Close()
	}
}

// serverURL is the test server's, without a schema.
func serverURL(t testing.TB) *url.URL {
	t.Helper()
	u, err := url.Parse(dbtest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Del("search_path")
	q.Set("pool_max_conns", "4")
	u.RawQuery = q.Encode()
	return u
}

func withDatabase(base *url.URL, name string) string {
	u := *base
	u.Path = "/" + name
	return u.String()
}

// connect opens a database of the server; "" is the one that is there.
func connect(t testing.TB, base *url.URL, name string) db.DB {
	t.Helper()
	to := base.String()
	if name != "" {
		to = withDatabase(base, name)
	}
	d, err := postgres.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

var copied = regexp.MustCompile(`(?ms)^COPY (\S+) (\([^)]*\)) FROM stdin;\n(.*?)^\\\.$`)

// run runs a dump: what stands between the COPY blocks as it is, and the
// blocks as INSERTs, which need no tool of PostgreSQL.
func run(ctx context.Context, c db.Conn, dump string) error {
	at := 0
	for _, m := range copied.FindAllStringSubmatchIndex(dump, -1) {
		if _, err := c.Exec(ctx, dump[at:m[0]]); err != nil {
			return err
		}
		if body := dump[m[6]:m[7]]; body != "" {
			sql := "INSERT INTO " + dump[m[2]:m[3]] + " " + dump[m[4]:m[5]] + " VALUES " + values(body)
			if _, err := c.Exec(ctx, sql); err != nil {
				return err
			}
		}
		at = m[1]
	}
	_, err := c.Exec(ctx, dump[at:])
	return err
}

// escapes are those of COPY's text format that a dump uses.
var escapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r", `'`, `''`)

// values turns lines of COPY's text format into tuples of literals.
func values(body string) string {
	var b strings.Builder
	for n, line := range strings.Split(strings.TrimSuffix(body, "\n"), "\n") {
		b.WriteString([2]string{"(", ",("}[min(n, 1)])
		for i, v := range strings.Split(line, "\t") {
			if i > 0 {
				b.WriteByte(',')
			}
			if v == `\N` {
				b.WriteString("NULL")
			} else {
				b.WriteString("'" + escapes.Replace(v) + "'")
			}
		}
		b.WriteByte(')')
	}
	return b.String()
}
