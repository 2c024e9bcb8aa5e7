package querytest_test

import (
	"reflect"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

func newWorld(t testing.TB, seed uint64) *querytest.World {
	t.Helper()
	w, err := querytest.NewWorld(seed, "w_")
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	return w
}

// Every random request must have a result, or the suite compares nothing.
func TestRandomRequestsAreValid(t *testing.T) {
	t.Parallel()
	found, nested := 0, 0
	for seed := range uint64(60) {
		w := newWorld(t, seed)
		for n := range uint64(40) {
			r := w.Request(n, 0)
			records, count, err := querytest.Evaluate(w.Graph, w.Data, r)
			if err != nil && fault.TypeOf(err) != fault.NotFound {
				t.Fatalf("world %d, request %d: %v\n%s", seed, n, err, querytest.Describe(r))
			}
			if len(records) > count {
				t.Errorf("world %d, request %d: %d records of %d", seed, n, len(records), count)
			}
			if count > 0 {
				found++
			}
			for _, r := range records {
				for _, v := range r {
					if list, ok := v.([]any); ok && len(list) > 1 {
						nested++
					}
				}
			}
		}
	}
	if found < 1000 || nested < 200 {
		t.Errorf("of 2400 requests, %d found something, and %d lists held two records: too few to find mistakes", found, nested)
	}
}

func TestSeedsReproduceWorlds(t *testing.T) {
	t.Parallel()
	a, b, other := newWorld(t, 7), newWorld(t, 7), newWorld(t, 8)
	if !reflect.DeepEqual(a.Data, b.Data) {
		t.Error("two worlds of one seed hold different rows")
	}
	if reflect.DeepEqual(a.Data, other.Data) {
		t.Error("two seeds have the same rows")
	}
	if x, y := querytest.Describe(a.Request(3, 1)), querytest.Describe(b.Request(3, 1)); x != y {
		t.Errorf("two worlds of one seed have different requests:\n%s\n%s", x, y)
	}
}
