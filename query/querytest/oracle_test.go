package querytest_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

// The databases must return what the evaluator does for thousands of random requests.
// To reproduce a mismatch, pass its seed: GORGON_ORACLE_SEED=n
// GORGON_ORACLE_WORLDS=1 go test -run TestDatabasesAgreeWithTheEvaluator.
func TestDatabasesAgreeWithTheEvaluator(t *testing.T) {
	t.Parallel()
	size := querytest.SizeFromEnv(querytest.Size{Seed: 1, Worlds: 100, Requests: 72})
	if testing.Short() {
		size.Worlds = 10
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		t.Parallel()
		querytest.Run(t, d, size)
	})
}
