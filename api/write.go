package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Write is a creation or a change: what is sent, and what is done with it.
type Write struct {
	Body   body.Object
	Beside *Beside // what is responded with beside the record; nil is nothing
	read   func(c *Call) (step, error)
}

// Beside is another record that a write responds with, such as the order that a return is
// of.
type Beside struct {
	Answer Answer // with its key in the envelope
	Read   func(ctx context.Context, id string) (json.RawMessage, error)
}

// With returns the write, which responds with another record, too.
func (w *Write) With(b *Beside) *Write {
	w.Beside = b
	return w
}

// step is the work of a write; its context carries the transaction. It returns
// the id of the record to respond with.
type step = func(ctx context.Context) (id string, err error)

// Writes returns a write whose body has a schema. do works in the transaction
// that its context carries, and returns the id of the record to respond with.
func Writes[T any](schema *body.Schema[T], do func(ctx context.Context, c *Call, in *T) (id string, err error)) *Write {
	return &Write{Body: schema.Object(), read: func(c *Call) (step, error) {
		in, err := Decode(c, schema)
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context) (string, error) { return do(ctx, c, in) }, nil
	}}
}

// Does returns a write without a body.
func Does(do func(ctx context.Context, c *Call) (id string, err error)) *Write {
	return Writes(body.For[struct{}](), func(ctx context.Context, c *Call, _ *struct{}) (string, error) { return do(ctx, c) })
}

// Creates returns a write of one new record of a module, whose columns a body
// sets.
func Creates[T any](r module.Records[T], columns body.Columns) *Write {
	return Writes(body.For[T](columns), func(ctx context.Context, _ *Call, record *T) (string, error) {
		return Create(ctx, r, record)
	})
}

// Create writes a new record of a module, and returns its id.
func Create[T any](ctx context.Context, r module.Records[T], record *T) (string, error) {
	if err := r.Create(ctx, record); err != nil {
		return "", err
	}
	return idOf(record, r.Model()), nil
}

// idOf returns the key of a record.
func idOf(record any, m *model.Model) string {
	return reflect.ValueOf(record).Elem().FieldByIndex(m.Field(m.PrimaryKey()).Path).String()
}

// Updates returns a write that changes columns of the record whose id is the
// parameter "id" of the path: those that the body has.
func Updates[T any](r module.Records[T], columns body.Columns) *Write {
	return Writes(body.For[module.Patch](columns), func(ctx context.Context, c *Call, p *module.Patch) (string, error) {
		id := c.Param("id")
		return id, Update(ctx, r, id, *p)
	})
}

// Update changes columns of one record of a module. An empty patch changes
// nothing, not even updated_at.
func Update[T any](ctx context.Context, r module.Records[T], id string, p module.Patch) error {
	if len(p) == 0 {
		return nil // reading the record tells whether it exists
	}
	_, err := r.Update(ctx, []string{id}, p)
	return err
}

// writeRoute returns a POST that responds with the record it wrote, read in the
// same transaction.
func (b *bound) writeRoute(w *Write, path, summary string) Route {
	answers := b
	if b.parent != nil {
		answers = b.parent
	}
	sent := w.Body
	if sent == nil {
		sent = body.Object{}
	}
	answer := Answer{Entity: answers.Entity, Key: answers.One, Fields: answers.one.defaults, Added: answers.added(), Below: answers.Below}
	if w.Beside != nil {
		answer.Beside = &w.Beside.Answer
	}
	return Route{
		Method: http.MethodPost, Path: path, Access: b.Access, Summary: summary, Body: sent, Params: b.oneParameters(), Answer: answer,
		Do: func(c *Call) error {
			found, beside, err := b.write(c, answers, w)
			if err != nil {
				return err
			}
			if w.Beside != nil {
				c.raw([]byte(`{"`+answer.Beside.Key+`":`), beside, []byte(`,"`+answers.One+`":`), found, []byte("}"))
				return nil
			}
			return c.One(answers.One, found)
		},
	}
}

func (b *bound) write(c *Call, answers *bound, w *Write) (found, beside []byte, err error) {
	if err := b.oneOnly(c); err != nil {
		return nil, nil, err
	}
	do, err := w.read(c)
	if err != nil {
		return nil, nil, err
	}
	err = b.shop.Do(c.Context(), func(ctx context.Context) error {
		if err := b.owned(ctx, c); err != nil {
			return err
		}
		id, err := do(ctx)
		if err != nil {
			return err
		}
		if found, err = answers.find(ctx, c, id); err != nil || w.Beside == nil {
			return err
		}
		beside, err = w.Beside.Read(ctx, id)
		return err
	})
	return found, beside, err
}

// owned checks a nested path.
func (b *bound) owned(ctx context.Context, c *Call) error {
	if b.Owner.Check == nil {
		return nil
	}
	return b.Owner.Check(ctx, c)
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
	out := deleted{ID: id, Object: or(b.Owner.Object, b.One), Deleted: true}
	err := b.shop.Do(c.Context(), func(ctx context.Context) error {
		if err := b.owned(ctx, c); err != nil {
			return err
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
	return c.JSON(out)
}

// DeleteBelow returns a DELETE at a path below one record. do deletes what object is
// called in the response, and returns its id; the record is its parent.
func (r Resource) DeleteBelow(s *shop.Shop, path, object, summary string, do func(ctx context.Context, c *Call) (id string, err error)) Route {
	b := r.bind(s)
	return Route{
		Method: http.MethodDelete, Path: r.onePath() + path, Access: r.Access, Summary: summary, Params: b.oneParameters(),
		Answer: Answer{Delete: true, Entity: b.Entity, Fields: b.one.defaults},
		Do: func(c *Call) error {
			if err := b.oneOnly(c); err != nil {
				return err
			}
			out := deleted{Object: object, Deleted: true}
			err := s.Do(c.Context(), func(ctx context.Context) (err error) {
				if out.ID, err = do(ctx, c); err == nil {
					out.Parent, err = b.find(ctx, c, b.idOf(c))
				}
				return err
			})
			if err != nil {
				return err
			}
			return c.JSON(out)
		},
	}
}
