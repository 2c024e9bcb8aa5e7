package product_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// ranked returns the children of a category with their ranks: "A0 B1".
func ranked(t *testing.T, s *product.Service, parent any) string {
	t.Helper()
	all, err := s.Categories.List(t.Context(), module.Where{"parent_category_id": parent}, module.Page{Order: []string{"rank", "id"}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range all {
		out = append(out, fmt.Sprint(c.Name, c.Rank))
	}
	return strings.Join(out, " ")
}

func TestRanksOfSiblings(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := product.New(moduletest.Open(t, d, graph)), t.Context()
		root := &product.Category{Name: "Root"}
		other := &product.Category{Name: "Other", CategoryChildren: []*product.Category{{Name: "X"}, {Name: "Y"}}}
		moduletest.Create(t, s.Categories, root, other)
		of := map[string]*product.Category{}
		for _, name := range []string{"A", "B", "C", "D", "E"} {
			of[name] = &product.Category{Name: name, ParentCategoryID: &root.ID}
			moduletest.Create(t, s.Categories, of[name])
		}
		update := func(name string, p module.Patch) func() error {
			return func() error { _, err := s.Categories.Update(ctx, []string{of[name].ID}, p); return err }
		}
		for _, step := range []struct {
			do    func() error
			want  string
			other string
		}{
			{func() error { return nil }, "A0 B1 C2 D3 E4", "X0 Y1"},
			{update("E", module.Patch{"rank": 1}), "A0 E1 B2 C3 D4", "X0 Y1"},
			{update("A", module.Patch{"rank": 3}), "E0 B1 C2 A3 D4", "X0 Y1"},
			{update("B", module.Patch{"rank": 99}), "E0 C1 A2 D3 B4", "X0 Y1"},
			{update("B", module.Patch{"rank": 0}), "B0 E1 C2 A3 D4", "X0 Y1"},
			{update("B", module.Patch{"name": "Bb"}), "Bb0 E1 C2 A3 D4", "X0 Y1"},
			{update("E", module.Patch{"parent_category_id": other.ID}), "Bb0 C1 A2 D3", "X0 Y1 E2"},
			{update("E", module.Patch{"rank": 0}), "Bb0 C1 A2 D3", "E0 X1 Y2"},
			{func() error { return s.Categories.SoftDelete(ctx, of["C"].ID) }, "Bb0 A1 D2", "E0 X1 Y2"},
			{func() error { return s.Categories.Restore(ctx, of["C"].ID) }, "", "E0 X1 Y2"},
			{func() error {
				return s.Categories.Create(ctx, &product.Category{Name: "F", ParentCategoryID: &other.ID, Rank: 1}, &product.Category{Name: "G", ParentCategoryID: &other.ID})
			}, "", "E0 F1 X2 Y3 G4"},
			{func() error { return s.Categories.Delete(ctx, of["E"].ID) }, "", "F0 X1 Y2 G3"},
		} {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
			if got := ranked(t, s, root.ID); step.want != "" && got != step.want {
				t.Errorf("%s, want %s", got, step.want)
			}
			if got := ranked(t, s, other.ID); got != step.other {
				t.Errorf("other: %s, want %s", got, step.other)
			}
		}
		if got := ranked(t, s, nil); got != "Root0 Other1" {
			t.Errorf("without a parent: %s", got)
		}
	})
}

// Whatever is done, also at once, the ranks of siblings are 0, 1, 2 ….
func TestRanksHaveNoGaps(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := product.New(moduletest.Open(t, d, graph)), t.Context()
		parents := []*product.Category{{Name: "P"}, {Name: "Q"}}
		moduletest.Create(t, s.Categories, parents...)
		ids := make([]string, 12)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				c := &product.Category{Name: fmt.Sprintf("c%d-", i), ParentCategoryID: &parents[i%2].ID}
				if err := s.Categories.Create(ctx, c); err != nil {
					t.Error(err)
				}
				ids[i] = c.ID
			})
		}
		all.Wait()
		dice := rand.New(rand.NewPCG(3, 1))
		for range 30 {
			patch := module.Patch{"rank": dice.IntN(9)}
			if dice.IntN(2) == 0 {
				patch = module.Patch{"parent_category_id": parents[dice.IntN(2)].ID}
			}
			if _, err := s.Categories.Update(ctx, []string{ids[dice.IntN(12)], ids[dice.IntN(12)]}, patch); err != nil {
				t.Fatal(err)
			}
			count := 0
			for _, p := range parents {
				var ranks []int64
				list, err := s.Categories.List(ctx, module.Where{"parent_category_id": p.ID}, module.Page{Order: []string{"rank"}})
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range list {
					ranks = append(ranks, c.Rank)
				}
				for i, rank := range ranks {
					if rank != int64(i) {
						t.Fatalf("after %v: the ranks are %v", patch, ranks)
					}
				}
				count += len(ranks)
			}
			if count != len(ids) || slices.Contains(ids, "") {
				t.Fatalf("%d categories of %d", count, len(ids))
			}
		}
	})
}

// Siblings that are moved, created and deleted at once wait for each other: none
// of the calls fails, and no rank is there twice.
func TestMovesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := product.New(moduletest.Open(t, d, graph)), t.Context()
		p, q := &product.Category{Name: "P"}, &product.Category{Name: "Q"}
		moduletest.Create(t, s.Categories, p, q)
		below := make([]*product.Category, 8)
		for i := range below {
			below[i] = &product.Category{Name: fmt.Sprintf("c%d-", i), ParentCategoryID: &p.ID}
		}
		moduletest.Create(t, s.Categories, below...)
		var all sync.WaitGroup
		for i, c := range below {
			all.Go(func() {
				for k := range 4 {
					_, err := s.Categories.Update(ctx, []string{c.ID}, module.Patch{"rank": (i*3 + k) % 8})
					if err == nil && k == 2 {
						_, err = s.Categories.Update(ctx, []string{c.ID}, module.Patch{"parent_category_id": q.ID})
					}
					if err != nil {
						t.Error(err)
					}
				}
				if i%4 == 0 {
					if err := s.Categories.SoftDelete(ctx, c.ID); err != nil {
						t.Error(err)
					}
					if err := s.Categories.Create(ctx, &product.Category{Name: fmt.Sprintf("new%d-", i), ParentCategoryID: &p.ID}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for parent, want := range map[string]int{p.ID: 2, q.ID: 6} {
			list, err := s.Categories.List(ctx, module.Where{"parent_category_id": parent}, module.Page{Order: []string{"rank"}})
			if err != nil || len(list) != want {
				t.Fatalf("%d categories (%v), want %d", len(list), err, want)
			}
			for i, c := range list {
				if c.Rank != int64(i) {
					t.Errorf("%s is at place %d", c.Name, c.Rank)
				}
			}
		}
	})
}
