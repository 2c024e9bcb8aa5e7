package model

import "github.com/oklog/ulid/v2"

// NewID is a new id: the prefix, an underscore and a ULID, which sorts by the
// time it was made; without a prefix the bare ULID.
func NewID(prefix string) string {
	id := ulid.Make().String()
	if prefix == "" {
		return id
	}
	return prefix + "_" + id
}
