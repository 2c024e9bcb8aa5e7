package admin

import (
	"context"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows/stock"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
)

// itemLevels is the body of a batch of levels of one item. An update finds its level
// by the location.
type itemLevels struct {
	Create []stock.Level `json:"create"`
	Update []struct {
		ID string `json:"id"`
		stock.Level
	} `json:"update"`
	Delete []string `json:"delete"`
	Force  bool     `json:"force"` // also delete levels of what is in stock
}

// levelsOfItems is the body of a batch of levels of any items.
type levelsOfItems struct {
	Create []stock.LevelOf `json:"create"`
	Update []struct {
		ID string `json:"id"`
		stock.LevelOf
	} `json:"update"`
	Delete []string `json:"delete"`
	Force  bool     `json:"force"`
}

// levelWork is what a batch of levels does.
type levelWork struct {
	create, update []stock.LevelOf
	delete         []string
	force          bool
}

var (
	itemLevelBatches = body.For[itemLevels]()
	levelBatches     = body.For[levelsOfItems]()
)

// itemLevelBatch creates, changes and deletes levels of one item.
func (r *routes) itemLevelBatch() api.Route {
	return levelBatchRoute(r, "/admin/inventory-items/{id}/location-levels/batch", itemLevelBatches, func(c *api.Call, in *itemLevels) levelWork {
		of := func(l stock.Level) stock.LevelOf { return stock.LevelOf{InventoryItemID: c.Param("id"), Level: l} }
		w := levelWork{delete: in.Delete, force: in.Force}
		for _, l := range in.Create {
			w.create = append(w.create, of(l))
		}
		for _, l := range in.Update {
			w.update = append(w.update, of(l.Level))
		}
		return w
	})
}

// levelBatch creates, changes and deletes levels of any items.
func (r *routes) levelBatch() api.Route {
	return levelBatchRoute(r, "/admin/inventory-items/location-levels/batch", levelBatches, func(_ *api.Call, in *levelsOfItems) levelWork {
		w := levelWork{create: in.Create, delete: in.Delete, force: in.Force}
		for _, l := range in.Update {
			w.update = append(w.update, l.LevelOf)
		}
		return w
	})
}

// levelBatchRoute returns a route that does all of a batch of levels or nothing.
func levelBatchRoute[T any](r *routes, path string, schema *body.Schema[T], work func(c *api.Call, in *T) levelWork) api.Route {
	levels := api.Resource{Entity: "inventory_level", Fields: api.Fields(levelFields)}
	selector := levels.Selector(r.Shop)
	return api.Route{
		Method: http.MethodPost, Path: path, Access: api.Admin, Summary: "Create, change and delete inventory levels", Body: schema.Object(), Params: selector.Parameters(),
		Answer: api.Answer{Entity: levels.Entity, Batch: true, Plain: true, Fields: levels.Fields},
		Do: func(c *api.Call) error {
			fields, err := selector.Fields(c)
			if err != nil {
				return err
			}
			in, err := api.Decode(c, schema)
			if err != nil {
				return err
			}
			w := work(c, in)
			var created, updated []byte
			err = r.Do(c.Context(), func(ctx context.Context) (err error) {
				created, updated, err = r.doLevels(ctx, c, w, fields)
				return err
			})
			if err != nil {
				return err
			}
			return c.PlainBatch(created, updated, w.delete)
		},
	}
}

// doLevels does a batch of levels, and returns those created and changed.
func (r *routes) doLevels(ctx context.Context, c *api.Call, w levelWork, fields []string) (created, updated []byte, err error) {
	fresh, err := r.stock.CreateLevels(ctx, w.create...)
	if err != nil {
		return nil, nil, err
	}
	changed, err := r.stock.UpdateLevels(ctx, w.update...)
	if err != nil {
		return nil, nil, err
	}
	if err := r.levelsOf(ctx, c.Param("id"), w.delete); err != nil {
		return nil, nil, err
	}
	if err := r.Inventory.RemoveLevels(ctx, w.force, w.delete...); err != nil {
		return nil, nil, err
	}
	if created, err = r.read(ctx, "inventory_level", fields, fresh); err != nil {
		return nil, nil, err
	}
	updated, err = r.read(ctx, "inventory_level", fields, changed)
	return created, updated, err
}

// levelsOf returns a not_found error if one of the levels is not of the item; "" is
// any item.
func (r *routes) levelsOf(ctx context.Context, item string, ids []string) error {
	where := module.Where{"id": ids}
	if item != "" {
		where["inventory_item_id"] = item
	}
	found, err := r.Inventory.InventoryLevels.List(ctx, where, module.Page{})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(found, func(l *inventory.InventoryLevel) bool { return l.ID == id }) {
			return fault.New(fault.NotFound, "Inventory level with id: %s was not found", fault.Clip(id))
		}
	}
	return nil
}
