package model

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// Times holds the timestamps of a record. The store sets CreatedAt and
// UpdatedAt; DeletedAt is set if the record is soft-deleted.
type Times struct {
	CreatedAt time.Time  `json:"created_at"`
	UpdatedAt time.Time  `json:"updated_at"`
	DeletedAt *time.Time `json:"deleted_at"`
}

// Record holds an id and timestamps. Models embed it, or Base.
type Record struct {
	ID string `json:"id" model:"pk"`
	Times
}

// Base is a Record with metadata: any JSON, for the shop's own use.
type Base struct {
	Record
	Metadata RawJSON `json:"metadata"`
}

// RawJSON is an encoded JSON value. A nil RawJSON is null in JSON and NULL in the
// database.
type RawJSON []byte

// ToJSON returns the JSON encoding of v. It panics if v cannot be encoded, such
// as a channel or a function.
func ToJSON(v any) RawJSON {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// MarshalJSON returns r as it is, or null if r is empty.
func (r RawJSON) MarshalJSON() ([]byte, error) {
	if len(r) == 0 {
		return []byte("null"), nil
	}
	return r, nil
}

// UnmarshalJSON sets *r to a copy of b, or to nil if b is null.
func (r *RawJSON) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*r = nil
		return nil
	}
	*r = append(RawJSON(nil), b...)
	return nil
}

// Value implements driver.Valuer: it returns the JSON as a string, or nil.
func (r RawJSON) Value() (driver.Value, error) {
	if len(r) == 0 {
		return nil, nil
	}
	return string(r), nil
}

// Scan implements sql.Scanner for a JSON column.
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
