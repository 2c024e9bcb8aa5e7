package schema

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"ariga.io/atlas/sql/schema"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// Version is the version of how models become tables. A database that a higher
// version has migrated is refused. Increase it when tables change in a way that
// older binaries cannot handle.
const Version = 1

// A Schema is the tables that a database should have. A program creates one. It is
// safe for concurrent use.
type Schema struct {
	models      []*model.Model
	data        []DataMigration
	fingerprint func() string
	postgres    func() (*script, error)
	sqlite      func() (*script, error)
}

// A DataMigration changes rows, once per database. It runs after the tables have
// changed, in the same transaction, which ctx carries. The database records the
// Name; a DataMigration of that name does not run again.
type DataMigration struct {
	Name string
	Run  func(ctx context.Context, d db.DB) error
	// Old means that it changes rows of older versions only. Where the tables are created with it, it is recorded
	// without being run.
	Old bool
}

// New returns the schema of the models, which are usually all of graph.Models(),
// with data migrations in the order in which they run. The methods of the Schema
// return an error if a model is invalid, for example because a default is not a
// value of its kind.
func New(models []*model.Model, data ...DataMigration) *Schema {
	s := &Schema{models: models, data: data}
	s.fingerprint = sync.OnceValue(s.print)
	s.postgres = sync.OnceValues(func() (*script, error) { return s.write(postgresEngine{}) })
	s.sqlite = sync.OnceValues(func() (*script, error) { return s.write(sqliteEngine{}) })
	return s
}

// script creates all tables in an empty database.
type script struct {
	changes []Change // one per table, and one per foreign key in a cycle
	sql     string   // all of them
}

func (s *Schema) write(e engine) (*script, error) {
	want, err := desired(s.models, e)
	if err != nil {
		return nil, err
	}
	adds, err := compare(e, &schema.Schema{}, want)
	if err != nil {
		return nil, err
	}
	changes, err := inSQL(context.Background(), e, adds)
	if err != nil {
		return nil, err
	}
	changes = append(changes, e.extras(s.models)...)
	var all []string
	for _, c := range changes {
		all = append(all, c.SQL)
	}
	return &script{changes, strings.Join(all, "\n")}, nil
}

func (s *Schema) scriptOf(e engine) (*script, error) {
	if _, ok := e.(postgresEngine); ok {
		return s.postgres()
	}
	return s.sqlite()
}

// print returns the fingerprint: a hash of everything that determines the tables.
// It does not depend on the order of models and fields.
func (s *Schema) print() string {
	var lines []string
	for _, m := range s.models {
		lines = append(lines, fmt.Sprintf("%s key %q", m.Table, m.Key))
		for _, f := range m.Fields {
			line := fmt.Sprintf("%s.%s %s null=%t serial=%t default=%q enum=%q", m.Table, f.Name, f.Kind, f.Null, f.Serial, f.Default, f.Enum)
			if r := f.References; r != nil {
				line += fmt.Sprintf(" references %s.%s %s", r.Model.Table, r.Column, r.OnDelete)
			}
			lines = append(lines, line)
		}
		for _, i := range m.Indexes {
			lines = append(lines, fmt.Sprintf("%s index %q unique=%t where %q", m.Table, i.Columns, i.Unique, i.Where))
		}
		if m.Counted {
			lines = append(lines, fmt.Sprintf("%s counted by %q", m.Table, m.CountedBy))
		}
		if m.SearchIndex {
			lines = append(lines, fmt.Sprintf("%s searched by %s", m.Table, m.SearchText("")))
		}
		for _, c := range m.Checks {
			lines = append(lines, fmt.Sprintf("%s check %q %q", m.Table, c.Name, c.Expr))
		}
	}
	slices.Sort(lines)
	for _, d := range s.data {
		lines = append(lines, "data "+d.Name)
	}
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}
