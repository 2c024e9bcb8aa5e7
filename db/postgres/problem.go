package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// violations maps PostgreSQL's error codes, listed in appendix A of its manual.
var violations = map[string]db.ViolationKind{
	"23505": db.UniqueViolation, "23503": db.ForeignKeyViolation, "23502": db.NotNullViolation, "23514": db.CheckViolation,
}

// problem converts the driver's errors to violations and faults. It returns other
// errors unchanged.
func problem(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return serverProblem(err, e)
	}
	var netErr net.Error
	var connect *pgconn.ConnectError
	var large *pgproto3.ExceededMaxBodyLenErr
	if !errors.As(err, &connect) && errors.As(err, &large) {
		return fmt.Errorf("%w: %w", db.ErrTooLarge, err)
	}
	if errors.As(err, &netErr) || errors.As(err, &connect) || pgconn.SafeToRetry(err) || broken(err) {
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL does not answer")
	}
	return err
}

func serverProblem(err error, e *pgconn.PgError) error {
	if kind, ok := violations[e.Code]; ok {
		v := &db.Violation{Kind: kind, Table: e.TableName, Constraint: e.ConstraintName, Err: err}
		if e.ColumnName != "" {
			v.Columns = []string{e.ColumnName}
		}
		if kind == db.UniqueViolation || kind == db.ForeignKeyViolation {
			v.Columns, v.Values = key(e.Detail)
		}
		return v
	}
	var connect *pgconn.ConnectError
	switch {
	case e.Code == "53300":
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL has no connection left: use fewer per process (?pool_max_conns=5 in the URL), or raise max_connections of the server")
	case e.Code == "42501":
		return fault.Wrap(err, fault.Unavailable, "the user of the PostgreSQL URL may not do that (%s); make it the owner of the database and of its tables, as createdb --owner=USER does", e.Message)
	case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "57P"), strings.HasPrefix(e.Code, "53"):
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL is not available (%s)", e.Code)
	case e.Code == "3F000":
		return fault.Wrap(err, fault.InvalidData, "the schema that the URL's search_path names does not exist; create it with CREATE SCHEMA")
	case e.Code == "57014", e.Code == "55P03":
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL canceled the statement: it ran too long or waited too long for a lock (%s)", e.Code)
	case e.Code == "22021", e.Code == "22P05":
		return fault.Wrap(err, fault.InvalidData, "text that is not UTF-8 or holds a NUL character cannot be stored")
	case e.Code == "25006":
		return fault.Wrap(err, fault.Unavailable, "the PostgreSQL database is read-only")
	case e.Code == "28P01", e.Code == "28000", e.Code == "3D000":
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL refused the login, or the database does not exist (%s)", e.Code)
	case e.Code == "40001", e.Code == "40P01":
		return fault.Wrap(err, fault.Conflict, "another transaction changed the same records; try again")
	case errors.As(err, &connect):
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL refused the connection: %s", e.Message)
	}
	return err
}

// broken reports whether err says that the connection ended during a statement,
// for which pgx has no type of error.
func broken(err error) bool {
	text := err.Error()
	return strings.Contains(text, "unexpected EOF") || strings.Contains(text, "conn closed") || strings.Contains(text, "closed pool")
}

// key parses the columns and values in a detail such as
// "Key (email, has_account)=(a@b.c, t) already exists." It returns no values if
// commas in them make the list ambiguous.
func key(detail string) (columns, values []string) {
	_, rest, ok := strings.Cut(detail, "(")
	list, rest, closed := strings.Cut(rest, ")=(")
	if !ok || !closed {
		return nil, nil
	}
	columns = strings.Split(list, ", ")
	for i, c := range columns {
		if quoted, ok := strings.CutPrefix(c, `"`); ok {
			columns[i] = strings.ReplaceAll(strings.TrimSuffix(quoted, `"`), `""`, `"`)
		}
	}
	if end := strings.LastIndex(rest, ") "); end >= 0 {
		values = []string{rest[:end]}
		if len(columns) > 1 {
			values = strings.Split(rest[:end], ", ")
		}
	}
	if len(values) != len(columns) {
		values = nil
	}
	return columns, values
}
