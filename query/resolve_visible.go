package query

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// parseVisible parses the conditions of Request.Visible. Their slots come before
// those of the filters. They do not count as the caller's conditions.
func (r *resolver) parseVisible() error {
	if len(r.request.Visible) == 0 {
		return nil
	}
	r.visible = make(map[*model.Model][]condition, len(r.request.Visible))
	var buf [8]string
	for _, entity := range sortedKeys(r.request.Visible, buf[:0]) {
		m, err := r.graph.Model(entity)
		if err != nil {
			return err
		}
		if r.visible[m], err = r.filters.filters(r.request.Visible[entity], "visible."+entity); err != nil {
			return err
		}
	}
	r.filters.count = 0
	return nil
}

// see resolves what a record of the scope must meet to be seen.
func (r *resolver) see(s *scope) error {
	conditions, ok := r.visible[s.model]
	if !ok || slices.Contains(r.seen, s.model) {
		return nil
	}
	r.seen = append(r.seen, s.model)
	err := r.seeAll(s, conditions)
	r.seen = r.seen[:len(r.seen)-1]
	return err
}

func (r *resolver) seeAll(s *scope, conditions []condition) (err error) {
	var open []condition
	for _, c := range conditions {
		if !r.seenAlready(s, c) {
			open = append(open, c)
		}
	}
	if len(open) == 0 {
		return nil
	}
	s.visible, err = r.all(s, open)
	return err
}

// seenAlready reports whether a condition asks only that the record has a visible
// parent, and the scope is reached from that parent.
func (r *resolver) seenAlready(s *scope, c condition) bool {
	if s.edge == nil || c.class != isMap || len(c.children) > 0 {
		return false
	}
	back := r.graph.Edge(s.model, c.key)
	return back != nil && back.To == s.edge.From && inverse(s.edge, back) && !slices.Contains(r.seen[:len(r.seen)-1], back.To)
}

// inverse reports whether two relations are one column read from both sides.
func inverse(a, b *model.Edge) bool {
	if len(a.Hops) != 1 || len(b.Hops) != 1 || len(a.Hops[0].On) != 1 || len(b.Hops[0].On) != 1 {
		return false
	}
	there, back := a.Hops[0].On[0], b.Hops[0].On[0]
	return there.Of != "" && there.Column == back.Of && there.Of == back.Column && !there.Listed && !back.Listed
}
