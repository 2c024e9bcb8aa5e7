package module

import (
	"context"
	"fmt"
	"reflect"

	"github.com/gorgon-commerce/gorgon/model"
)

// Rules are what a module asks of the records of one model, beyond what the
// model says of its fields. They hold wherever a record is written through a
// Store: on its own, nested in another, saved or updated. Each of them may be
// nil; the error of any stops the call, and nothing is written. A rule that
// changes what a pointer of a record leads to sets a pointer of its own.
type Rules[T any] struct {
	// New completes or refuses a record that is to be created, before the
	// records nested in it are taken in: it may nest more.
	New func(*T) error
	// Each completes or refuses a record as it will be stored. On Create its
	// id, defaults and foreign keys are set.
	Each func(*T) error
	// Before completes or refuses records together, in the transaction, before
	// they are written: the database still has what was.
	Before func(ctx context.Context, records []*T) error
	// After refuses records together when they, and all that was nested in
	// them, are written in the transaction that ctx carries.
	After func(ctx context.Context, records []*T) error
}

// rules are Rules for structs behind reflection.
type rules struct {
	fresh, each   func(record reflect.Value) error
	before, after func(ctx context.Context, records []reflect.Value) error
}

// Rule is the Rules of one model, as a Module lists them.
type Rule struct {
	model *model.Model
	rules *rules
}

// On returns the rules as those of a model. It panics when T is not the
// model's struct.
func On[T any](m *model.Model, of Rules[T]) Rule {
	if t := reflect.TypeFor[T](); m.Go != t {
		panic(fmt.Sprintf("module: rules of %v cannot hold for model %s, whose records are of type %v", t, m, m.Go))
	}
	return Rule{m, &rules{single(of.New), single(of.Each), together(of.Before), together(of.After)}}
}

func single[T any](rule func(*T) error) func(reflect.Value) error {
	if rule == nil {
		return nil
	}
	return func(record reflect.Value) error { return rule(pointer[T](record)) }
}

func together[T any](rule func(context.Context, []*T) error) func(context.Context, []reflect.Value) error {
	if rule == nil {
		return nil
	}
	return func(ctx context.Context, records []reflect.Value) error {
		all := make([]*T, len(records))
		for i, r := range records {
			all[i] = pointer[T](r)
		}
		return rule(ctx, all)
	}
}

// pointer is the record that a struct value is.
func pointer[T any](record reflect.Value) *T {
	p, _ := record.Addr().Interface().(*T) // For has seen to the type
	return p
}

// eachOf runs the rule for single records over them.
func (t *table) eachOf(records []reflect.Value) error {
	if t.rules == nil || t.rules.each == nil {
		return nil
	}
	for _, r := range records {
		if err := t.rules.each(r); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) beforeAll(ctx context.Context, records []reflect.Value) error {
	if t.rules == nil || t.rules.before == nil || len(records) == 0 {
		return nil
	}
	return t.rules.before(ctx, records)
}

func (t *table) afterAll(ctx context.Context, records []reflect.Value) error {
	if t.rules == nil || t.rules.after == nil || len(records) == 0 {
		return nil
	}
	return t.rules.after(ctx, records)
}
