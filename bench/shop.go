package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/schema"
)

// shop is a database with the tables of the built-in modules and links.
type shop struct {
	*gorgon.App
	orderID string   // an order with all links
	orders  []string // the ids of orders
	stop    func()
}

// open creates the tables in an empty database.
func open(ctx context.Context, url string) (*shop, error) {
	s := &shop{App: gorgon.New(gorgon.Config{Database: url})}
	if err := s.Connect(ctx); err != nil {
		return nil, err
	}
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		_ = s.Close() // the migration is what failed
		return nil, err
	}
	return s, nil
}

// fresh returns a new shop of an engine, which close removes.
func fresh(ctx context.Context, engine string) (*shop, error) {
	url, stop, err := place(engine)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, url)
	if err != nil {
		stop()
		return nil, err
	}
	s.stop = stop
	return s, nil
}

// durability says how both sides of a pair commit: they share a database, which does
// not wait for the disk.
const durability = "SQLite with synchronous=off, PostgreSQL with fsync=off and synchronous_commit=off, for both sides"

// place returns the URL of a new database: a file, or a PostgreSQL server of its own.
func place(engine string) (url string, stop func(), err error) {
	if engine == "postgres" {
		return dbtest.Server()
	}
	dir, err := os.MkdirTemp("", "gorgon-bench-")
	if err != nil {
		return "", nil, err
	}
	return "sqlite:" + filepath.Join(dir, "bench.db") + "?synchronous=off", func() { _ = os.RemoveAll(dir) }, nil
}

func (s *shop) close() {
	_ = s.Close() // nothing is kept
	s.stop()
}

// seed fills the shop with the demo's orders.
func (s *shop) seed(ctx context.Context, orders int) error {
	res, err := demo.Seed(ctx, s.Shop, demo.Options{Orders: orders})
	if err != nil {
		return err
	}
	s.orderID = res.OrderID
	s.orders, err = db.Collect[string](ctx, s.DB(), `SELECT id FROM "order" ORDER BY id`)
	if err != nil {
		return err
	}
	return s.exec(ctx, "ANALYZE")
}

// exec runs statements without arguments.
func (s *shop) exec(ctx context.Context, statements ...string) error {
	for _, sql := range statements {
		if _, err := s.DB().Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.200s: %w", sql, err)
		}
	}
	return nil
}

// engine returns the name of the database: "sqlite" or "postgres".
func (s *shop) engine() string { return s.DB().Dialect().Name() }

var errUndo = errors.New("bench: undo")

// undone runs a write in a transaction that is rolled back, so that every round has the
// same rows.
func (s *shop) undone(ctx context.Context, write func(ctx context.Context) error) error {
	err := db.Do(ctx, s.DB(), func(ctx context.Context) error {
		if err := write(ctx); err != nil {
			return err
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}
