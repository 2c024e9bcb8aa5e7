package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"

	"github.com/gorgon-commerce/gorgon/query"
)

// JSON answers a value.
func (c *Call) JSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.raw(b)
	return nil
}

// raw answers JSON that is there already.
func (c *Call) raw(parts ...[]byte) {
	length := 0
	for _, p := range parts {
		length += len(p)
	}
	h := c.w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(length))
	status := c.route.Status
	if status == 0 {
		status = http.StatusOK
	}
	c.w.WriteHeader(status)
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

// oneWrite is up to how many bytes the parts of an answer are put together
// first: that costs less than a call of the system for each.
const oneWrite = 256 << 10

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// one answers {key: record}. The record's bytes are those of the database.
func (c *Call) one(key string, record []byte) {
	c.raw([]byte(`{"`+key+`":`), record, []byte("}"))
}

// list answers {key: records, count, offset, limit}.
func (c *Call) list(key string, res *query.Result, p page) {
	tail := make([]byte, 0, 64)
	tail = append(tail, `,"count":`...)
	if res.Metadata.Count != nil {
		tail = strconv.AppendInt(tail, *res.Metadata.Count, 10)
	} else {
		tail = append(tail, '0')
	}
	tail = append(tail, `,"offset":`...)
	tail = strconv.AppendInt(tail, int64(p.offset), 10)
	tail = append(tail, `,"limit":`...)
	tail = strconv.AppendInt(tail, int64(p.limit), 10)
	c.raw([]byte(`{"`+key+`":`), res.Data, append(tail, '}'))
}

// Result answers {data, metadata}: a query's answer as it is.
func (c *Call) Result(res *query.Result) error {
	metadata, err := json.Marshal(res.Metadata)
	if err != nil {
		return err
	}
	c.raw([]byte(`{"data":`), res.Data, []byte(`,"metadata":`), metadata, []byte("}"))
	return nil
}

// Records answers {key: records} of a query.
func (c *Call) Records(s *Shop, key string, r query.Request) error {
	res, err := s.Query.Graph(c.Context(), r)
	if err != nil {
		return err
	}
	c.one(key, res.Data)
	return nil
}

// Batch answers {created, updated, deleted: {ids, object, deleted}}: lists of
// records as the database made them, and ids.
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

// deleted is what a DELETE answers.
type deleted struct {
	ID      string          `json:"id"`
	Object  string          `json:"object"`
	Deleted bool            `json:"deleted"`
	Parent  json.RawMessage `json:"parent,omitempty"`
}

// record takes the one record out of a list of one.
func record(res *query.Result) []byte { return res.Data[1 : len(res.Data)-1] }
