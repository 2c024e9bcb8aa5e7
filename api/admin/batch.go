package admin

import (
	"cmp"
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/query"
)

// batch is the body of a route that creates, changes and deletes records at
// once.
type batch[Create, Update any] struct {
	Create []Create `json:"create"`
	Update []Update `json:"update"`
	Delete []string `json:"delete"`
}

// batchWork is what a batch does: its functions one after the other, or whole. They
// get what is in the body, and return the ids of the records written.
type batchWork[Create, Update any] struct {
	create func(ctx context.Context, c *api.Call, all []Create) (ids []string, err error)
	update func(ctx context.Context, c *api.Call, one *Update) (id string, err error)
	delete func(ctx context.Context, c *api.Call, ids []string) error
	object string // in what is said of the deleted; "" is the entity

	// whole does all at once, instead of the others.
	whole func(ctx context.Context, c *api.Call, in *batch[Create, Update]) (created, updated []string, err error)
}

// batchRoute returns a route that does all of a batch or nothing, and answers
// the records of a resource as they are then.
func batchRoute[C, U any](r *routes, path, summary string, schema *body.Schema[batch[C, U]], of api.Resource, work batchWork[C, U]) api.Route {
	selector := of.Selector(r.Shop)
	return api.Route{
		Method: http.MethodPost, Path: path, Access: api.Admin, Summary: summary, Body: schema.Object(), Params: selector.Parameters(),
		Answer: api.Answer{Entity: of.Entity, Batch: true, Fields: of.Fields, Below: of.Below},
		Do: func(c *api.Call) error {
			fields, err := selector.Fields(c)
			if err != nil {
				return err
			}
			in, err := api.Decode(c, schema)
			if err != nil {
				return err
			}
			var created, updated []byte
			err = r.Do(c.Context(), func(ctx context.Context) (err error) {
				created, updated, err = work.run(ctx, c, in, func(ids []string) ([]byte, error) {
					records, err := r.read(ctx, of.Entity, fields, ids)
					if err != nil || of.Finish == nil {
						return records, err
					}
					return of.Finish(fields, records)
				})
				return err
			})
			if err != nil {
				return err
			}
			return c.Batch(created, updated, cmp.Or(work.object, of.Entity), in.Delete)
		},
	}
}

func (w batchWork[C, U]) run(ctx context.Context, c *api.Call, in *batch[C, U], read func(ids []string) ([]byte, error)) (created, updated []byte, err error) {
	do := w.whole
	if do == nil {
		do = w.inTurn
	}
	fresh, changed, err := do(ctx, c, in)
	if err != nil {
		return nil, nil, err
	}
	if created, err = read(fresh); err != nil {
		return nil, nil, err
	}
	updated, err = read(changed)
	return created, updated, err
}

// inTurn creates, changes and deletes.
func (w batchWork[C, U]) inTurn(ctx context.Context, c *api.Call, in *batch[C, U]) (created, updated []string, err error) {
	if created, err = w.create(ctx, c, in.Create); err != nil {
		return nil, nil, err
	}
	updated = make([]string, len(in.Update))
	for i := range in.Update {
		if updated[i], err = w.update(ctx, c, &in.Update[i]); err != nil {
			return nil, nil, err
		}
	}
	return created, updated, w.delete(ctx, c, in.Delete)
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
