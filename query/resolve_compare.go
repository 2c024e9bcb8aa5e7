package query

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// column resolves what a filter has for a column: null, a value, a list,
// operators or, for a JSON column, further keys.
func (r *resolver) column(o operand, rest []string, c condition) (*cond, error) {
	if o.aggregate == nil && o.kind() == model.JSON {
		o.json, o.inJSON = append(slices.Clip(o.json), rest...), true
		rest = nil
	}
	if len(rest) > 0 && strings.HasPrefix(rest[0], "$") {
		return r.operators(o, wrap(rest, c))
	}
	if len(rest) > 0 {
		return nil, fault.New(fault.InvalidData, "filters: %s goes through a column (%s)", fault.Clip(c.path), o.kind())
	}
	switch c.class {
	case isMap:
		return r.operators(o, c)
	case isNull:
		if c.key != "$not" && o.field != nil && o.overlay == nil && len(o.scope.model.Key) == 1 && o.field.Name == o.scope.model.Key[0] && o.scope.edge == nil {
			return nil, fault.New(fault.InvalidData, "filters: %s is null, which no %s has; omit it to match all records", fault.Clip(c.path), o.scope.model)
		}
		return r.compare(o, "$eq", c)
	case isList:
		return r.compare(o, "$in", c)
	}
	return r.compare(o, "$eq", c)
}

// operators resolves {"$gt": 1, "$lt": 5}; all of them must hold.
func (r *resolver) operators(o operand, c condition) (*cond, error) {
	if len(c.children) == 0 {
		return nil, fault.New(fault.InvalidData, "filters: %s is {}: give a value or an operator", fault.Clip(c.path))
	}
	children := make([]*cond, 0, len(c.children))
	for _, k := range c.children {
		child, err := r.operator(o, k)
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	return both(children), nil
}

func (r *resolver) operator(o operand, k condition) (*cond, error) {
	switch {
	case k.key == "$not":
		child, err := r.column(o, nil, k)
		return &cond{op: opNot, children: []*cond{child}}, err
	case o.inJSON && !strings.HasPrefix(k.key, "$"):
		return r.column(o, strings.Split(k.key, "."), k)
	case k.key == "$and" || k.key == "$or":
		children := make([]*cond, 0, len(k.groups))
		for _, g := range k.groups {
			child, err := r.operators(o, condition{path: k.path, class: isMap, children: g})
			if err != nil {
				return nil, err
			}
			children = append(children, child)
		}
		return grouped(k.key, children), nil
	}
	return r.compare(o, k.key, k)
}

// operatorUse says which values an operator takes and on which kinds it works.
type operatorUse struct {
	list  bool // takes a list
	null  bool // takes null
	kinds func(model.Kind) bool
}

func anyScalar(k model.Kind) bool  { return k != model.TextList }
func ordered(k model.Kind) bool    { return k.Ordered() }
func isTextKind(k model.Kind) bool { return k == model.Text }
func isListKind(k model.Kind) bool { return k == model.TextList }
func anyKind(model.Kind) bool      { return true }

var operatorUses = map[string]operatorUse{
	"$eq": {null: true, kinds: anyScalar}, "$ne": {null: true, kinds: anyScalar},
	"$in": {list: true, kinds: anyScalar}, "$nin": {list: true, kinds: anyScalar},
	"$gt": {kinds: ordered}, "$gte": {kinds: ordered}, "$lt": {kinds: ordered}, "$lte": {kinds: ordered},
	"$like": {kinds: isTextKind}, "$ilike": {kinds: isTextKind}, "$re": {kinds: isTextKind}, "$fulltext": {kinds: isTextKind},
	"$exists":   {kinds: anyKind},
	"$contains": {list: true, kinds: isListKind}, "$overlap": {list: true, kinds: isListKind}, "$contained": {list: true, kinds: isListKind},
}

// operatorMeant is fault.DidYouMean for operators: of names without their $, since
// it makes short ones similar to too many.
func operatorMeant(op string, names []string) string {
	near := fault.Nearest(strings.TrimPrefix(op, "$"), names)
	if len(near) == 0 {
		return ""
	}
	return "; did you mean $" + strings.Join(near, ", $") + "?"
}

// compare resolves one comparison. Operator, kind and value must go together.
func (r *resolver) compare(o operand, op string, c condition) (*cond, error) {
	use, ok := operatorUses[op]
	if !ok {
		var names []string // without their $, since short names are similar to too many
		for name := range operatorUses {
			names = append(names, name[1:])
		}
		return nil, fault.New(fault.InvalidData, "filters: there is no operator %q (in %s)%s", fault.Clip(op), fault.Clip(c.path), operatorMeant(op, names))
	}
	kind := o.kind()
	if o.inJSON {
		kind = jsonKind(c)
	}
	null := c.class == isNull
	switch {
	case null && !use.null:
		return nil, fault.New(fault.InvalidData, "filters: %s needs a value, not null", fault.Clip(c.path))
	case null && (op == "$eq" || op == "$ne"):
		return &cond{op: opCompare, left: o, compare: op + "null", slot: noRow, path: c.path}, nil
	case c.hasNull && !use.kinds(model.Text):
		return nil, fault.New(fault.InvalidData, "filters: %s has a null, which a list column cannot hold", fault.Clip(c.path))
	case use.list && c.class != isList:
		return nil, fault.New(fault.InvalidData, "filters: %s takes a list of values", fault.Clip(c.path))
	case !use.list && (c.class == isList || c.class == isMap):
		return nil, fault.New(fault.InvalidData, "filters: %s takes one value", fault.Clip(c.path))
	case !use.kinds(kind):
		return nil, fault.New(fault.InvalidData, "filters: %s: %s does not work on %s column", fault.Clip(c.path), op, fault.Article(kind.String()))
	case op == "$exists" && c.class != isBool && c.class != isText:
		return nil, fault.New(fault.InvalidData, "filters: %s takes true or false", fault.Clip(c.path))
	}
	class := c.class
	if class == isList {
		class = c.element
	}
	return &cond{op: opCompare, left: o, compare: op, slot: c.slot, class: class, hasNull: c.hasNull, path: c.path}, nil
}

// jsonKind returns the kind as which a value inside a JSON column is compared
// with the condition's value.
func jsonKind(c condition) model.Kind {
	class := c.class
	if class == isList {
		class = c.element
	}
	switch class {
	case isNumber:
		return model.Decimal
	case isBool:
		return model.Bool
	}
	return model.Text
}
