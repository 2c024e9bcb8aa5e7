// Package fault holds the one error type that Gorgon shows to its callers.
//
// Every error a user can provoke is a *fault.Error: a Type from a short list,
// and a Message that says what was wrong, where, and what would be right.
// Whatever is not a fault (a lost connection, a bug) is an internal error: it
// is logged, and callers see only that it happened.
//
//	return fault.New(fault.InvalidData, "order has no field %q; did you mean %q?", name, near)
//
// The types and their HTTP statuses are those of the REST API that Gorgon
// speaks (docs/differences.md lists where ours is stricter).
package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Type says what kind of mistake was made. Clients switch on it.
type Type string

// The types of error, each with the HTTP status it becomes.
const (
	InvalidData     Type = "invalid_data"      // 400: the request cannot be understood
	NotAllowed      Type = "not_allowed"       // 400: understood, but against a rule
	Unauthorized    Type = "unauthorized"      // 401
	Forbidden       Type = "forbidden"         // 403
	NotFound        Type = "not_found"         // 404
	Conflict        Type = "conflict"          // 409: lost against something that is already there
	DuplicateError  Type = "duplicate_error"   // 422: a unique value is taken
	TooLarge        Type = "too_large"         // 413: more bytes than are taken
	TooManyRequests Type = "too_many_requests" // 429: wait for RetryAfter, then try again
	UnexpectedState Type = "unexpected_state"  // 500: the data is not as it must be
	Unavailable     Type = "unavailable"       // 503: the database is away, locked or read-only
	Internal        Type = "unknown_error"     // 500: anything that is not a fault
)

var statuses = map[Type]int{
	InvalidData: 400, NotAllowed: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404,
	Conflict: 409, DuplicateError: 422, TooLarge: 413, TooManyRequests: 429, UnexpectedState: 500, Unavailable: 503, Internal: 500,
}

// Status is the HTTP status of the type; 500 for one that is not in the list.
func (t Type) Status() int {
	if s, ok := statuses[t]; ok {
		return s
	}
	return 500
}

// Error is an error that callers may see. Its JSON form is the body of every
// error answer: {"type", "message", "code"?}.
type Error struct {
	Type    Type   `json:"type"`
	Message string `json:"message"`
	Code    string `json:"code,omitempty"`
	// RetryAfter is how long to wait with another try, in whole seconds; 0 says nothing.
	RetryAfter time.Duration `json:"-"`
	cause      error
}

// New makes an Error from a format and its arguments.
func New(t Type, format string, args ...any) *Error {
	return &Error{Type: t, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an Error that keeps the error from below for errors.Is and As.
// The cause is logged, never shown.
func Wrap(cause error, t Type, format string, args ...any) *Error {
	e := New(t, format, args...)
	e.cause = cause
	return e
}

// Error is the message alone; the type is a field.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the error from below, or nil.
func (e *Error) Unwrap() error { return e.cause }

// Is reports a match of type when the target is an *Error without a message,
// so that errors.Is(err, &fault.Error{Type: fault.NotFound}) works.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Message == "" && t.Type == e.Type
}

// TypeOf is the type of the first Error in err's chain, Internal when there is
// none, and "" for nil.
func TypeOf(err error) Type {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Type
	}
	return Internal
}

// Public is what a caller may be told about err: the Error itself, or an
// internal error with a fixed text when err is not one of ours.
func Public(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Type: Internal, Message: "an internal error occurred; the log has the details", cause: err}
}

// JSON is the error body of err: {"type", "message", "code"?}.
func JSON(err error) []byte {
	b, _ := json.Marshal(Public(err)) // strings only: cannot fail
	return b
}
