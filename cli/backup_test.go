package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

// A backup is made while another connection is inside a transaction, and has what
// was committed.
func TestBackup(t *testing.T) {
	t.Parallel()
	database := file(t)
	app, running := stocked(t, database), gorgon.New(gorgon.Config{Database: database})
	if err := running.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	create(t, running, order.Orders, &order.Order{Base: base("order_4"), CurrencyCode: "eur"}) // is in the log, not in the file
	path := filepath.Join(t.TempDir(), "it's a backup.db")
	err := running.Do(t.Context(), func(ctx context.Context) error {
		if err := running.Order.Orders.Create(ctx, &order.Order{Base: base("order_5"), CurrencyCode: "eur"}); err != nil {
			return err
		}
		if got := ok(t, app, "backup", path); !strings.HasPrefix(got, "backed up to "+path+", ") {
			t.Errorf("%s", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	copied := gorgon.New(gorgon.Config{Database: "sqlite:" + path})
	ok(t, copied, "verify")
	if got := ok(t, copied, "export", "order", "--fields", "id"); strings.Count(got, "\n") != 4 || !strings.Contains(got, "order_4") {
		t.Errorf("%s", got)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, app, []string{"backup", path}, fault.NotAllowed, path+" exists already")
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the backup was overwritten (%v)", err)
	}
}

// A file may be named as a database is.
func TestBackupToAURL(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "copy.db")
	ok(t, stocked(t, file(t)), "backup", "sqlite:"+path)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestBackupsThatCannotBe(t *testing.T) {
	t.Parallel()
	app, dir := stocked(t, file(t)), t.TempDir()
	refused(t, app, []string{"backup", filepath.Join(dir, "no", "x.db")}, fault.Unavailable, "the folder "+filepath.Join(dir, "no")+" does not exist")
	refused(t, app, []string{"backup", filepath.Join(dir, "x.db"), "--database", file(t)}, fault.UnexpectedState, "there is no SQLite file")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr strings.Builder
	if status := app.Run(ctx, []string{"backup", filepath.Join(dir, "x.db")}, &stdout, &stderr, nil); status != 1 || !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("%d, %s", status, stderr.String())
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 0 {
		t.Errorf("%v was left behind, %v", names, err)
	}
}

// For PostgreSQL, the command is printed, without the password and without
// parameters that pg_dump does not know. The exit status says that there is no
// backup.
func TestBackupOfPostgres(t *testing.T) {
	t.Parallel()
	const database = "postgres://ada:hunter2@db.example.com:5433/shop?pool_max_conns=4&sslmode=require&search_path=mine&password=hunter2"
	app := gorgon.New(gorgon.Config{Database: database})
	const want = `pg_dump --format=custom --no-owner --file='ada'\''s.dump' --schema='mine' 'postgres://ada@db.example.com:5433/shop?sslmode=require'`
	const says = "nothing was backed up: a backup of PostgreSQL is made by the pg_dump command on standard output, with the password in PGPASSWORD or ~/.pgpass"
	got := run(t, app, "backup", "ada's.dump")
	if got != (told{1, want + "\n", "gorgon: not_allowed: " + says + "\n"}) {
		t.Errorf("%+v", got)
	}
	var asJSON struct{ Command string }
	var failed fault.Error
	got = run(t, app, "backup", "ada's.dump", "--json")
	if err := errors.Join(json.Unmarshal([]byte(got.stdout), &asJSON), json.Unmarshal([]byte(got.stderr), &failed)); err != nil || got.status != 1 || asJSON.Command != want || failed.Message != says {
		t.Errorf("%+v, %v", got, err)
	}
	got = run(t, app, "backup", "shop.dump", "--database", "postgres://ada@localhost/shop")
	if got.status != 1 || !strings.HasSuffix(got.stderr, "on standard output\n") {
		t.Errorf("%+v", got)
	}
	refused(t, app, []string{"backup", "x", "--database", "mysql://ada:hunter2@localhost/shop"}, fault.InvalidData, "invalid database URL")
}
