package query

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// resolveVirtual replaces the ids of virtual links by their records. It decodes
// and encodes the data for that, which other requests do not pay for. Each
// virtual link of each level is resolved once, for all its ids.
func resolveVirtual(ctx context.Context, q *query, in Context, data []byte) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var records []any
	if err := d.Decode(&records); err != nil {
		return nil, err
	}
	if err := resolveLevel(ctx, q.root, in, records); err != nil {
		return nil, err
	}
	return json.Marshal(records)
}

func resolveLevel(ctx context.Context, n *node, in Context, records []any) error {
	for _, v := range n.virtuals {
		ctx, err := in.at(ctx, v.name)
		if err != nil {
			return err
		}
		if err := resolveEdge(ctx, v, records); err != nil {
			return err
		}
	}
	for _, k := range n.children {
		var below []any
		for _, r := range records {
			switch child := r.(map[string]any)[k.name].(type) {
			case map[string]any:
				below = append(below, child)
			case []any:
				below = append(below, child...)
			}
		}
		if n.content == nil && k.content == nil && len(below) > 0 {
			if err := resolveLevel(ctx, k, in.below(k.name), below); err != nil {
				return err
			}
		}
	}
	return nil
}

func resolveEdge(ctx context.Context, v virtual, records []any) error {
	var ids []string
	seen := map[string]bool{}
	for _, r := range records {
		if id, ok := r.(map[string]any)[v.name].(string); ok && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	found := map[string]model.RawJSON{}
	if len(ids) > 0 {
		var err error
		if found, err = v.edge.Virtual.Resolve(ctx, ids); err != nil {
			return unresolved(err, v)
		}
	}
	for _, r := range records {
		m := r.(map[string]any)
		id, _ := m[v.name].(string)
		m[v.name] = found[id]
	}
	return nil
}

// unresolved returns the error of a virtual link whose records cannot be had. A
// mistake in the request's context stays one.
func unresolved(err error, v virtual) error {
	if fault.TypeOf(err) == fault.InvalidData {
		return fault.Wrap(err, fault.InvalidData, "%s of %s: %s", v.name, v.edge.From, err.Error())
	}
	return fault.Wrap(err, fault.Unavailable, "cannot get the records of the virtual link %s of %s", v.name, v.edge.From)
}
