package cli_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/copydb"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
)

// A shop moves to another database and back; what it holds is the same.
func TestCopyThereAndBack(t *testing.T) {
	t.Parallel()
	for name, between := range map[string]func(t *testing.T) string{
		"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, there, back := file(t), between(t), file(t)
			app := stocked(t, from)
			ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "supersecret")
			got := run(t, app, "copy", "--from", from, "--to", there)
			if got.status != 0 || !regexp.MustCompile(`^copied \d+ rows of \d+ tables; the counts are equal\n\d+ checks, nothing wrong\n$`).MatchString(got.stdout) || !strings.HasPrefix(got.stderr, "copying ") {
				t.Fatalf("%+v", got)
			}
			var report copydb.Report
			if err := json.Unmarshal([]byte(ok(t, app, "copy", "--database", there, "--to", back, "--json")), &report); err != nil || report.Rows == 0 || !report.Verify.OK {
				t.Errorf("%+v, %v", report, err)
			}
			refused(t, app, []string{"copy", "--from", there, "--to", there}, fault.InvalidData, "the same database")
			for _, line := range []string{"query order --fields *,items.*,customer.*,cart.*,promotions.* --json", "user list", "link list order=order_1 cart"} {
				want := ok(t, app, strings.Fields(line)...)
				if got := ok(t, app, append(strings.Fields(line), "--database", back)...); got != want {
					t.Errorf("%s:\n%s\nwant\n%s", line, got, want)
				}
			}
		})
	}
}

func TestCopiesThatCannotBe(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	from := file(t)
	app := stocked(t, from)
	full, link := file(t), filepath.Join(t.TempDir(), "link.db")
	stocked(t, full)
	path, _ := shop.SQLitePath(from)
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	old := withNotes[note](file(t))
	ok(t, old, "migrate")
	for _, test := range []struct {
		args []string
		of   fault.Type
		says string
	}{
		{[]string{"--to", full}, fault.NotAllowed, "the target is not empty: it holds order (3 rows)"},
		{[]string{"--to", from}, fault.InvalidData, "the source and the target are the same database"},
		{[]string{"--to", "sqlite:" + link}, fault.InvalidData, "the source and the target are the same database"},
		{[]string{"--from", file(t), "--to", from}, fault.UnexpectedState, "the source: there is no SQLite file"},
		{[]string{"--to", "postgres://ada:" + secret + "@127.0.0.1:1/shop"}, fault.Unavailable, "the target: "},
		{[]string{"--from", "postgres://ada:" + secret + "@127.0.0.1:port/shop", "--to", file(t)}, fault.InvalidData, "the source: invalid PostgreSQL URL"},
		{[]string{"--to", "mysql://ada:" + secret + "@localhost/shop"}, fault.InvalidData, "the target: invalid database URL"},
	} {
		if got := refused(t, app, append([]string{"copy"}, test.args...), test.of, test.says); strings.Contains(got, secret) {
			t.Errorf("the message has the password: %s", got)
		}
	}
	to := file(t)
	refused(t, old, []string{"copy", "--from", from, "--to", to}, fault.UnexpectedState, "the source: the database lacks the table note; run `gorgon migrate`")
	refused(t, old, []string{"query", "order", "--database", to}, fault.UnexpectedState, "there is no SQLite file") // none was made
}

// onWrite calls a function at the first write.
type onWrite struct {
	strings.Builder
	call func()
}

func (w *onWrite) Write(b []byte) (int, error) {
	w.call()
	return w.Builder.Write(b)
}

func TestInterruptedCopy(t *testing.T) {
	t.Parallel()
	from, to := file(t), file(t)
	app := stocked(t, from)
	ctx, cancel := context.WithCancel(t.Context())
	var stdout strings.Builder
	stderr := &onWrite{call: cancel} // its first line is the progress
	if status := app.Run(ctx, []string{"copy", "--to", to}, &stdout, stderr, nil); status != 1 || stdout.String() != "" || !strings.Contains(stderr.String(), "interrupted before the end") {
		t.Errorf("status %d, %s%s", status, stdout.String(), stderr.String())
	}
	target := gorgon.New(gorgon.Config{Database: to})
	if got := whole(t, target, "query", "order", "--fields", "id"); got != "no records\n" {
		t.Errorf("%s", got)
	}
	if got := run(t, app, "copy", "--to", to); got.status != 0 {
		t.Errorf("the next copy: %+v", got)
	}
}

// What was wrong before the copy is in the copy, and the status says so.
func TestCopyOfAShopWithProblems(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.DB().Exec(t.Context(), `UPDATE "order" SET customer_id = 'cus_9' WHERE id = 'order_3'`); err != nil {
		t.Fatal(err)
	}
	if _, err := app.DB().Exec(t.Context(), `CREATE TABLE theirs AS SELECT 1 AS id`); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	got := run(t, app, "copy", "--to", file(t))
	for _, want := range []string{"not copied: theirs, 1 row of a table that is not Gorgon's\n", "dangling: order.customer_id: ", "the source has the same problems"} {
		if got.status != 1 || !strings.Contains(got.stdout, want) {
			t.Errorf("%+v does not say %q", got, want)
		}
	}
}
