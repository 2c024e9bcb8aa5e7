package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// writeRoute is a POST that answers the record it wrote: read in the same
// transaction, so that the answer is what was written.
func (b *bound) writeRoute(w *Write, path, summary string) Route {
	answers := b
	if b.parent != nil {
		answers = b.parent
	}
	body := w.Body
	if body == nil {
		body = Body{}
	}
	return Route{
		Method: http.MethodPost, Path: path, Access: b.Access, Summary: summary, Body: body, Params: b.oneParameters(),
		Answer: Answer{Entity: answers.Entity, Key: answers.One, Fields: answers.one.defaults},
		Do: func(c *Call) error {
			found, err := b.write(c, answers, w.Do)
			if err != nil {
				return err
			}
			c.one(answers.One, found)
			return nil
		},
	}
}

func (b *bound) write(c *Call, answers *bound, do Do) (found []byte, err error) {
	if err := b.oneOnly(c); err != nil {
		return nil, err
	}
	v, err := c.Body()
	if err != nil {
		return nil, err
	}
	err = db.Do(c.Context(), b.shop.Store.DB, func(ctx context.Context) error {
		if b.Owned != nil {
			if err := b.Owned(ctx, c); err != nil {
				return err
			}
		}
		id, err := do(ctx, c, v)
		if err != nil {
			return err
		}
		found, err = answers.find(ctx, c, id)
		return err
	})
	return found, err
}

func (b *bound) deleteRoute() Route {
	answer := Answer{Delete: true}
	if b.parent != nil {
		answer.Entity, answer.Fields = b.parent.Entity, b.parent.one.defaults
	}
	return Route{
		Method: http.MethodDelete, Path: b.onePath(), Access: b.Access, Summary: "Delete a " + b.name(),
		Params: b.oneParameters(), Answer: answer, Do: b.remove,
	}
}

func (b *bound) remove(c *Call) error {
	if err := b.oneOnly(c); err != nil {
		return err
	}
	id := b.idOf(c)
	out := deleted{ID: id, Object: or(b.Object, b.One), Deleted: true}
	err := db.Do(c.Context(), b.shop.Store.DB, func(ctx context.Context) error {
		if b.Owned != nil {
			if err := b.Owned(ctx, c); err != nil {
				return err
			}
		}
		if err := b.Delete(ctx, id); err != nil || b.parent == nil {
			return err
		}
		var err error
		out.Parent, err = b.parent.find(ctx, c, b.parent.idOf(c))
		return err
	})
	if err != nil {
		return err
	}
	if b.Deleted != nil {
		b.Deleted()
	}
	return c.JSON(out)
}

// Creates writes one new record of a module: its columns as they come.
func Creates[T any](r module.Records[T], columns ...string) *Write {
	body := Columns(r.Model(), columns...)
	return &Write{body, func(ctx context.Context, _ *Call, v Values) (string, error) {
		return Create(ctx, r, v)
	}}
}

// Create writes a new record of a module with the values of a body, and
// answers its id.
func Create[T any](ctx context.Context, r module.Records[T], v Values) (string, error) {
	record := new(T)
	if err := v.Into(record); err != nil {
		return "", err
	}
	if err := r.Create(ctx, record); err != nil {
		return "", err
	}
	return idOf(record, r.Model()), nil
}

// idOf is the key of a record.
func idOf(record any, m *model.Model) string {
	return reflect.ValueOf(record).Elem().FieldByIndex(m.Field(m.PrimaryKey()).Path).String()
}

// Updates changes columns of one record of a module: those that are given.
func Updates[T any](r module.Records[T], columns ...string) *Write {
	body := Columns(r.Model(), columns...).Optional()
	return &Write{body, func(ctx context.Context, c *Call, v Values) (string, error) {
		id := c.Param("id")
		return id, Update(ctx, r, id, v.Patch(columns...))
	}}
}

// Update changes one record of a module, which must be there.
func Update[T any](ctx context.Context, r module.Records[T], id string, p module.Patch) error {
	if len(p) == 0 {
		return nil // the answer tells whether it is there
	}
	_, err := r.Update(ctx, []string{id}, p)
	return err
}
