package api_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
)

// line is a response of a connection with deadlines.
type line struct {
	*httptest.ResponseRecorder
	reads, writes []time.Time
}

func (l *line) SetReadDeadline(t time.Time) error  { l.reads = append(l.reads, t); return nil }
func (l *line) SetWriteDeadline(t time.Time) error { l.writes = append(l.writes, t); return nil }

// A slow body has half a minute, and a second for each 32 KiB that it has brought.
// Bodies of other routes have what the server gives them.
func TestDeadlinesOfABody(t *testing.T) {
	t.Parallel()
	read := func(c *api.Call) error {
		for range 3 {
			if _, err := io.CopyN(io.Discard, c.Request.Body, 64<<10); err != nil {
				return err
			}
		}
		c.Status(http.StatusNoContent)
		return nil
	}
	handler := api.New(nil, []api.Route{
		{Method: http.MethodPost, Path: "/slow", MaxBody: 1 << 20, Do: read}, {Method: http.MethodPost, Path: "/other", Do: read},
	}, api.Options{Timeout: time.Second})
	for path, wants := range map[string]int{"/slow": 3, "/other": 0} {
		l := &line{ResponseRecorder: httptest.NewRecorder()}
		began := time.Now()
		handler.ServeHTTP(l, httptest.NewRequest(http.MethodPost, path, strings.NewReader(strings.Repeat("a", 192<<10))))
		took := time.Since(began)
		if l.Code != http.StatusNoContent {
			t.Errorf("%s: %d %s", path, l.Code, l.Body)
		}
		if len(l.reads) < wants || wants == 0 && len(l.reads)+len(l.writes) > 0 {
			t.Errorf("%s: deadlines %v and %v", path, l.reads, l.writes)
			continue
		}
		if wants == 0 {
			continue
		}
		between := func(name string, deadline time.Time, after time.Duration) {
			if got := deadline.Sub(began); got < after || got > after+took {
				t.Errorf("%s: the %s deadline is after %v, want %v", path, name, got, after)
			}
		}
		between("first", l.reads[0], 30*time.Second)
		between("last", l.reads[len(l.reads)-1], 35*time.Second) // 160 KiB had come
		between("writing", l.writes[0], time.Second+62*time.Second+30*time.Second)
	}
}

// Content of many bytes has time to be fetched.
func TestDeadlinesOfContent(t *testing.T) {
	t.Parallel()
	content := strings.Repeat("a", 320<<10)
	handler := api.New(nil, []api.Route{{Method: http.MethodGet, Path: "/", Do: func(c *api.Call) error {
		return c.Content(strings.NewReader(content), int64(len(content)), time.Time{})
	}}}, api.Options{})
	l := &line{ResponseRecorder: httptest.NewRecorder()}
	began := time.Now()
	handler.ServeHTTP(l, httptest.NewRequest(http.MethodGet, "/", nil))
	if len(l.writes) != 1 || l.writes[0].Sub(began) < 40*time.Second || time.Until(l.writes[0]) > 40*time.Second || l.Body.Len() != len(content) {
		t.Errorf("the deadlines are %v, %d bytes came", l.writes, l.Body.Len())
	}
}
