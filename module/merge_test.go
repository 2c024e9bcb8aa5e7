package module_test

import (
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// A patch merges into the metadata of each of its records, and replaces other
// columns.
func TestUpdateMergesMetadata(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples, ctx := openSamples(t, d), t.Context()
		a, b := full(), full()
		a.Metadata, b.Metadata = model.RawJSON(`{"own":1,"shared":"old"}`), nil
		if err := samples.Create(ctx, a, b); err != nil {
			t.Fatal(err)
		}
		patch := module.Patch{"metadata": map[string]any{"shared": "new", "own": ""}, "no_json": map[string]any{"k": ""}}
		if n, err := samples.Update(ctx, []string{a.ID, b.ID, "nobody"}, patch); err != nil || n != 2 {
			t.Fatalf("changed %d (%v), want 2", n, err)
		}
		for _, id := range []string{a.ID, b.ID} {
			got, err := samples.Retrieve(ctx, id)
			if err != nil || !sameJSON(got.Metadata, model.RawJSON(`{"shared":"new"}`)) || !sameJSON(got.NoJSON, model.RawJSON(`{"k":""}`)) {
				t.Errorf("%s: %s and %s (%v)", id, got.Metadata, got.NoJSON, err)
			}
		}
		var all sync.WaitGroup
		for _, key := range []string{"k1", "k2", "k3", "k4"} {
			all.Go(func() {
				if _, err := samples.Update(ctx, []string{b.ID, a.ID}, module.Patch{"metadata": map[string]any{key: true}}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got, _ := samples.Retrieve(ctx, a.ID); !sameJSON(got.Metadata, model.RawJSON(`{"shared":"new","k1":true,"k2":true,"k3":true,"k4":true}`)) {
			t.Errorf("after four updates at once: %s", got.Metadata)
		}
		if _, err := samples.Update(ctx, []string{a.ID}, module.Patch{"metadata": nil}); err != nil {
			t.Fatal(err)
		}
		if got, _ := samples.Retrieve(ctx, a.ID); got.Metadata != nil {
			t.Errorf("cleared: %s", got.Metadata)
		}
	})
}
