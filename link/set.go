package link

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Set replaces the records that a record is linked to: it dismisses the links to
// records that are not among ids, and creates those that are missing. open gives
// the id of the record, and an empty id for the model of the others:
//
//	err := links.Set(ctx, link.Pair{product.Products: id, saleschannel.SalesChannels: ""}, channelIDs...)
func (m *Manager) Set(ctx context.Context, open Pair, ids ...string) error {
	d, e, err := m.resolve(open, true)
	if err != nil {
		return err
	}
	if (e.left == "") == (e.right == "") {
		return fault.New(fault.InvalidData, "to set the links %s, name the record at one end and leave the id of the other empty", d)
	}
	other := &d.Left
	if e.left != "" {
		other = &d.Right
	}
	return db.Do(ctx, m.store.DB, func(ctx context.Context) error {
		rows, err := m.List(ctx, open)
		if err != nil {
			return err
		}
		var gone, missing []string
		for _, row := range rows {
			if id := row.Keys[other.Column]; !slices.Contains(ids, id) {
				gone = append(gone, id)
			}
		}
		for _, id := range ids {
			if !slices.ContainsFunc(rows, func(r Row) bool { return r.Keys[other.Column] == id }) {
				missing = append(missing, id)
			}
		}
		if _, err := m.Dismiss(ctx, pairs(open, d.key(open, other), gone)...); err != nil {
			return err
		}
		_, err = m.Create(ctx, pairs(open, d.key(open, other), missing)...)
		return err
	})
}

// pairs returns copies of a pair, each with one of the ids at the open end.
func pairs(open Pair, other Of, ids []string) []Pair {
	out := make([]Pair, len(ids))
	for i, id := range ids {
		out[i] = maps.Clone(open)
		out[i][other] = id
	}
	return out
}
