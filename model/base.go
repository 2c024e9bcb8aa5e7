package model

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// Times are the timestamps that every model has. CreatedAt and UpdatedAt are
// set by the service; DeletedAt marks a soft-deleted record.
type Times struct {
	CreatedAt time.Time  `json:"created_at"`
	UpdatedAt time.Time  `json:"updated_at"`
	DeletedAt *time.Time `json:"deleted_at"`
}

// Record is what a model with an id has: the id and the timestamps.
type Record struct {
	ID string `json:"id" model:"pk"`
	Times
}

// Base is a Record with metadata, free JSON for the shop's own use.
type Base struct {
	Record
	Metadata RawJSON `json:"metadata"`
}

// RawJSON is a JSON value kept as its bytes. nil is null in JSON and NULL in the
// database.
type RawJSON []byte

// ToJSON makes a RawJSON of a Go value; it panics on a value that JSON cannot
// hold (a channel, a function).
func ToJSON(v any) RawJSON {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// MarshalJSON writes the value's bytes, or null.
func (r RawJSON) MarshalJSON() ([]byte, error) {
	if len(r) == 0 {
		return []byte("null"), nil
	}
	return r, nil
}

// UnmarshalJSON keeps a copy of the bytes; null becomes nil.
func (r *RawJSON) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*r = nil
		return nil
	}
	*r = append(RawJSON(nil), b...)
	return nil
}

// Value gives a driver the JSON as text, or NULL.
func (r RawJSON) Value() (driver.Value, error) {
	if len(r) == 0 {
		return nil, nil
	}
	return string(r), nil
}

// Scan reads a JSON column.
func (r *RawJSON) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*r = nil
	case []byte:
		*r = append(RawJSON(nil), v...)
	case string:
		*r = RawJSON(v)
	default:
		return fmt.Errorf("model: cannot read JSON from %T", src)
	}
	return nil
}
