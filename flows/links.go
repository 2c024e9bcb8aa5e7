package flows

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// setLinks makes these the records that a record is linked to. The pair names
// the record, and the model of the others with an empty id.
func (f *Flows) setLinks(ctx context.Context, open link.Pair, ids []string) error {
	rows, err := f.Links.List(ctx, open)
	if err != nil {
		return err
	}
	other, mine := ends(open)
	linked := map[string]bool{}
	var gone []link.Pair
	for _, row := range rows {
		for _, id := range row.Keys {
			if id == mine {
				continue
			}
			linked[id] = true
			if !slices.Contains(ids, id) {
				gone = append(gone, with(open, other, id))
			}
		}
	}
	if len(gone) > 0 {
		if _, err := f.Links.Dismiss(ctx, gone...); err != nil {
			return err
		}
	}
	var fresh []link.Pair
	for _, id := range ids {
		if !linked[id] {
			fresh = append(fresh, with(open, other, id))
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	_, err = f.Links.Create(ctx, fresh...)
	return err
}

// ends are the open end of a pair, and the id of the other one.
func ends(open link.Pair) (other *model.Model, mine string) {
	for m, id := range open {
		if id == "" {
			other = m
		} else {
			mine = id
		}
	}
	return other, mine
}

func with(p link.Pair, m *model.Model, id string) link.Pair {
	out := maps.Clone(p)
	out[m] = id
	return out
}
