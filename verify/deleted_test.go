package verify_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/verify"
)

// A live link row whose record was deleted, by whatever program, is found; a
// dismissed row and a deleted record without links are not.
func TestLinksOfDeletedRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		exec(t, d, "UPDATE reader SET deleted_at = "+at+" WHERE id = 'r1'")
		r := run(t, s)
		want := []verify.Problem{
			{Check: verify.DeletedEnd, Table: "loan", Column: "reader_id", To: "reader", Count: 1, Examples: []string{"l1"}},
			{Check: verify.DeletedEnd, Table: "fandom", Column: "fan_id", To: "reader", Count: 1, Examples: []string{"f1"}},
		}
		if diff := cmp.Diff(want, r.Problems); diff != "" || r.OK {
			t.Errorf("problems (-want +got):\n%s", diff)
		}
		if got := r.Problems[0].String(); got != "loan.reader_id: 1 live row refers to a deleted reader, such as l1" {
			t.Errorf("it says %q", got)
		}
		exec(t, d, "UPDATE loan SET deleted_at = "+at)
		exec(t, d, "UPDATE fandom SET deleted_at = "+at)
		if r := run(t, s); !r.OK {
			t.Errorf("with dismissed rows: %v", r.Problems)
		}
	})
}
