package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// digests are hashes of all records of every model that queries know, link
// tables too, by the model's name.
func digests(t testing.TB, s *emptyShop) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range s.Store.Graph.Models() {
		if len(m.Entities) > 0 {
			out[m.Name] = digest(t, s, m)
		}
	}
	return out
}

// digest hashes the answer in a form that does not depend on how a database
// writes its JSON.
func digest(t testing.TB, s *emptyShop, m *model.Model) string {
	t.Helper()
	r := query.Request{Entity: m.Entities[0], Fields: []string{"*"}, Limit: query.All, WithDeleted: true}
	answer, err := s.Query.Graph(t.Context(), r)
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	var records []any // numbers become floats: 20.0 here is 20 there
	if err := json.Unmarshal(answer.Data, &records); err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	plain, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(plain)
	return hex.EncodeToString(sum[:8])
}

func seeded(t testing.TB, d db.DB, o demo.Options) *emptyShop {
	t.Helper()
	s := open(t, d)
	if _, err := demo.Seed(t.Context(), s.Shop, o); err != nil {
		t.Fatal(err)
	}
	return s
}

// The same seed makes the same rows, in both databases.
func TestTheSameSeedMakesTheSameRows(t *testing.T) {
	t.Parallel()
	o := demo.Options{Seed: 3, Orders: few}
	want := digests(t, seeded(t, dbtest.SQLite(t), o))
	if len(want) < 70 {
		t.Errorf("only %d models were compared", len(want))
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		if diff := cmp.Diff(want, digests(t, seeded(t, d, o))); diff != "" {
			t.Errorf("the first -, another +\n%s", diff)
		}
	})
}

func TestAnotherSeedMakesAnotherShop(t *testing.T) {
	t.Parallel()
	a := digests(t, seeded(t, dbtest.SQLite(t), demo.Options{Seed: 3, Orders: few}))
	b := digests(t, seeded(t, dbtest.SQLite(t), demo.Options{Seed: -4, Orders: few}))
	for _, name := range []string{"order", "customer", "order_transaction", "order_cart", "product_variant"} {
		if a[name] == b[name] {
			t.Errorf("the records of %s are the same", name)
		}
	}
}
