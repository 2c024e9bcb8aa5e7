package model

import "github.com/gorgon-commerce/gorgon/db"

// Kind is the type of a field's values.
type Kind uint8

// The kinds, with the Go type of a struct field that has it, its column type
// in PostgreSQL and SQLite, and its form in JSON. A pointer to the Go type
// makes the field nullable.
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

// String is the kind's name in messages: "text", "decimal", "time" …
func (k Kind) String() string { return kindNames[k] }

// Column returns the kind as package db knows it.
func (k Kind) Column() db.ColumnType { return db.ColumnType(k) }

// Numeric reports whether sums can be made of the kind's values.
func (k Kind) Numeric() bool { return k == Int || k == Float || k == Decimal }

// Ordered reports whether values of the kind can be compared with < and >.
func (k Kind) Ordered() bool { return k != JSON && k != TextList && k != Bool }

// TimeFormat is the form of every timestamp on the wire and in SQLite: UTC,
// milliseconds, Z. It sorts as text in the order of time.
const TimeFormat = "2006-01-02T15:04:05.000Z"
