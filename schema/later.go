package schema

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ariga.io/atlas/sql/schema"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// divide returns the changes that a migration makes in its transaction, and those
// that can wait until it is committed: indexes that no rule needs, of tables
// without other changes. Each of these is a change of its own, and new indexes
// come before those that they replace are dropped.
func divide(changes []schema.Change) (now, later []schema.Change) {
	var drops []schema.Change
	for _, c := range changes {
		m, ok := c.(*schema.ModifyTable)
		if !ok || slices.ContainsFunc(m.Changes, func(sub schema.Change) bool { return plainIndex(sub) == nil }) {
			now = append(now, c)
			continue
		}
		for _, sub := range m.Changes {
			one := &schema.ModifyTable{T: m.T, Changes: []schema.Change{sub}}
			if _, drop := sub.(*schema.DropIndex); drop {
				drops = append(drops, one)
			} else {
				later = append(later, one)
			}
		}
	}
	return now, append(later, drops...)
}

// plainIndex returns the index that a change adds or drops, if it is not unique.
func plainIndex(c schema.Change) *schema.Index {
	switch c := c.(type) {
	case *schema.AddIndex:
		if !c.I.Unique {
			return c.I
		}
	case *schema.DropIndex:
		if !c.I.Unique {
			return c.I
		}
	}
	return nil
}

// planLater returns the changes that come after the transaction.
func planLater(ctx context.Context, e engine, changes []schema.Change) ([]Change, error) {
	var out []Change
	for _, c := range changes {
		planned, err := inSQL(ctx, e, []schema.Change{c})
		if err != nil {
			return nil, err
		}
		for _, p := range planned {
			p.index = plainIndex(c.(*schema.ModifyTable).Changes[0]).Name
			create, drop := e.online()
			p.SQL = strings.Replace(strings.Replace(p.SQL, "CREATE INDEX ", create, 1), "DROP INDEX ", drop, 1)
			out = append(out, p)
		}
	}
	return out, nil
}

// build applies the changes that come after the transaction, one by one. After an
// interruption, the next migration goes on with those that are missing.
func (p *Plan) build(ctx context.Context, d db.DB, e engine, o Options) (err error) {
	if !p.builds() {
		return nil
	}
	release, err := e.builder(ctx, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := e.clear(ctx, d); err != nil { // what another replica was building
		return err
	}
	var tables []string
	for _, c := range p.Changes {
		if c.index == "" {
			continue
		}
		if _, err := d.Exec(ctx, c.SQL); err != nil {
			return unbuilt(err, c)
		}
		if c.Table != "" && !slices.Contains(tables, d.Dialect().Quote(c.Table)) {
			tables = append(tables, d.Dialect().Quote(c.Table))
		}
		if o.Progress != nil {
			o.Progress(c)
		}
	}
	_, err = d.Exec(ctx, d.Dialect().Analyze(tables...)) // the planner knows nothing of new indexes
	return err
}

// unbuilt says which index is missing after an error.
func unbuilt(err error, c Change) error {
	var f *fault.Error
	if errors.As(err, &f) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.Wrap(err, fault.UnexpectedState, "the tables are migrated, but not their indexes (%s: %s): %v; run `gorgon migrate` again", c.Table, c.Summary, err)
}

// builds reports whether a plan has changes that come after its transaction.
func (p *Plan) builds() bool {
	return slices.ContainsFunc(p.Changes, func(c Change) bool { return c.index != "" })
}

// Indexed reports whether all indexes are there that Migrate builds after its
// transaction. It is for a start after Check: an interruption may have left some.
func (s *Schema) Indexed(ctx context.Context, d db.DB) (bool, error) {
	e, err := engineOf(d)
	if err != nil {
		return false, err
	}
	want, err := desired(s.models, e)
	if err != nil {
		return false, err
	}
	names, err := db.Collect[string](ctx, d, e.indexes())
	if err != nil {
		return false, err
	}
	there := set(names)
	for _, t := range want.Tables {
		if slices.ContainsFunc(t.Indexes, func(i *schema.Index) bool { return !there[i.Name] }) {
			return false, nil
		}
	}
	_, later, err := e.missing(ctx, d, s.models)
	return len(later) == 0, err
}

// transacted reports whether a plan has changes for a transaction.
func (p *Plan) transacted() bool {
	return slices.ContainsFunc(p.Changes, func(c Change) bool { return c.index == "" })
}

func (sqliteEngine) online() (create, drop string) {
	return "CREATE INDEX IF NOT EXISTS ", "DROP INDEX IF EXISTS "
}

func (sqliteEngine) indexes() string { return "SELECT name FROM sqlite_master WHERE type = 'index'" }

func (sqliteEngine) builder(context.Context, db.DB) (func() error, error) {
	return func() error { return nil }, nil
}

func (sqliteEngine) clear(context.Context, db.DB) error { return nil }

func (postgresEngine) online() (create, drop string) {
	return "CREATE INDEX CONCURRENTLY IF NOT EXISTS ", "DROP INDEX CONCURRENTLY IF EXISTS "
}

// invalid is the query of the indexes that an interrupted build left behind.
const invalid = `SELECT c.relname::text FROM pg_catalog.pg_index i
	JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = current_schema() AND NOT i.indisvalid
	AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)`

// clear drops the indexes that an interrupted build left behind.
func (postgresEngine) clear(ctx context.Context, d db.DB) error {
	left, err := db.Collect[string](ctx, d, invalid)
	for _, index := range left {
		if err == nil && (strings.HasPrefix(index, ours) || strings.HasPrefix(index, model.SearchTable)) {
			_, err = d.Exec(ctx, "DROP INDEX CONCURRENTLY IF EXISTS "+ident(index))
		}
	}
	return err
}

func (postgresEngine) indexes() string {
	return `SELECT c.relname::text FROM pg_catalog.pg_index i
		JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND i.indisvalid`
}

// builder waits until no other replica builds indexes: two builds at once wait for
// each other's snapshots. For the same reason it asks again and again, instead of
// waiting inside a statement, and on a connection of its own.
func (postgresEngine) builder(ctx context.Context, d db.DB) (release func() error, err error) {
	conn, err := d.SQL().Conn(ctx)
	if err != nil {
		return nil, err
	}
	const key = "hashtextextended('gorgon indexes ' || current_schema(), 0)"
	for {
		var held bool
		if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock("+key+")").Scan(&held); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		if held {
			break
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), conn.Close())
		case <-time.After(200 * time.Millisecond):
		}
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock("+key+")")
		return errors.Join(err, conn.Close())
	}, nil
}

// forget removes the indexes that an interrupted build left behind, so that they
// are built again.
func forget(ctx context.Context, d db.DB, s *schema.Schema) error {
	left, err := db.Collect[string](ctx, d, invalid)
	if err != nil || len(left) == 0 {
		return err
	}
	for _, t := range s.Tables {
		t.Indexes = slices.DeleteFunc(t.Indexes, func(i *schema.Index) bool {
			return strings.HasPrefix(i.Name, ours) && slices.Contains(left, i.Name)
		})
	}
	return nil
}
