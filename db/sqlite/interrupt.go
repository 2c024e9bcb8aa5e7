package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"reflect"
	"sync"

	"modernc.org/libc"
	"modernc.org/sqlite/lib"
)

// A handle is SQLite's own pointer to a connection. The driver watches a context
// during the first step of a statement only, and offers no way to interrupt
// later ones, so that the end of a context would wait for the next row.
type handle uintptr

// handleOf reads the pointer from the driver's connection.
func handleOf(c driver.Conn) (handle, error) {
	v := reflect.Indirect(reflect.ValueOf(c))
	if v.Kind() == reflect.Struct {
		if db := v.FieldByName("db"); db.IsValid() && db.Kind() == reflect.Uintptr && db.Uint() != 0 {
			return handle(db.Uint()), nil
		}
	}
	return 0, errors.New("sqlite: this version of the driver keeps its connection elsewhere")
}

// interrupt makes the statements that are running fail. It may be called by any
// goroutine, as long as the connection is open.
func (h handle) interrupt() {
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_interrupt(tls, uintptr(h))
}

// limitLength sets how many bytes a value may have, at most: also one that a
// statement builds on its way to a result.
func (h handle) limitLength(bytes int) {
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_limit(tls, uintptr(h), sqlite3.SQLITE_LIMIT_LENGTH, int32(bytes))
}

// A watch interrupts a connection when a context ends, until it is stopped.
type watch struct {
	ctx  context.Context
	stop func() bool
	mu   sync.Mutex
	done bool
}

func (h handle) watch(ctx context.Context) *watch {
	if ctx.Done() == nil {
		return nil
	}
	w := &watch{ctx: ctx}
	w.stop = context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if !w.done {
			h.interrupt()
		}
	})
	return w
}

// end stops the watch. The connection is not interrupted after it.
func (w *watch) end() {
	if w == nil || w.stop() {
		return
	}
	w.mu.Lock() // the context has ended: wait for an interrupt on its way
	w.done = true
	w.mu.Unlock()
}

// because returns the reason why the context ended in place of an error of a
// statement that was interrupted.
func (w *watch) because(err error) error {
	if err != nil && w != nil && w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	return err
}
