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

// Version is the version of the way models become tables. A database that a
// higher version has touched is refused. Raise it when tables change in a way
// that an older binary must not meet.
const Version = 1

// Schema is what a database shall look like: the tables of some models. It is
// safe for use by many goroutines and made once per program; what it works out
// for a dialect, it keeps.
type Schema struct {
	models      []*model.Model
	data        []DataMigration
	fingerprint func() string
	postgres    func() (*script, error)
	sqlite      func() (*script, error)
}

// DataMigration changes rows, once per database, after the tables have been
// changed and in the same transaction, which ctx carries. Its name is what is
// remembered; it never runs again under that name.
type DataMigration struct {
	Name string
	Run  func(ctx context.Context, d db.DB) error
}

// New makes the schema of the models, pivot and link tables included (all of
// graph.Models()), with the data migrations in the order they run. What is
// wrong with a model (a default that is no value of its kind, a reference to a
// model that is not there) shows when the schema is used.
func New(models []*model.Model, data ...DataMigration) *Schema {
	s := &Schema{models: models, data: data}
	s.fingerprint = sync.OnceValue(s.print)
	s.postgres = sync.OnceValues(func() (*script, error) { return s.write(postgresEngine{}) })
	s.sqlite = sync.OnceValues(func() (*script, error) { return s.write(sqliteEngine{}) })
	return s
}

// script makes all tables in an empty database.
type script struct {
	changes []Change // one a table, but for foreign keys that close a circle
	sql     string   // all of them
}

func (s *Schema) write(e engine) (*script, error) {
	shall, err := desired(s.models, e)
	if err != nil {
		return nil, err
	}
	adds, err := compare(e, &schema.Schema{}, shall)
	if err != nil {
		return nil, err
	}
	changes, err := inSQL(context.Background(), e, adds)
	if err != nil {
		return nil, err
	}
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

// print is a hash of everything that the tables follow from. It does not
// depend on the order of models and fields.
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
