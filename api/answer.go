package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/gorgon-commerce/gorgon/query"
)

// writer is a response that knows whether it has begun.
type writer struct {
	http.ResponseWriter
	status int  // of success; 0 is that of the route
	begun  bool // the status and the headers are sent
}

func (w *writer) WriteHeader(status int) {
	w.begun = true
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find what the response can do.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Writer returns the response itself, for handlers that write to one.
func (c *Call) Writer() http.ResponseWriter { return c.w }

// SetHeader sets a header of the response. It must be called before the response
// is written.
func (c *Call) SetHeader(name, value string) { c.w.Header().Set(name, value) }

// Status sets the status of the response, in place of the route's. A route
// without a response body returns after it:
//
//	c.Status(http.StatusAccepted)
//	return nil
func (c *Call) Status(status int) { c.w.status = status }

// Redirect responds with a redirect to another address, with a status such as
// http.StatusSeeOther.
func (c *Call) Redirect(address string, status int) error {
	http.Redirect(c.w, c.Request, address, status)
	return nil
}

// Data responds with bytes of any media type.
func (c *Call) Data(contentType string, b []byte) error {
	c.write(contentType, b)
	return nil
}

// Stream responds with what write writes, as it is written: for exports that do
// not fit into memory. If write fails before its first byte, the response is the
// error. After that, the connection is aborted, so that no client takes a part
// for the whole.
func (c *Call) Stream(contentType string, write func(w io.Writer) error) error {
	c.SetHeader("Content-Type", contentType)
	err := write(streamed{c})
	if err == nil && !c.w.begun {
		c.begin()
	}
	if err != nil && !c.w.begun {
		c.w.Header().Del("Content-Type")
	}
	return err
}

// streamed begins the response with the first byte.
type streamed struct{ call *Call }

func (s streamed) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if !s.call.w.begun {
		s.call.begin()
	}
	return s.call.w.Write(b)
}

// begin sends the status and the headers.
func (c *Call) begin() {
	status := c.w.status
	if status == 0 {
		status = c.route.Status
	}
	if status == 0 {
		status = http.StatusOK
	}
	c.w.WriteHeader(status)
}

// end sends the status of a route that wrote no body.
func (c *Call) end() {
	if !c.w.begun && (c.w.status != 0 || c.route.Status != 0) {
		c.begin()
	}
}

// JSON responds with a value as JSON.
func (c *Call) JSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.raw(b)
	return nil
}

const jsonType = "application/json; charset=utf-8"

// raw responds with parts of JSON text.
func (c *Call) raw(parts ...[]byte) { c.write(jsonType, parts...) }

func (c *Call) write(contentType string, parts ...[]byte) {
	length := 0
	for _, p := range parts {
		length += len(p)
	}
	h := c.w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(length))
	c.begin()
	if length > oneWrite {
		for _, p := range parts {
			if _, err := c.w.Write(p); err != nil {
				return // the client is gone
			}
		}
		return
	}
	whole := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(whole)
	whole.Reset()
	for _, p := range parts {
		whole.Write(p)
	}
	_, _ = c.w.Write(whole.Bytes()) // the client may be gone
}

// oneWrite is the size up to which the parts of a response are joined first,
// which costs less than a system call for each.
const oneWrite = 256 << 10

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// One responds with {key: record}. The record is JSON text.
func (c *Call) One(key string, record []byte) error {
	c.raw([]byte(`{"`+key+`":`), record, []byte("}"))
	return nil
}

// List responds with {key: records, count, offset, limit}: the page that
// Call.Page returned, and the result of its query. An estimated count is marked
// by count_is_estimate, a search that has not tried all records by search_is_partial;
// a count that was not requested is omitted.
func (c *Call) List(key string, res *query.Result, p Page) error {
	tail := make([]byte, 0, 96)
	if res.Metadata.Count != nil {
		tail = append(tail, `,"count":`...)
		tail = strconv.AppendInt(tail, *res.Metadata.Count, 10)
	}
	if res.Metadata.CountIsEstimate {
		tail = append(tail, `,"count_is_estimate":true`...)
	}
	if res.Metadata.SearchIsPartial {
		tail = append(tail, `,"search_is_partial":true`...)
	}
	tail = append(tail, `,"offset":`...)
	tail = strconv.AppendInt(tail, int64(p.Offset), 10)
	tail = append(tail, `,"limit":`...)
	tail = strconv.AppendInt(tail, int64(p.Limit), 10)
	c.raw([]byte(`{"`+key+`":`), res.Data, append(tail, '}'))
	return nil
}

// Result responds with {data, metadata}: the result of a query as it is.
func (c *Call) Result(res *query.Result) error {
	metadata, err := json.Marshal(res.Metadata)
	if err != nil {
		return err
	}
	c.raw([]byte(`{"data":`), res.Data, []byte(`,"metadata":`), metadata, []byte("}"))
	return nil
}

// Batch responds with {created, updated, deleted: {ids, object, deleted}}: lists of
// records as JSON text, and ids.
func (c *Call) Batch(created, updated []byte, object string, ids []string) error {
	if ids == nil {
		ids = []string{}
	}
	gone, err := json.Marshal(struct {
		IDs     []string `json:"ids"`
		Object  string   `json:"object"`
		Deleted bool     `json:"deleted"`
	}{ids, object, true})
	if err != nil {
		return err
	}
	c.raw([]byte(`{"created":`), created, []byte(`,"updated":`), updated, []byte(`,"deleted":`), gone, []byte("}"))
	return nil
}

// PlainBatch is like Batch, but the deleted are a list of ids alone.
func (c *Call) PlainBatch(created, updated []byte, ids []string) error {
	if ids == nil {
		ids = []string{}
	}
	gone, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	c.raw([]byte(`{"created":`), created, []byte(`,"updated":`), updated, []byte(`,"deleted":`), gone, []byte("}"))
	return nil
}

// deleted is the response to a DELETE.
type deleted struct {
	ID      string          `json:"id"`
	Object  string          `json:"object"`
	Deleted bool            `json:"deleted"`
	Parent  json.RawMessage `json:"parent,omitempty"`
}

// Deleted responds with {id, object, deleted}: the record that a route has deleted.
func (c *Call) Deleted(id, object string) error {
	return c.JSON(deleted{ID: id, Object: object, Deleted: true})
}

// record returns the only record of a list.
func record(res *query.Result) []byte { return res.Data[1 : len(res.Data)-1] }
