package module

import (
	"context"
	"fmt"
	"reflect"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// Rules are the rules for the records of one model, in addition to what the
// model says about its fields. They apply whenever a record is written through
// a Store: on its own, nested in another record, saved, or updated. Each rule
// may be nil. If a rule returns an error, the call returns it and nothing is
// written.
//
// A rule may change the record it is given. To change a value behind a pointer,
// it must set a new pointer: the old one may be shared with the caller.
type Rules[T any] struct {
	// New checks or completes a record that is about to be created. It runs
	// before the records nested in it are collected, so it may nest more.
	New func(*T) error
	// Each checks or completes a record as it will be stored. When a record is
	// created, its id, defaults and foreign keys are set already.
	Each func(*T) error
	// Before checks or completes the records of a call together, in the
	// transaction that ctx carries, before they are written. The database still
	// has the old rows.
	Before func(ctx context.Context, records []*T) error
	// After checks the records of a call together, in the transaction that ctx
	// carries, after they and everything nested in them have been written.
	After func(ctx context.Context, records []*T) error
	// InTurn makes calls that write, delete or lock records of the model wait for each
	// other's transactions, before they lock a row. Rules that write records beside
	// those of the call, such as their siblings, would deadlock without it.
	InTurn bool
}

// rules are the Rules of any model, for structs behind reflection.
type rules struct {
	created, each func(record reflect.Value) error
	before, after func(ctx context.Context, records []reflect.Value) error
	inTurn        bool
}

// A Rule is the Rules of one model, in the form that Module.Rules returns. Use
// On to get one.
type Rule struct {
	model *model.Model
	rules *rules
}

// On returns a Rule with the rules for a model. It panics if T is not the
// model's struct.
func On[T any](m *model.Model, of Rules[T]) Rule {
	if t := reflect.TypeFor[T](); m.Go != t {
		panic(fmt.Sprintf("module: rules for %v cannot apply to model %s, whose records are of type %v", t, m, m.Go))
	}
	return Rule{m, &rules{single(of.New), single(of.Each), together(of.Before), together(of.After), of.InTurn}}
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

// pointer returns a pointer to the struct that record is.
func pointer[T any](record reflect.Value) *T {
	p, _ := record.Addr().Interface().(*T) // For and On check the type
	return p
}

// takeTurn waits for the transactions of other calls that write records of a
// table whose rules want that.
func (s *Store) takeTurn(ctx context.Context, t *table) error {
	if t.rules == nil || !t.rules.inTurn {
		return nil
	}
	text := s.DB.Dialect().Exclusive("write " + t.model.Table)
	if text == "" {
		return nil
	}
	_, err := db.Use(ctx, s.DB).Exec(ctx, text)
	return err
}

// eachOf runs Rules.Each on each of the records.
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
