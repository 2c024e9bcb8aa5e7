// Package fault defines the one type of error that Gorgon shows to its
// callers.
//
// Every error that a user can cause is a *fault.Error: a Type from a short
// list, and a Message that says what was wrong, where, and what would be right.
//
//	return fault.New(fault.InvalidData, "order has no field %q%s", name, fault.DidYouMean(name, fields))
//
// Any other error, such as a lost connection or a bug, is internal: Public
// replaces it with a fixed message, and its text goes to the log only. An
// error from below is kept with Wrap, for the log and for errors.Is:
//
//	return fault.Wrap(err, fault.Unavailable, "the payment provider is not responding")
//
// Code that must tell errors apart asks for the type, not the text:
//
//	if fault.TypeOf(err) == fault.NotFound { … }
//
// The types and their HTTP statuses are those of the REST API that Gorgon
// implements; docs/differences.md lists where Gorgon is stricter.
package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A Type is the kind of an error. Clients switch on it.
type Type string

// The types of error, each with its HTTP status.
const (
	InvalidData     Type = "invalid_data"      // 400: the request is malformed or has invalid values
	NotAllowed      Type = "not_allowed"       // 400: the request is valid, but a rule forbids it
	Unauthorized    Type = "unauthorized"      // 401
	Forbidden       Type = "forbidden"         // 403
	NotFound        Type = "not_found"         // 404
	Conflict        Type = "conflict"          // 409: another request got there first
	DuplicateError  Type = "duplicate_error"   // 422: a unique value is already in use
	TooLarge        Type = "too_large"         // 413: the body is larger than the limit
	TooManyRequests Type = "too_many_requests" // 429: retry after RetryAfter
	UnexpectedState Type = "unexpected_state"  // 500: the stored data is inconsistent
	Unavailable     Type = "unavailable"       // 503: the database is unreachable, locked or read-only
	Internal        Type = "unknown_error"     // 500: any error that is not a fault
)

var statuses = map[Type]int{
	InvalidData: 400, NotAllowed: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404,
	Conflict: 409, DuplicateError: 422, TooLarge: 413, TooManyRequests: 429, UnexpectedState: 500, Unavailable: 503, Internal: 500,
}

// Status returns the HTTP status of the type, or 500 if the type is unknown.
func (t Type) Status() int {
	if s, ok := statuses[t]; ok {
		return s
	}
	return 500
}

// An Error is an error that callers may see. Its JSON form is the body of every
// error response: {"type", "message", "code"?}.
type Error struct {
	Type    Type   `json:"type"`
	Message string `json:"message"`
	Code    string `json:"code,omitempty"`
	// RetryAfter is how long to wait before another attempt, in whole seconds; 0
	// if unknown.
	RetryAfter time.Duration `json:"-"`
	cause      error
}

// New returns an Error whose message is formatted as by fmt.Sprintf.
func New(t Type, format string, args ...any) *Error {
	return &Error{Type: t, Message: fmt.Sprintf(format, args...)}
}

// Wrap returns an Error like New's that wraps cause. The cause is found by
// errors.Is and errors.As and appears in the log, never in a response.
func Wrap(cause error, t Type, format string, args ...any) *Error {
	e := New(t, format, args...)
	e.cause = cause
	return e
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is an *Error of the same type without a message,
// which makes errors.Is(err, &fault.Error{Type: fault.NotFound}) work.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Message == "" && t.Type == e.Type
}

// TypeOf returns the type of the first Error in err's chain, or Internal if
// there is none. It returns "" if err is nil.
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

// Public returns what a caller may see of err: the first Error in its chain,
// or, if there is none, an Internal error with a fixed message.
func Public(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Type: Internal, Message: "an internal error occurred; the log has the details", cause: err}
}

// JSON returns the body of the response for err: {"type", "message", "code"?}.
func JSON(err error) []byte {
	b, _ := json.Marshal(Public(err)) // strings only: cannot fail
	return b
}
