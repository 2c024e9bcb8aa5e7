package module

import (
	"sync"

	"github.com/gorgon-commerce/gorgon/model"
)

// Module is one isolated part of a shop: its models, the rules of their
// records, and the service that works on them.
//
//	var Module = &module.Module{Name: "brand", Models: []*model.Model{Brands}, Rules: rules, Service: module.Provide(New)}
type Module struct {
	// Name is the module's name: "order". It is part of the names of link tables.
	Name string
	// Models are the data models that belong to the module, and to no other.
	Models []*model.Model
	// Rules returns what the module asks of its records on a store; nil means nothing. See Rules and On.
	Rules func(s *Store) []Rule
	// Service makes the module's service on a store; nil means none. ServiceOf finds it again.
	Service func(s *Store) any
}

// New returns a module of the models, without rules and without a service.
func New(name string, models ...*model.Model) *Module {
	m := &Module{Name: name, Models: models}
	m.own()
	return m
}

// owning guards the Module of models: several shops of one process share the
// built-in models.
var owning sync.Mutex

// own tells each model its module.
func (m *Module) own() {
	owning.Lock()
	defer owning.Unlock()
	for _, of := range m.Models {
		if of.Module != m.Name { // others may read it
			of.Module = m.Name
		}
	}
}

// Models returns the models of all modules, in order: what a graph is made of.
func Models(modules ...*Module) []*model.Model {
	var out []*model.Model
	for _, m := range modules {
		m.own()
		out = append(out, m.Models...)
	}
	return out
}

// Provide turns a service's constructor into the Service of a Module.
func Provide[S any](service func(*Store) S) func(*Store) any {
	return func(s *Store) any { return service(s) }
}
