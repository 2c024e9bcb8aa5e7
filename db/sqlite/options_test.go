package sqlite_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Commits are durable unless asked otherwise.
func TestSynchronous(t *testing.T) {
	t.Parallel()
	for synchronous, want := range map[sqlite.Synchronous]int64{"": 2, sqlite.Full: 2, sqlite.Normal: 1, sqlite.Off: 0} {
		d, err := sqlite.OpenWith(filepath.Join(t.TempDir(), "test.db"), sqlite.Options{Synchronous: synchronous})
		if err != nil {
			t.Fatal(err)
		}
		tx := begin(t, d) // on the connection that writes
		if got, _, err := db.One[int64](t.Context(), tx, "PRAGMA synchronous"); got != want || err != nil {
			t.Errorf("%q: PRAGMA synchronous is %d, %v; want %d", synchronous, got, err, want)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	_, err := sqlite.OpenWith(filepath.Join(t.TempDir(), "test.db"), sqlite.Options{Synchronous: "sometimes"})
	if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "want full, normal or off") {
		t.Errorf("a value that does not exist: %v", err)
	}
}
