package sqlite

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// keptStatements bounds the statements a pool keeps prepared. When it is full
// it is emptied: plans are few, so that happens only under odd loads.
const keptStatements = 500

// pool is a database/sql pool that keeps its statements prepared.
type pool struct {
	sql   *sql.DB
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

func newPool(dsn string, size int) *pool {
	p := &pool{sql: sql.OpenDB(connector{newDriver(), dsn}), stmts: map[string]*sql.Stmt{}}
	p.sql.SetMaxOpenConns(size)
	p.sql.SetMaxIdleConns(size)
	p.sql.SetConnMaxIdleTime(5 * time.Minute)
	return p
}

// prepare returns the kept statement for a query, preparing it the first time.
// Very long statements (batches) are prepared anew each time: keeping them
// costs more memory than preparing them costs time.
func (p *pool) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.RLock()
	s := p.stmts[query]
	p.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	s, err := p.sql.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if kept := p.stmts[query]; kept != nil {
		_ = s.Close() // another goroutine was first; ours was never used
		return kept, nil
	}
	if len(p.stmts) >= keptStatements {
		p.forget()
	}
	p.stmts[query] = s
	return s, nil
}

// forget drops all kept statements. Those in use finish first: database/sql
// closes a statement when its last row is read.
func (p *pool) forget() {
	for _, s := range p.stmts {
		go s.Close() //nolint:errcheck // a statement that was prepared closes
	}
	p.stmts = map[string]*sql.Stmt{}
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.stmts {
		_ = s.Close() // closing the pool reports what matters
	}
	p.stmts = map[string]*sql.Stmt{}
	return p.sql.Close()
}
