package product

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// The mpath of a category is the ids from its root to the category, joined by dots.
// It follows from the parents, so moving a category changes the paths of all its
// descendants.

// placeAndRank runs place, and then rank.
func (s *Service) placeAndRank(ctx context.Context, categories []*Category) error {
	if err := s.place(ctx, categories); err != nil {
		return err
	}
	return s.rank(ctx, categories)
}

// place sets the paths of categories that are written. Their parents are among them
// or in the database, where they are locked so that they are not moved at the same
// time. It returns an error if a category would be its own ancestor.
func (s *Service) place(ctx context.Context, categories []*Category) error {
	written := map[string]*Category{}
	for _, c := range categories {
		written[c.ID] = c
	}
	var above []string
	for _, c := range categories {
		if c.ParentCategoryID != nil && written[*c.ParentCategoryID] == nil {
			above = append(above, *c.ParentCategoryID)
		}
	}
	parents, err := s.Categories.Lock(ctx, above...)
	if err != nil {
		return err
	}
	for _, c := range categories {
		path, err := pathOf(c, written, parents, len(categories))
		if err != nil {
			return err
		}
		c.MPath = path
	}
	return nil
}

// pathOf returns the path of a category. steps bounds the number of ancestors: more
// than there are categories means a cycle.
func pathOf(c *Category, written, parents map[string]*Category, steps int) (string, error) {
	switch {
	case steps == 0:
		return "", fault.New(fault.InvalidData, "product_category %q would be below itself", c.ID)
	case c.ParentCategoryID == nil:
		return c.ID, nil
	}
	id := *c.ParentCategoryID
	if up := written[id]; up != nil {
		path, err := pathOf(up, written, parents, steps-1)
		return path + "." + c.ID, err
	}
	parent := parents[id]
	if parent == nil {
		return "", fault.New(fault.NotFound, "product_category.parent_category_id: there is no product_category with id %q", id)
	}
	if slices.Contains(strings.Split(parent.MPath, "."), c.ID) {
		return "", fault.New(fault.InvalidData, "product_category %q would be below itself: %q is below it", c.ID, id)
	}
	return parent.MPath + "." + c.ID, nil
}

// moveDescendants updates the paths of the descendants of written categories.
func (s *Service) moveDescendants(ctx context.Context, categories []*Category) error {
	written := map[string]bool{}
	for _, c := range categories {
		written[c.ID] = true
	}
	var tops []string // without those below another, which are reached from there
	for _, c := range categories {
		up := strings.Split(c.MPath, ".")
		if !slices.ContainsFunc(up[:len(up)-1], func(id string) bool { return written[id] }) {
			tops = append(tops, c.ID)
		}
	}
	query := `WITH RECURSIVE tree(id, path) AS (
			SELECT id, mpath FROM product_category WHERE ` + s.store.DB.Dialect().List("id", 1) + `
			UNION ALL
			SELECT c.id, tree.path || '.' || c.id FROM product_category c JOIN tree ON c.parent_category_id = tree.id
			WHERE length(tree.path) < 10000)
		UPDATE product_category SET mpath = tree.path FROM tree
		WHERE tree.id = product_category.id AND product_category.mpath <> tree.path`
	_, err := s.store.UpdateSet(ctx, Categories, []string{"mpath"}, query, tops)
	return err
}
