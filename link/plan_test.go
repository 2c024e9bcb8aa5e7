package link_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
)

// scans matches a line of a plan that reads a whole table, other than the JSON of
// the argument.
var scans = regexp.MustCompile(`(?m)^SCAN (t|o|shop_|blog_|gearbox_|link_|item|gear|brand)\b`)

// All statements of the manager find rows by an index.
func TestNoStatementReadsAWholeTable(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	s.linkAll()
	s.link("i3 t1, i3 g3, p3 i3")
	statements := 0
	s.count().seen = func(sql string, args []any) {
		statements++
		if text := strings.Join(dbtest.Plan(t, s.db, sql, args...), "\n"); scans.MatchString(text) {
			t.Errorf("%s\nreads a whole table:\n%s", sql, text)
		}
	}
	s.link("i4 t1, i4 b1, i4 t1, i1 b1")
	s.linkWith("i1 b1", link.Data{"note": "x"})
	_, err := s.Create(t.Context(), s.pair("i1 b2"))
	wantFault(t, err, fault.Conflict)
	_, err = s.Create(t.Context(), s.pair("i9 b2"))
	wantFault(t, err, fault.NotFound)
	s.list("i1 t1, i1 t, i t2")
	s.dismiss("i1 t1, i1 b1")
	s.delete(s.items, "i3", "i1")
	s.link("p3 i4")
	_, err = s.Restore(t.Context(), s.items, "i3")
	wantFault(t, err, fault.Conflict, `post "p3" is linked to item "i4" now`)
	s.restore(s.items, "i1")
	if statements < 30 {
		t.Errorf("only %d statements were looked at", statements)
	}
}
