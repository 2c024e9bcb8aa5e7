package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
)

// another opens the file again, as another process would.
func another(t *testing.T, d *sqlite.Database, busy time.Duration) *sqlite.Database {
	t.Helper()
	other, err := sqlite.OpenWithin(d.Path(), busy)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	return other
}

func begin(t *testing.T, d *sqlite.Database) db.Tx {
	t.Helper()
	tx, err := d.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	return tx
}

func TestLocked(t *testing.T) {
	t.Parallel()
	d := open(t)
	other := another(t, d, 30*time.Millisecond)
	tx := begin(t, d) // holds the lock from here on
	wait := func(name string, err error) {
		t.Helper()
		if fault.TypeOf(err) != fault.Unavailable || !strings.HasSuffix(err.Error(), "test.db is locked by another process") {
			t.Errorf("%s: %s: %v", name, fault.TypeOf(err), err)
		}
	}
	_, err := other.Exec(t.Context(), "INSERT INTO parent VALUES ('p2')")
	wait("a statement", err)
	_, err = other.Begin(t.Context())
	wait("a transaction", err)
	_, err = other.BeginUnchecked(t.Context())
	wait("an unchecked transaction", err)
	_, err = db.Collect[string](t.Context(), other, "INSERT INTO parent VALUES ('p2') RETURNING id")
	wait("a statement that returns rows", err)
	if ids, err := db.Collect[string](t.Context(), other, "SELECT id FROM parent"); err != nil || len(ids) != 1 {
		t.Errorf("reading while another writes: %q, %v", ids, err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustExec(t, other, "INSERT INTO parent VALUES ('p2')") // no lock is left behind
}

// A statement waits for a lock until the busy timeout.
func TestStatementsWaitForTheLock(t *testing.T) {
	t.Parallel()
	d := open(t)
	other := another(t, d, time.Minute)
	tx := begin(t, d)
	done := make(chan error)
	go func() {
		_, err := other.Exec(context.Background(), "INSERT INTO parent VALUES ('p2')")
		done <- err
	}()
	if _, err := tx.Exec(t.Context(), "INSERT INTO parent VALUES ('p3')"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("the statement that waited: %v", err)
	}
}

func TestWaitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	d := open(t)
	other := another(t, d, time.Minute)
	begin(t, d)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := other.Exec(ctx, "INSERT INTO parent VALUES ('p2')"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("another process's wait ended with %v", err)
	}
	if _, err := d.Begin(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the wait for our own writer ended with %v", err)
	}
}

// The end of Begin's context ends the transaction; Commit returns the reason.
func TestCommitAfterTheContextEnded(t *testing.T) {
	t.Parallel()
	d := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	tx, err := d.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	begin(t, d) // gets the connection after the rollback of the other
	if err := tx.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// A process that locks the file exclusively keeps others from opening it.
func TestOpenLockedFile(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "PRAGMA journal_mode = DELETE") // WAL lets readers in
	tx := begin(t, d)
	if _, err := tx.Exec(t.Context(), "PRAGMA locking_mode = EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "INSERT INTO parent VALUES ('p2')"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.OpenWithin(d.Path(), 30*time.Millisecond)
	if fault.TypeOf(err) != fault.Unavailable || !strings.HasSuffix(err.Error(), "test.db is locked by another process") {
		t.Errorf("the error is %s: %v", fault.TypeOf(err), err)
	}
}

// Readers see what was committed when they began, and never wait.
func TestReadingWhileWriting(t *testing.T) {
	t.Parallel()
	d := open(t)
	tx := begin(t, d)
	for i := range 100 {
		if _, err := tx.Exec(t.Context(), "INSERT INTO parent VALUES (?1)", "new"+string(rune('a'+i))); err != nil {
			t.Fatal(err)
		}
	}
	count := func(c db.Conn) int64 {
		n, _, err := db.One[int64](t.Context(), c, "SELECT count(*) FROM parent")
		if err != nil {
			t.Error(err)
		}
		return n
	}
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			if n := count(d); n != 1 {
				t.Errorf("a reader sees %d parents, want the one that is committed", n)
			}
		})
	}
	readers.Wait()
	if n := count(tx); n != 101 {
		t.Errorf("the transaction sees %d parents", n)
	}
	rows, err := d.Query(t.Context(), "SELECT id FROM parent") // its snapshot begins here
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n++
	}
	if err := rows.Err(); err != nil || n != 1 {
		t.Errorf("a reader that began before the commit sees %d parents, %v", n, err)
	}
	if n := count(d); n != 101 {
		t.Errorf("a new reader sees %d parents", n)
	}
}

// The readers' connections cannot write, so all writes go through the one writer.
func TestWritesGoToTheWriter(t *testing.T) {
	t.Parallel()
	d := another(t, open(t), time.Millisecond) // so that a second writer would fail soon
	tx := begin(t, d)
	for _, sql := range []string{
		"INSERT INTO parent VALUES ('p2') RETURNING id",
		"WITH new (id) AS (SELECT 'p2') INSERT INTO parent SELECT id FROM new RETURNING id",
		"with new (id) as (select 'p2') insert into parent select id from new returning id",
		"/* a comment */ UPDATE parent SET id = 'p2' RETURNING id",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		ids, err := db.Collect[string](ctx, d, sql)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s did not wait for the writer: %q, %v", sql, ids, err)
		}
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids, err := db.Collect[string](t.Context(), d, "WITH new (id) AS (SELECT 'p2') INSERT INTO parent SELECT id FROM new RETURNING id")
	if err != nil || len(ids) != 1 || ids[0] != "p2" {
		t.Errorf("writing by WITH returns %q, %v", ids, err)
	}
}

// More goroutines than connections: all make progress.
func TestManyWritersAndReaders(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "CREATE TABLE counter (n integer)")
	mustExec(t, d, "INSERT INTO counter VALUES (0)")
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for range 25 {
				err := db.Do(t.Context(), d, func(ctx context.Context) error {
					n, _, err := db.One[int64](ctx, db.Use(ctx, d), "SELECT n FROM counter")
					if err == nil {
						_, err = db.Use(ctx, d).Exec(ctx, "UPDATE counter SET n = ?1", n+1)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if _, _, err := db.One[int64](t.Context(), d, "SELECT n FROM counter"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n, _, err := db.One[int64](t.Context(), d, "SELECT n FROM counter"); n != 400 || err != nil {
		t.Errorf("the counter is %d, %v; want 400", n, err)
	}
}

func TestFilesAreSeparate(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"a.db", "b.db"} {
		d, err := sqlite.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()                      //nolint:errcheck // the test ends
		mustExec(t, d, "CREATE TABLE x (a)") // would fail in a shared database
	}
}
