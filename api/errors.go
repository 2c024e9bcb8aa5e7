package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/gorgon-commerce/gorgon/fault"
)

// retryAfter is how long a client waits when the database is away: a second is
// what a restart or a lock takes.
const retryAfter = 1

// codes are the codes that clients expect beside some types of error.
var codes = map[fault.Type]string{
	fault.DuplicateError: "invalid_request_error", fault.Conflict: "invalid_state_error", fault.Internal: "unknown_error",
}

// fail writes the response to an error: what the caller may know of it. The rest
// is logged.
func fail(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	var unknown *unauthorized
	if errors.As(err, &unknown) {
		writeError(w, http.StatusUnauthorized, map[string]string{"message": unknown.message})
		return
	}
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // the client is gone
	}
	if fault.TypeOf(err) == fault.Internal && errors.Is(err, context.DeadlineExceeded) {
		err = fault.Wrap(err, fault.Unavailable, "the request took too long; try again later")
	}
	public := shown(err)
	if public.Code == "" {
		public.Code = codes[public.Type]
	}
	switch public.Type {
	case fault.Unavailable:
		w.Header().Set("Retry-After", strconv.Itoa(max(retryAfter, int(public.RetryAfter.Seconds()))))
		log.WarnContext(r.Context(), "unavailable", "request_id", requestID(r.Context()), "path", r.URL.Path, "error", detail(err))
	case fault.TooManyRequests:
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(public.RetryAfter.Seconds()))))
	case fault.Internal, fault.UnexpectedState:
		log.ErrorContext(r.Context(), "request failed", "request_id", requestID(r.Context()), "path", r.URL.Path, "error", detail(err))
	}
	writeError(w, public.Type.Status(), &public)
}

// hidden are the messages of errors that are not the caller's, where the message
// of the error itself is not shown.
var hidden = map[fault.Type]string{
	fault.Unavailable:     "the shop is not available at the moment; try again later",
	fault.UnexpectedState: "the stored data is not as it should be; the log has the details",
}

// shown returns what a caller may see of an error. If it is not the caller's and
// was made of another error, such as a database's, its message is for whoever
// runs the shop: it may name files, servers, tables and statements.
func shown(err error) fault.Error {
	public := *fault.Public(err)
	if public.Type == fault.DuplicateError && public.Unwrap() != nil { // a unique value of any record, as the database found
		public.Type = fault.InvalidData
	}
	if public.Type.Status() < http.StatusInternalServerError || public.Unwrap() == nil {
		return public
	}
	if public.Message = hidden[public.Type]; public.Message == "" {
		public.Message = "an internal error occurred; the log has the details"
	}
	return public
}

// detail returns the text of an error with its cause.
func detail(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && f.Unwrap() != nil {
		return f.Message + ": " + f.Unwrap().Error()
	}
	return err.Error()
}

func writeError(w http.ResponseWriter, status int, body any) {
	b, _ := json.Marshal(body) // strings only: cannot fail
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // the client may be gone
}
