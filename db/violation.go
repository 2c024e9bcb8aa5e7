package db

import "fmt"

// A Violation is the error for a row that the database refused. Its fields hold
// what the database reports. SQLite reports less than PostgreSQL: the columns of
// a unique index, but neither the constraint's name nor the values, and nothing
// about a foreign key.
type Violation struct {
	Kind       ViolationKind
	Table      string   // "" if not reported
	Columns    []string // of the unique index or foreign key, or the column that is null; nil if not reported
	Values     []string // the refused row's values of Columns; nil if not reported
	Constraint string   // "" if not reported
	Err        error    // the driver's error
}

// A ViolationKind is the kind of constraint that a row violates.
type ViolationKind string

// The kinds of violation.
const (
	UniqueViolation     ViolationKind = "unique"
	ForeignKeyViolation ViolationKind = "foreign key"
	NotNullViolation    ViolationKind = "not null"
	CheckViolation      ViolationKind = "check"
)

// Error returns the kind, the table and the constraint, followed by the driver's
// message.
func (v *Violation) Error() string {
	return fmt.Sprintf("%s violation in table %q (%s): %v", v.Kind, v.Table, v.Constraint, v.Err)
}

// Unwrap returns the driver's error.
func (v *Violation) Unwrap() error { return v.Err }
