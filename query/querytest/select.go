package querytest

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// selection is what is selected of a record: the getter of every key.
type selection struct {
	values   map[string]getter
	branches map[string]*branch
}

// branch is a selected relation.
type branch struct {
	scope         scope // at its end
	selection     *selection
	keep          condition
	keys          []sortKey
	limit, offset int
}

func newSelection() *selection {
	return &selection{map[string]getter{}, map[string]*branch{}}
}

// selectFields parses the paths of Fields.
func (e *evaluator) selectFields(at scope, fields []string) (*selection, error) {
	if len(fields) == 0 {
		return nil, fault.New(fault.InvalidData, "fields is empty")
	}
	s := newSelection()
	for _, f := range fields {
		if err := e.selectPath(s, at, strings.Split(strings.TrimSpace(f), ".")); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (e *evaluator) selectPath(s *selection, at scope, path []string) error {
	name := path[0]
	if name == "*" && len(path) == 1 {
		return e.selectAll(s, at)
	}
	if f := at.column(name); f != nil && len(path) == 1 {
		s.values[name] = func(r record) any { return e.value(r, f) }
		return nil
	}
	if f := at.column(strings.TrimPrefix(name, "raw_")); f != nil && f.Kind == model.Decimal && at.column(name) == nil && len(path) == 1 {
		s.values[name] = func(r record) any { return raw(e.value(r, f)) }
		return nil
	}
	edge := at.relation(name)
	if edge == nil {
		return at.unknown(strings.Join(path, "."))
	}
	if len(path) > 1 && strings.HasPrefix(path[1], "$") {
		get, err := e.aggregate(at, edge, path[1:])
		s.values[strings.Join(path, ".")] = get
		return err
	}
	return e.selectBranch(s, at, edge, path[1:])
}

// selectAll selects *: the columns, and the row that an overlay adds.
func (e *evaluator) selectAll(s *selection, at scope) error {
	for _, f := range at.columns() {
		s.values[f.Name] = func(r record) any { return e.value(r, f) }
	}
	if d := at.detail(); d != nil {
		return e.selectBranch(s, at, d, nil)
	}
	return nil
}

func (e *evaluator) selectBranch(s *selection, at scope, edge *model.Edge, rest []string) error {
	if len(rest) == 0 {
		rest = []string{"*"}
	}
	b := s.branches[edge.Name]
	if b == nil {
		b = &branch{scope: at.via(edge), selection: newSelection(), keep: always}
		s.branches[edge.Name] = b
	}
	if edge.Content == "" {
		return e.selectPath(b.selection, b.scope, rest)
	}
	if len(rest) > 1 || rest[0] != "*" {
		return fault.New(fault.InvalidData, "%s is a JSON document, returned as a whole", edge.Name)
	}
	return nil
}

// narrow applies a request's Lists.
func (e *evaluator) narrow(s *selection, lists map[string]query.Nested) error {
	for path, list := range lists {
		b := s.find(strings.Split(path, "."))
		if b == nil || !b.scope.edge.Many || list.Limit < 0 || list.Offset < 0 {
			return fault.New(fault.InvalidData, "lists: %q is not a list in fields, or its page is invalid", path)
		}
		var err error
		if b.keep, err = e.object(b.scope, list.Filters); err != nil {
			return err
		}
		if b.keys, err = e.order(b.scope, list.Order); err != nil {
			return err
		}
		b.limit, b.offset = list.Limit, list.Offset
	}
	return nil
}

func (s *selection) find(path []string) *branch {
	b := s.branches[path[0]]
	if b == nil || len(path) == 1 {
		return b
	}
	return b.selection.find(path[1:])
}
