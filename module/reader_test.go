package module_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// A query that fails ends the reading, with its error.
func TestReaderKeepsTheFirstError(t *testing.T) {
	t.Parallel()
	b := opened(t, dbtest.SQLite(t))
	r := module.NewReader(t.Context())
	if all := module.Read(r, b.coins, module.Where{"id": []string{}}); all != nil || r.Err() != nil {
		t.Errorf("one of none: %v, %v", all, r.Err())
	}
	if all := module.Read(r, b.coins, nil); len(all) != 2 || all[0].ID != "c2" || r.Err() != nil {
		t.Errorf("all: %v, %v", all, r.Err())
	}
	module.Read(r, b.coins, module.Where{"nothing": 1})
	if all := module.Read(r, b.coins, nil); all != nil {
		t.Errorf("after an error: %v", all)
	}
	wantFault(t, r.Err(), fault.InvalidData, "nothing")
}
