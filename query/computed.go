package query

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Computed is a field that a program computes for the records of a model, such as
// what a variant costs where the customer is. It is returned when a request names
// it, like the records of a virtual link; it cannot be used in filters or order.
type Computed struct {
	Model *model.Model
	Name  string // of the field
	Of    string // a column of the model, by whose values it is computed
	// Compute returns JSON values by those values; those without one become null. It is called once per level of
	// a result. ContextOf(ctx) is what the request says about the field.
	Compute  func(ctx context.Context, of []string) (map[string]model.RawJSON, error)
	Anywhere bool // whether it can be computed without a context
}

// computedEdges are computed fields, by model and name, as edges to follow.
type computedEdges map[*model.Model]map[string]computedEdge

type computedEdge struct {
	*model.Edge
	anywhere bool
}

func edgesOf(computed []Computed) computedEdges {
	out := computedEdges{}
	for _, c := range computed {
		if out[c.Model] == nil {
			out[c.Model] = map[string]computedEdge{}
		}
		out[c.Model][c.Name] = computedEdge{&model.Edge{
			Name: c.Name, From: c.Model, Kind: model.ReadOnly, Virtual: &model.Virtual{Column: c.Of, Resolve: c.Compute},
		}, c.Anywhere}
	}
	return out
}

// Context says by path for whom or where fields are computed:
//
//	{"variants": {"calculated_price": {"region_id": "reg_01…"}}}
//
// A field's own context may also stand below a key "context".
type Context map[string]any

type contextKey struct{}

// ContextOf returns what a request says about the field or virtual link that is
// being resolved, as a JSON object; nil if it says nothing.
func ContextOf(ctx context.Context) json.RawMessage {
	text, _ := ctx.Value(contextKey{}).(json.RawMessage)
	return text
}

// at returns ctx with the context of a field.
func (c Context) at(ctx context.Context, name string) (context.Context, error) {
	own := c.below(name)
	if inner := own.below("context"); len(own) == 1 && inner != nil {
		own = inner
	}
	if own == nil {
		return context.WithValue(ctx, contextKey{}, json.RawMessage(nil)), nil // not that of a query around this one
	}
	text, err := json.Marshal(own)
	if err != nil {
		return nil, fault.Wrap(err, fault.InvalidData, "context: %s holds a value that is not JSON", name)
	}
	return context.WithValue(ctx, contextKey{}, json.RawMessage(text)), nil
}

// below returns the context below a name, or nil.
func (c Context) below(name string) Context {
	switch v := c[name].(type) {
	case map[string]any:
		return v
	case Context:
		return v
	}
	return nil
}

// checkContext returns an error if a context names what is not computed below a
// node.
func (n *node) checkContext(c Context, path string) error {
	for name := range c {
		at := path + "." + name
		if c.below(name) == nil {
			return fault.New(fault.InvalidData, "%s must be an object", fault.Clip(at))
		}
		if slices.ContainsFunc(n.virtuals, func(v virtual) bool { return v.name == name }) {
			continue
		}
		child := slices.IndexFunc(n.children, func(k *node) bool { return k.name == name })
		if child < 0 {
			return fault.New(fault.InvalidData, "%s: nothing of that name among the fields is computed", fault.Clip(at))
		}
		if err := n.children[child].checkContext(c.below(name), at); err != nil {
			return err
		}
	}
	return nil
}
