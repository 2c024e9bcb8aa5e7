package model

import "github.com/gorgon-commerce/gorgon/db"

// A Kind is the type of a field's values.
type Kind uint8

// The kinds, each with the Go type of its struct fields, its column type in
// PostgreSQL and SQLite, and its form in JSON. A field whose type is a pointer to
// the Go type is nullable.
const (
	Text     Kind = iota // string        text / text            string
	Int                  // int64, int    bigint / integer       number
	Float                // float64       double / real          number
	Decimal              // money.Amount  numeric / text         number, exact
	Bool                 // bool          boolean / integer      true, false
	Time                 // time.Time     timestamptz / text     string, RFC 3339 UTC with milliseconds
	JSON                 // model.RawJSON jsonb / text           any; nullable unless tagged notnull
	TextList             // []string      text[] / text          array of strings; nullable unless tagged notnull
)

var kindNames = [...]string{"text", "integer", "float", "decimal", "boolean", "time", "json", "list of text"}

// String returns the kind's name for messages, such as "text" or "decimal".
func (k Kind) String() string { return kindNames[k] }

// Column returns the type of the kind's columns.
func (k Kind) Column() db.ColumnType { return db.ColumnType(k) }

// Numeric reports whether values of the kind are numbers.
func (k Kind) Numeric() bool { return k == Int || k == Float || k == Decimal }

// Ordered reports whether values of the kind can be compared with < and >.
func (k Kind) Ordered() bool { return k != JSON && k != TextList && k != Bool }

// TimeFormat is the layout of timestamps in JSON and in SQLite: UTC with
// milliseconds. Text in it sorts by time.
const TimeFormat = db.TimeFormat
