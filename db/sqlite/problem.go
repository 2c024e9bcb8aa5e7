package sqlite

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// SQLite's result codes, https://sqlite.org/rescode.html. The low byte of an
// extended code is the primary one.
const (
	codeBusy, codeLocked, codeReadOnly, codeIOErr, codeCorrupt, codeFull, codeCantOpen, codeNotADB = 5, 6, 8, 10, 11, 13, 14, 26

	codeTooBig = 18

	codeCheck, codeForeignKey, codeNotNull, codePrimaryKey, codeUnique = 275, 787, 1299, 1555, 2067
)

var unavailable = map[int]string{
	codeBusy: "is locked by another process", codeLocked: "is locked", codeReadOnly: "is read-only",
	codeIOErr: "cannot be read or written (I/O error)", codeCorrupt: "is damaged", codeFull: "cannot grow: the disk is full",
	codeCantOpen: "cannot be opened", codeNotADB: "is not an SQLite database",
}

var violations = map[int]db.ViolationKind{
	codeCheck: db.CheckViolation, codeForeignKey: db.ForeignKeyViolation, codeNotNull: db.NotNullViolation,
	codePrimaryKey: db.UniqueViolation, codeUnique: db.UniqueViolation,
}

// code returns the primary result code of the driver's error in err's chain, or 0
// if there is none.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// closed is the text of the error of database/sql, which does not export it.
const closed = "sql: database is closed"

// problem converts the driver's errors to violations and faults. It returns other
// errors unchanged.
func (d *Database) problem(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		if err != nil && strings.HasSuffix(err.Error(), closed) {
			return fault.Wrap(err, fault.Unavailable, "the SQLite file %s is closed", d.path)
		}
		return err
	}
	if kind, ok := violations[e.Code()]; ok {
		return violation(kind, e)
	}
	if e.Code()&0xff == codeTooBig {
		return fmt.Errorf("%w: %w", db.ErrTooLarge, err)
	}
	if what, ok := unavailable[e.Code()&0xff]; ok {
		return fault.Wrap(err, fault.Unavailable, "the SQLite file %s %s%s", d.path, what, remedy(d.path, e.Code()&0xff))
	}
	return err
}

// violation parses the table and columns in a message such as "constraint failed:
// UNIQUE constraint failed: product.handle (2067)".
func violation(kind db.ViolationKind, e *sqlite.Error) *db.Violation {
	v := &db.Violation{Kind: kind, Err: e}
	_, list, ok := strings.Cut(e.Error(), "constraint failed: "+strings.ToUpper(string(kind))+" constraint failed: ")
	if !ok {
		return v
	}
	if i := strings.LastIndex(list, " ("); i >= 0 {
		list = list[:i]
	}
	if kind == db.CheckViolation {
		v.Constraint = list
		return v
	}
	for part := range strings.SplitSeq(list, ", ") {
		table, column, _ := strings.Cut(part, ".")
		v.Table, v.Columns = table, append(v.Columns, column)
	}
	return v
}
