package module

import (
	"context"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// A Module is one isolated part of a shop: its models, the rules for their
// records, and the service that works with them.
//
//	var Module = &module.Module{Name: "brand", Models: []*model.Model{Brands}, Rules: rules, Service: module.Provide(New)}
type Module struct {
	// Name is the module's name, such as "order". It is part of the names of link tables.
	Name string
	// Models are the module's data models. A model belongs to one module only.
	Models []*model.Model
	// Rules returns the rules for the module's records on a store; nil means there are none. See Rules and On.
	Rules func(s *Store) []Rule
	// Checks find rows that break the rules of the module; see Check.
	Checks []Check
	// Settle computes what the module stores beside its records because it follows from them, such as totals, and calls
	// found, which may be nil, with every value that differs from the stored one. Unless dry, it writes them. An import ends with it,
	// and verify calls it.
	// Nil means that there is nothing of the kind.
	Settle func(ctx context.Context, s *Store, dry bool, found func(Wrong)) error
	// Reconcile finishes what the module began outside of the database longer ago than a duration, such as calls of providers that
	// were not answered. It returns how much it finished, and the errors of the rest. A server calls it every minute, outside of
	// transactions. Nil means that there is nothing of the kind.
	Reconcile func(ctx context.Context, s *Store, olderThan time.Duration) (finished int, err error)
	// Machines are the state machines of the module's records.
	Machines []Diagram
	// Service returns a new service of the module on a store; nil means the module has none. See Provide and ServiceOf.
	Service func(s *Store) any
}

// Wrong is a stored value that is not what follows from its causes.
type Wrong struct {
	Model            *model.Model
	ID               string // of the row
	Column           string
	Stored, Computed string // as JSON
	Kept             bool   // a repair leaves the value: it is a record of what happened
}

// New returns a module with the models, without rules or a service.
func New(name string, models ...*model.Model) *Module {
	m := &Module{Name: name, Models: models}
	m.own()
	return m
}

// owning guards the Module of models: several shops of one process share the
// built-in models.
var owning sync.Mutex

// own sets the module's name on each of its models.
func (m *Module) own() {
	owning.Lock()
	defer owning.Unlock()
	for _, of := range m.Models {
		if of.Module != m.Name { // others may read it
			of.Module = m.Name
		}
	}
}

// Models returns the models of all modules, in order, for model.NewGraph.
func Models(modules ...*Module) []*model.Model {
	var out []*model.Model
	for _, m := range modules {
		m.own()
		out = append(out, m.Models...)
	}
	return out
}

// Provide returns a service's constructor in the form that Module.Service takes.
func Provide[S any](service func(*Store) S) func(*Store) any {
	return func(s *Store) any { return service(s) }
}
