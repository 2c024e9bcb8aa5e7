package db

import (
	"context"
	"strings"
)

// A Dialect writes the parts of a statement in which the databases differ.
// Every difference that a caller outside package query meets has a method
// here, so that no caller needs to know which database it talks to. What
// differs in compiled queries is in package query.
//
// Methods that return SQL take and return text that is spliced into a
// statement as it is; columns must be quoted by the caller.
type Dialect interface {
	// Name returns "postgres" or "sqlite": for messages, and for code that
	// works with one of them only.
	Name() string

	// Placeholder returns the nth argument, counted from 1: $1 or ?1.
	Placeholder(n int) string

	// InOrder returns the nth argument of a statement that uses each argument
	// once and in order: $1 or ?. SQLite is slow with thousands of numbered
	// placeholders.
	InOrder(n int) string

	// Typed returns a placeholder as a value of type t, where PostgreSQL cannot
	// infer the type: in the first row of VALUES. SQLite has no use for it.
	Typed(placeholder string, t ColumnType) string

	// MaxArgs returns how many arguments one statement can have.
	MaxArgs() int

	// Quote returns identifier in double quotes.
	Quote(identifier string) string

	// Add returns the exact sum of two decimals, which compares as a decimal.
	Add(a, b string) string

	// Subtract returns the exact difference of two decimals, which compares as a decimal.
	Subtract(a, b string) string

	// Sum returns the aggregate that is the exact sum of a decimal expression.
	Sum(expr string) string

	// List returns the condition that column is among the values of the nth
	// argument, a []string.
	List(column string, n int) string

	// Elements returns a FROM item with a row for each element of list, an
	// expression of type TextList. The element is the column alias.value.
	Elements(list, alias string) string

	// Tuples returns a FROM item named x with a row for each object of the nth
	// argument, a JSON array of objects with the members c0, c1 and so on, of
	// the given types. Cell returns one of its values. A batch passed as one
	// argument keeps the statement's text, and its plan, the same for any
	// number of rows.
	//
	// In the argument, numbers and booleans are themselves; everything else,
	// JSON and lists too, is text.
	Tuples(n int, types ...ColumnType) string

	// Cell returns the member ci of a row of Tuples, which has type t there.
	Cell(i int, t ColumnType) string

	// Analyze returns a statement that gathers the statistics of tables, which
	// must be quoted, that queries are planned by. SQLite looks at all rows of
	// all tables: from some of them it does not learn how frequent a value is.
	Analyze(tables ...string) string

	// NotASCII returns the condition that a text column has a character that is
	// not ASCII.
	NotASCII(column string) string

	// ForUpdate returns the clause that locks the selected rows of the table
	// or alias of, or of all tables if of is "", until the transaction ends.
	// It begins with a space. It is empty for SQLite, which has one writer at
	// a time.
	ForUpdate(of string) string

	// Exclusive returns a statement that waits until no other transaction holds the lock of the name, a constant without
	// quotes, and holds it until the transaction ends. It is empty for SQLite, which has one writer at a time.
	Exclusive(name string) string

	// Numbers allocates n numbers of a serial column, in ascending order.
	Numbers(ctx context.Context, c Conn, table, column string, n int) ([]int64, error)

	// SkipNumbers makes Numbers continue after the highest number in the
	// column, for rows that were inserted with numbers of their own.
	SkipNumbers(ctx context.Context, c Conn, table, column string) error
}

// RowsOf returns the placeholders of rows of values, for INSERT … VALUES, whose
// arguments are in order: (?,?),(?,?).
func RowsOf(d Dialect, columns, rows int) string {
	var s strings.Builder
	for n := range rows * columns {
		switch {
		case n == 0:
			s.WriteByte('(')
		case n%columns == 0:
			s.WriteString("),(")
		default:
			s.WriteByte(',')
		}
		s.WriteString(d.InOrder(n + 1))
	}
	s.WriteByte(')')
	return s.String()
}

// A ColumnType is the type of a column's values. Package model has the same types
// as model.Kind, with their Go and JSON forms.
type ColumnType uint8

// The column types, in the order of the kinds in package model.
const (
	Text ColumnType = iota
	Int
	Float
	Decimal
	Bool
	Time
	JSON
	TextList
)
