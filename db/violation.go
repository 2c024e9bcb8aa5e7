package db

import "fmt"

// Violation is a row that the database refused. What the database told is
// kept: SQLite names the columns of a unique index but no constraint and no
// values, and nothing about a foreign key.
type Violation struct {
	Kind       ViolationKind
	Table      string   // "" when not told
	Columns    []string // of a unique index or foreign key, or the column that is null; nil when not told
	Values     []string // what the refused row has in Columns; nil when not told
	Constraint string   // its name; "" when not told
	Err        error    // the driver's error
}

// ViolationKind says which rule a row broke.
type ViolationKind string

// The kinds of violation.
const (
	UniqueViolation     ViolationKind = "unique"
	ForeignKeyViolation ViolationKind = "foreign key"
	NotNullViolation    ViolationKind = "not null"
	CheckViolation      ViolationKind = "check"
)

// Error names the kind and place; the driver's own text follows.
func (v *Violation) Error() string {
	return fmt.Sprintf("%s violation in table %q (%s): %v", v.Kind, v.Table, v.Constraint, v.Err)
}

// Unwrap returns the driver's error.
func (v *Violation) Unwrap() error { return v.Err }
