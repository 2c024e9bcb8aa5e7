package query

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A reader stores the value of a key, which is not null. at is the path of the
// key, for messages.
type reader func(at string, value json.RawMessage) error

// What a key may hold, for messages.
const (
	wholeNumber = "a whole number"
	trueOrFalse = "true or false"
)

// readInto returns a reader that decodes a value. want says what is right.
func readInto[T any](want string, into *T) reader {
	return func(at string, value json.RawMessage) error {
		d := json.NewDecoder(bytes.NewReader(value))
		d.UseNumber()
		if d.Decode(into) != nil {
			return wrongType(at, want, value)
		}
		return nil
	}
}

// readPaths returns a reader of a list of strings.
func readPaths(into *[]string) reader {
	return func(at string, value json.RawMessage) error {
		var elements []json.RawMessage
		if json.Unmarshal(value, &elements) != nil {
			return wrongType(at, "a list of paths", value)
		}
		*into = make([]string, len(elements))
		for i, e := range elements {
			if e[0] != '"' || json.Unmarshal(e, &(*into)[i]) != nil {
				return wrongType(fmt.Sprintf("%s[%d]", at, i), "a path", e)
			}
		}
		return nil
	}
}

// readKeys returns a reader of an object.
func readKeys(keys map[string]reader) reader {
	return func(at string, value json.RawMessage) error { return readObject(at, value, keys) }
}

// readObject reads an object that may have the keys. A null is as if the key were
// not there.
func readObject(at string, b []byte, keys map[string]reader) error {
	return readMembers(at, b, func(name string, value json.RawMessage) error {
		read, ok := keys[name]
		switch {
		case !ok:
			return unknownKey(at, name, slices.Sorted(maps.Keys(keys)))
		case string(value) == "null":
			return nil
		case at != "":
			name = at + "." + name
		}
		return read(name, value)
	})
}

// readMembers calls each with the keys and values of an object, in order.
func readMembers(at string, b []byte, each func(name string, value json.RawMessage) error) error {
	if at == "" {
		at = "the query"
	}
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err == nil && t != json.Delim('{') {
		return wrongType(at, "an object", b)
	}
	seen := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			break
		}
		name, _ := key.(string) // a key of an object is a string
		if seen[name] {
			return fault.New(fault.InvalidData, "%s has the key %q twice", at, fault.Clip(name))
		}
		seen[name] = true
		if err := each(name, value); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil { // the brace
		return fault.New(fault.InvalidData, "%s is not valid JSON", at)
	}
	return nil
}

// unknownKey returns the error for a key that an object does not have.
func unknownKey(at, name string, keys []string) error {
	hint := fault.DidYouMean(name, keys)
	if hint == "" {
		hint = "; want one of " + strings.Join(keys, ", ")
	}
	if at != "" {
		hint = " in " + at + hint
	}
	return fault.New(fault.InvalidData, "unknown key %q%s", fault.Clip(name), hint)
}

// wrongType returns the error for a value of another type than its key wants.
func wrongType(at, want string, value json.RawMessage) error {
	return fault.New(fault.InvalidData, "%s must be %s, not %s", at, want, kindOf(value, want))
}

// kindOf says what a JSON value is.
func kindOf(value json.RawMessage, want string) string {
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		return "nothing"
	}
	switch value[0] {
	case '"':
		return "a string"
	case '[':
		return "a list"
	case '{':
		return "an object"
	case 't', 'f', 'n':
		return string(value)
	}
	if want == wholeNumber {
		return fault.Clip(string(value))
	}
	return "a number"
}
