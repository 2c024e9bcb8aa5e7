package querytest

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/query"
)

func TestScratchBroken(t *testing.T) {
	worlds, _ := strconv.Atoi(os.Getenv("SCRATCH"))
	if worlds == 0 {
		t.Skip()
	}
	d := dbtest.SQLite(t)
	if os.Getenv("PG") != "" {
		d = dbtest.Postgres(t)
	}
	shown := 0
	for seed := range uint64(worlds) {
		w, err := NewWorld(seed, fmt.Sprintf("w%d_", seed))
		if err != nil {
			t.Fatal(err)
		}
		if err := Create(t.Context(), d, w.Graph, w.Data); err != nil {
			t.Fatal(err)
		}
		s := &session{world: w, db: d, engine: query.New(w.Graph, d, query.Limits{})}
		for n := range uint64(100) {
			r := w.Broken(n)
			if s.compare(t.Context(), r) != "" {
				r = s.shrink(t.Context(), r)
				b, err := json.Marshal(r.Filters)
				f := string(b)
				if err != nil {
					f = fmt.Sprintf("%#v", r.Filters)
				}
				fmt.Printf("%d/%d %s\n     %s %q %s order %q page %d %d v%d lists %v keep %v req %v del %v count %v\n", seed, n, s.compare(t.Context(), r), r.Entity, r.Fields, f, r.Order, r.Limit, r.Offset, r.Version, r.Lists, r.KeepOrder, r.RequireKeys, r.WithDeleted, r.Count)
				if shown++; shown > 60 {
					return
				}
			}
		}
	}
}
