package product_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// tree creates clothing > shirts > linen, and equipment.
func tree(t *testing.T, s *product.Service) (clothing, shirts, linen, equipment *product.Category) {
	t.Helper()
	linen = &product.Category{Name: "Linen"}
	shirts = &product.Category{Name: "Shirts", CategoryChildren: []*product.Category{linen}}
	clothing = &product.Category{Name: "Clothing", CategoryChildren: []*product.Category{shirts}}
	equipment = &product.Category{Name: "Equipment"}
	moduletest.Create(t, s.Categories, clothing, equipment)
	return clothing, shirts, linen, equipment
}

// wantPath checks the path of a stored category.
func wantPath(t *testing.T, s *product.Service, c *product.Category, path ...*product.Category) {
	t.Helper()
	var ids []string
	for _, p := range path {
		ids = append(ids, p.ID)
	}
	got, err := s.Categories.Retrieve(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(ids, "."); got.MPath != want {
		t.Errorf("the path of %s is %s, want %s", c.Name, got.MPath, want)
	}
}

func TestPathsFollowTheParents(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := product.New(moduletest.Open(t, d, graph))
		clothing, shirts, linen, equipment := tree(t, s)
		if linen.Handle != "linen" {
			t.Errorf("the handle is %q", linen.Handle)
		}
		wantPath(t, s, clothing, clothing)
		wantPath(t, s, linen, clothing, shirts, linen)

		late := &product.Category{Name: "Late", ParentCategoryID: &linen.ID}
		moduletest.Create(t, s.Categories, late)
		wantPath(t, s, late, clothing, shirts, linen, late)

		// Moving shirts also moves what is below it.
		move := func(to any, all ...*product.Category) {
			t.Helper()
			var ids []string
			for _, c := range all {
				ids = append(ids, c.ID)
			}
			if n, err := s.Categories.Update(t.Context(), ids, module.Patch{"parent_category_id": to}); int(n) != len(all) || err != nil {
				t.Fatalf("moved %d, %v", n, err)
			}
		}
		move(equipment.ID, shirts)
		wantPath(t, s, shirts, equipment, shirts)
		wantPath(t, s, late, equipment, shirts, linen, late)
		move(nil, shirts, linen)
		wantPath(t, s, shirts, shirts)
		wantPath(t, s, late, linen, late)

		// Both ends of a branch in one call.
		clothing.ParentCategoryID, shirts.ParentCategoryID, linen.ParentCategoryID, late.ParentCategoryID = &late.ID, &equipment.ID, &shirts.ID, nil
		if err := s.Categories.Save(t.Context(), late, clothing, linen, shirts); err != nil {
			t.Fatal(err)
		}
		wantPath(t, s, clothing, late, clothing)
		wantPath(t, s, linen, equipment, shirts, linen)
	})
}

func TestCategoryRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := product.New(store)
		clothing, shirts, linen, equipment := tree(t, s)
		move := func(c *product.Category, to string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := s.Categories.Update(ctx, []string{c.ID}, module.Patch{"parent_category_id": to})
				return err
			}
		}
		create := func(c *product.Category) func(context.Context) error {
			return func(ctx context.Context) error { return s.Categories.Create(ctx, c) }
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: move(clothing, linen.ID), Words: []string{clothing.ID, "below itself"}},
			moduletest.Refusal{Do: move(clothing, clothing.ID), Words: []string{clothing.ID, "below itself"}},
			moduletest.Refusal{Do: move(clothing, "pcat_x"), Type: fault.NotFound, Words: []string{"pcat_x"}},
			moduletest.Refusal{Do: create(&product.Category{Name: "A", ParentCategoryID: new("pcat_x")}), Type: fault.NotFound, Words: []string{"pcat_x"}},
			moduletest.Refusal{Do: create(&product.Category{}), Words: []string{"product_category.name"}},
			moduletest.Refusal{Do: create(&product.Category{Name: "A", Rank: -1}), Words: []string{"product_category.rank"}},
			moduletest.Refusal{Do: create(&product.Category{Name: "Shirts"}), Type: fault.DuplicateError, Words: []string{`handle "shirts"`}},
			moduletest.Refusal{Name: "a circle in one call", Words: []string{"below itself"}, Do: func(ctx context.Context) error {
				a, b := *shirts, *equipment
				a.ParentCategoryID, b.ParentCategoryID = &b.ID, &a.ID
				return s.Categories.Save(ctx, &a, &b)
			}},
		)
		wantPath(t, s, linen, clothing, shirts, linen)
	})
}
