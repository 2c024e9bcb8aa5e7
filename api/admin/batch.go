package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/query"
)

// batch is what a batch did: ids.
type batch struct{ created, updated, deleted []string }

// batchAnswer is the shape of a batch's answer.
var batchAnswer = api.Body{api.Must("created", api.List(api.Map)), api.Must("updated", api.List(api.Map)), api.Must("deleted", api.Map)}

// batch does all of a batch or nothing, and answers the records as they are
// then.
func (r *routes) batch(c *api.Call, entity string, fields []string, do func(ctx context.Context, v api.Values) (batch, error)) error {
	v, err := c.Body()
	if err != nil {
		return err
	}
	var created, updated []byte
	var done batch
	err = db.Do(c.Context(), r.Store.DB, func(ctx context.Context) error {
		if done, err = do(ctx, v); err != nil {
			return err
		}
		if created, err = r.read(ctx, entity, fields, done.created); err != nil {
			return err
		}
		updated, err = r.read(ctx, entity, fields, done.updated)
		return err
	})
	if err != nil {
		return err
	}
	return c.Batch(created, updated, entity, done.deleted)
}

// read reads records in the order of their ids.
func (r *routes) read(ctx context.Context, entity string, fields, ids []string) ([]byte, error) {
	if len(ids) == 0 {
		return []byte("[]"), nil
	}
	res, err := r.Query.Graph(ctx, query.Request{Entity: entity, Fields: fields, Filters: query.Filters{"id": ids}, KeepOrder: true, Limit: query.All})
	if err != nil {
		return nil, err
	}
	return res.Data, nil
}
