package module

import (
	"fmt"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// A Store is what services read from and write to: a database, the graph of all
// models, and the rules of the modules. It is safe for concurrent use, except
// that all calls of Watch must come before.
type Store struct {
	DB    db.DB
	Graph *model.Graph

	source   Source
	modules  []*Module
	tables   map[*model.Model]*table
	services []any
	watchers []Watcher
	inborn   int // how many of the watchers the modules registered when the store was made
}

// Source is where a store takes times and ids from.
type Source struct {
	Now   func() time.Time           // nil means time.Now
	NewID func(prefix string) string // nil means model.NewID
}

// NewStore returns a store on a database. The graph must contain the models of
// the modules. The rules of the modules apply to every record written through
// the store, and ServiceOf returns their services. NewStore panics if a module
// has rules for a model that is not in the graph or that has rules already,
// which are programming errors.
func NewStore(d db.DB, g *model.Graph, modules ...*Module) *Store {
	return newStore(&Store{DB: d, Graph: g, modules: modules})
}

// From returns a new store on the same database, with the same modules and
// watchers, that takes times and ids from another source. It has services of its
// own.
func (s *Store) From(source Source) *Store {
	out := newStore(&Store{DB: s.DB, Graph: s.Graph, source: source, modules: s.modules})
	for _, w := range s.watchers[s.inborn:] { // its modules have registered theirs
		out.Watch(w)
	}
	return out
}

func newStore(s *Store) *Store {
	s.tables = newTables(s.Graph, s.DB.Dialect())
	for _, m := range s.modules {
		if m.Rules != nil {
			s.setRules(m, m.Rules(s))
		}
	}
	for _, m := range s.modules {
		if m.Service != nil {
			s.services = append(s.services, m.Service(s))
		}
	}
	s.inborn = len(s.watchers)
	return s
}

func (s *Store) setRules(m *Module, rules []Rule) {
	for _, r := range rules {
		t := s.tables[r.model]
		if t == nil {
			panic(fmt.Sprintf("module: module %s has rules for %s, which is not in the store's graph", m.Name, r.model))
		}
		if t.rules != nil {
			panic(fmt.Sprintf("module: module %s has rules for %s, which has rules already", m.Name, r.model))
		}
		t.rules = r.rules
	}
}

// Modules returns the modules that the store was created with.
func (s *Store) Modules() []*Module { return s.modules }

// ServiceOf returns the service of type S that one of the store's modules
// provides. It panics if none does.
func ServiceOf[S any](s *Store) S {
	for _, service := range s.services {
		if service, ok := service.(S); ok {
			return service
		}
	}
	panic(fmt.Sprintf("module: no module of the store provides a %T", *new(S)))
}

// ServicesOf returns all services of type S that the store's modules provide, in the order
// of the modules: S is an interface, such as that of the providers of something.
func ServicesOf[S any](s *Store) []S {
	var out []S
	for _, service := range s.services {
		if service, ok := service.(S); ok {
			out = append(out, service)
		}
	}
	return out
}

// Now returns the current time as the databases store it: in UTC, truncated to
// milliseconds.
func (s *Store) Now() time.Time {
	clock := s.source.Now
	if clock == nil {
		clock = time.Now
	}
	return clock().UTC().Truncate(time.Millisecond)
}

// NewID returns a new id with a prefix, such as "order".
func (s *Store) NewID(prefix string) string {
	if s.source.NewID != nil {
		return s.source.NewID(prefix)
	}
	return model.NewID(prefix)
}

// table returns the table of a model, or nil if the model is not in the graph.
func (s *Store) table(m *model.Model) *table { return s.tables[m] }
