package product

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// The mpath of a category is the ids from its root down to itself, with dots
// between. It follows from the parents: whoever moves a category moves what is
// below it.

// place works out the paths of categories that are written. Their parents are
// among them or are in the database, where they are locked so that nobody
// moves them meanwhile. A category cannot come below itself.
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

// pathOf goes up from a category, at most as many steps as there are
// categories: one more means that the way is a circle.
func pathOf(c *Category, written, parents map[string]*Category, steps int) (string, error) {
	switch {
	case steps == 0:
		return "", fault.New(fault.InvalidData, "product_category %q would come below itself", c.ID)
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
		return "", fault.New(fault.InvalidData, "product_category %q would come below itself: %q is below it", c.ID, id)
	}
	return parent.MPath + "." + c.ID, nil
}

// moveDescendants brings the paths below the written categories up to date.
func (s *Service) moveDescendants(ctx context.Context, categories []*Category) error {
	written := map[string]bool{}
	for _, c := range categories {
		written[c.ID] = true
	}
	var tops []string // those below another are reached from it
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
