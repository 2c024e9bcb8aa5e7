package api

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// A body or a response of many bytes is given more time than others, as long as
// its connection is not slower than this.
const (
	transferRate  = 32 << 10         // bytes in a second
	transferGrace = 30 * time.Second // before the rate counts
)

// transferTime returns how long a transfer may take.
func transferTime(bytes int64) time.Duration {
	return transferGrace + time.Duration(bytes/transferRate)*time.Second
}

// pacedBody is a body whose connection is given time for as much as it has brought.
type pacedBody struct {
	io.ReadCloser
	connection *http.ResponseController
	began      time.Time
	bytes      int64
}

// paced returns a body that may come slowly. The response to it may take until
// timeout has passed.
func paced(w http.ResponseWriter, body io.ReadCloser, timeout time.Duration) io.ReadCloser {
	p := &pacedBody{ReadCloser: body, connection: http.NewResponseController(w), began: time.Now()}
	_ = p.connection.SetWriteDeadline(p.began.Add(timeout + transferGrace)) // a connection that has no deadlines needs none
	return p
}

func (p *pacedBody) Read(b []byte) (int, error) {
	_ = p.connection.SetReadDeadline(p.began.Add(transferTime(p.bytes)))
	n, err := p.ReadCloser.Read(b)
	p.bytes += int64(n)
	return n, err
}

// Content responds with content of some size, or with the part of it that the
// request wants. The headers Content-Type and, unless the content changes, Etag are
// set before. Content of many bytes may be fetched slowly.
func (c *Call) Content(content io.Reader, size int64, modified time.Time) error {
	_ = http.NewResponseController(c.w).SetWriteDeadline(time.Now().Add(transferTime(size)))
	c.SetHeader("No-Gzip-Compression", "1") // parts are of the bytes as they are
	if seeker, ok := content.(io.ReadSeeker); ok {
		http.ServeContent(c.w, c.Request, "", modified, seeker)
		return nil
	}
	c.SetHeader("Content-Length", strconv.FormatInt(size, 10))
	if c.Method == http.MethodHead {
		c.begin()
		return nil
	}
	_, err := io.CopyN(streamed{c}, content, size)
	return err
}
