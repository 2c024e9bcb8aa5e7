package schema

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// The tables that record migrations. The first has a row for each migration, the
// newest with the highest id. The second has a row for each data migration.
const (
	versions = "gorgon_schema"
	ran      = "gorgon_migration"
)

// state is what a database has recorded about its schema.
type state struct {
	names       map[string]bool // of tables and views
	id          int64           // of the newest row; 0 if there is none
	version     int64
	fingerprint string
	history     map[string]bool // the fingerprints of all migrations
	data        map[string]bool // data migrations that ran
}

// read reads the state. Without the lock, another replica may commit between two
// statements. The names are therefore read after the row, so that they are never
// older: a plan from both is either right, or its id shows that it is stale.
func (s *Schema) read(ctx context.Context, c db.Conn, e engine) (*state, error) {
	st := &state{}
	if err := st.readNames(ctx, c, e); err != nil || !st.names[versions] {
		return st, cmp.Or(err, st.foreign())
	}
	if err := st.readNewest(ctx, c); err != nil {
		return nil, err
	}
	if st.version > Version {
		return nil, fault.New(fault.UnexpectedState,
			"the database has schema version %d of a newer Gorgon; this binary supports version %d: use the newer one", st.version, Version)
	}
	return st, st.readNames(ctx, c, e)
}

// foreign returns an error if the database is one of Medusa, whose tables have the
// names of ours.
func (st *state) foreign() error {
	if !st.names["mikro_orm_migrations"] {
		return nil
	}
	return fault.New(fault.NotAllowed, "this is a database of Medusa, which Gorgon does not change: create an empty one, and copy the shop into it with `gorgon import medusa`")
}

func (st *state) readNames(ctx context.Context, c db.Conn, e engine) error {
	names, err := db.Collect[string](ctx, c, e.relations())
	st.names = set(names)
	return err
}

func (st *state) readNewest(ctx context.Context, c db.Conn) error {
	rows, err := c.Query(ctx, "SELECT id, version, fingerprint FROM "+versions+" ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	st.history = map[string]bool{}
	for rows.Next() {
		if err := rows.Scan(&st.id, &st.version, &st.fingerprint); err != nil {
			return err
		}
		st.history[st.fingerprint] = true
	}
	return rows.Err()
}

// readData reads which data migrations have run.
func (st *state) readData(ctx context.Context, c db.Conn) error {
	if !st.names[ran] {
		return nil
	}
	names, err := db.Collect[string](ctx, c, "SELECT name FROM "+ran)
	st.data = set(names)
	return err
}

func set(names []string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[n] = true
	}
	return out
}

// missing returns the tables of the models that the database does not have.
func (s *Schema) missing(st *state) []string {
	var out []string
	for _, m := range s.models {
		if !st.names[m.Table] {
			out = append(out, m.Table)
		}
	}
	return out
}

// Check reports whether the database has all that this schema needs; it may have
// more. It is for every start of the program. If it does not, the error is a fault
// of type UnexpectedState that says what to do. If the last migration was to this
// schema, Check takes three short queries and relies on it: only Plan finds a
// table that was changed by other means.
func (s *Schema) Check(ctx context.Context, d db.DB) error {
	e, err := engineOf(d)
	if err != nil {
		return err
	}
	st, err := s.read(ctx, db.Use(ctx, d), e)
	if err != nil {
		return err
	}
	missing := s.missing(st)
	switch {
	case st.id == 0:
		return fault.New(fault.UnexpectedState, "the database has no tables of Gorgon yet; run `gorgon migrate`, or `gorgon demo` for a demo shop")
	case len(missing) > 0:
		return fault.New(fault.UnexpectedState, "the database lacks %s; run `gorgon migrate`", some(missing))
	case st.version != Version:
		return fault.New(fault.UnexpectedState,
			"the tables do not match this binary; `gorgon migrate --plan` shows the changes, `gorgon migrate` applies them")
	case st.fingerprint != s.fingerprint():
		return s.usable(ctx, d, e, st)
	}
	return nil
}

// some returns the first few of the tables and the number of the others.
func some(tables []string) string {
	const few = 3
	switch n := len(tables); {
	case n == 1:
		return "the table " + tables[0]
	case n <= few:
		return "the tables " + strings.Join(tables, ", ")
	default:
		return fmt.Sprintf("the tables %s and %d more", strings.Join(tables[:few], ", "), n-few)
	}
}

// remember creates the two tables if they do not exist. Both databases know the
// types.
func (st *state) remember(ctx context.Context, c db.Conn) error {
	if st.names[versions] && st.names[ran] {
		return nil
	}
	for _, sql := range []string{
		"CREATE TABLE IF NOT EXISTS " + versions + " (id bigint PRIMARY KEY, version bigint NOT NULL, fingerprint text NOT NULL, applied_at text NOT NULL)",
		"CREATE TABLE IF NOT EXISTS " + ran + " (name text PRIMARY KEY, applied_at text NOT NULL)",
	} {
		if _, err := c.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// note records that the database is at this schema.
func (s *Schema) note(ctx context.Context, d db.DB, st *state) error {
	p := d.Dialect().Placeholder
	insert := fmt.Sprintf("INSERT INTO %s (id, version, fingerprint, applied_at) VALUES (%s, %s, %s, %s)", versions, p(1), p(2), p(3), p(4))
	_, err := db.Use(ctx, d).Exec(ctx, insert, st.id+1, int64(Version), s.fingerprint(), now())
	return err
}

// noteData records that a data migration has run.
func noteData(ctx context.Context, d db.DB, name string) error {
	p := d.Dialect().Placeholder
	insert := fmt.Sprintf("INSERT INTO %s (name, applied_at) VALUES (%s, %s)", ran, p(1), p(2))
	_, err := db.Use(ctx, d).Exec(ctx, insert, name, now())
	return err
}

func now() string { return time.Now().UTC().Format(model.TimeFormat) }
