package module

import (
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// Module is a name and the models that belong to it.
type Module struct {
	Name   string
	Models []*model.Model
}

// New makes a module of the models, and tells each model its module.
func New(name string, models ...*model.Model) *Module {
	for _, m := range models {
		m.Module = name
	}
	return &Module{Name: name, Models: models}
}

// Store is the database and the graph that services work on. It is used by
// pointer, and its fields do not change after its first use.
type Store struct {
	DB    db.DB
	Graph *model.Graph
	Now   func() time.Time           // the clock of timestamps; nil is time.Now
	NewID func(prefix string) string // makes ids; nil is model.NewID

	once   sync.Once
	tables map[*model.Model]*table
}

// now is the instant of a call: UTC, in milliseconds as the databases keep it.
func (s *Store) now() time.Time {
	clock := s.Now
	if clock == nil {
		clock = time.Now
	}
	return clock().UTC().Truncate(time.Millisecond)
}

func (s *Store) newID(prefix string) string {
	if s.NewID != nil {
		return s.NewID(prefix)
	}
	return model.NewID(prefix)
}

// table is what the store knows of a model of its graph; nil for another
// model. All tables are worked out the first time one is asked for.
func (s *Store) table(m *model.Model) *table {
	s.once.Do(func() { s.tables = newTables(s.Graph, s.DB.Dialect()) })
	return s.tables[m]
}
