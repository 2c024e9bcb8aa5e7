package e2e_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Uploads that lie, are too many or break off are refused, and leave nothing behind.
func TestSecurityUploads(t *testing.T) {
	t.Parallel()
	eachUploading(t, func(t *testing.T, s *served, folder string) {
		many := slices.Repeat([]upload{picture("a.png")}, 51)
		for name, test := range map[string]struct {
			files []upload
			says  string
		}{
			"HTML that is said to be a picture":       {[]upload{{"files", "a.png", "image/png", "<html><script>alert(1)</script>"}}, "HTML or XML"},
			"XML with a style sheet":                  {[]upload{{"files", "a.svg", "image/svg+xml", `<?xml version="1.0"?><?xml-stylesheet href="a"?><a/>`}}, "HTML or XML"},
			"a program that is said to be a picture":  {[]upload{{"files", "a.png", "image/png", "MZ\x90\x00"}}, "is said to be image/png"},
			"a text that is called a picture":         {[]upload{{"files", "a.gif", "", "a text"}}, "is said to be image/gif"},
			"an empty file":                           {[]upload{picture("a.png"), {"files", "b.png", "image/png", ""}}, "is empty"},
			"none":                                    {nil, "no file"},
			"another field":                           {[]upload{picture("a.png"), {"path", "b.png", "image/png", pixel}}, `a field \"path\"`},
			"a field without a name":                  {[]upload{picture("a.png"), {"", "b.png", "image/png", pixel}}, `a field \"\"`},
			"more than 50":                            {many, "more than 50 files"},
			"a good one, and then one that is HTML":   {[]upload{picture("a.png"), picture("b.png"), {"files", "c.png", "", "<!DOCTYPE html>"}}, "HTML or XML"},
			"a name that no header can hold":          {[]upload{picture("a.png"), picture("a.html\x00.png")}, "broke off"},
			"a good one, and then one of a long name": {[]upload{picture("a.png"), {"files", strings.Repeat("a", 10_000) + ".png", "", "a text"}}, "is said to be image/png"},
		} {
			if got := s.uploads(t, "admin", test.files...); got.status != 400 || !strings.Contains(got.body, test.says) || len(got.body) > 1000 {
				t.Errorf("%s: %d %.1000s", name, got.status, got.body)
			}
		}
		for who, status := range map[string]int{"nobody": 401, "store": 401, "ada": 401} {
			if got := s.uploads(t, who, picture("a.png")); got.status != status {
				t.Errorf("%s: %d", who, got.status)
			}
		}
		s.refusedForms(t)
		if left := inFolder(t, folder); len(left) > 0 {
			t.Errorf("the folder holds %q", left)
		}
	})
}

// refusedForms sends bodies that are no forms, or not whole ones.
func (s *served) refusedForms(t *testing.T) {
	t.Helper()
	body, contentType := formOf(t, picture("a.png"), picture("b.png"))
	headers := "--b\r\n" + strings.Repeat("X-A: b\r\n", 20_000) + "\r\n\r\n--b--\r\n"
	for name, test := range map[string]struct{ contentType, body string }{
		"JSON":                          {"application/json", `{"files": [{"name": "a", "content": "b"}]}`},
		"no type":                       {"", string(body)},
		"no boundary":                   {"multipart/form-data", string(body)},
		"a wrong boundary":              {"multipart/form-data; boundary=b", string(body)},
		"a boundary that is too long":   {"multipart/form-data; boundary=" + strings.Repeat("b", 200), string(body)},
		"nothing":                       {contentType, ""},
		"headers of 20,000 lines":       {"multipart/form-data; boundary=b", headers},
		"a header of 20 MB":             {"multipart/form-data; boundary=b", "--b\r\nX-A: " + strings.Repeat("b", 20<<20) + "\r\n\r\n--b--\r\n"},
		"a type that is no form":        {strings.Replace(contentType, "form-data", "byteranges", 1), string(body)},
		"broken off in the second file": {contentType, string(body[:len(body)-70])},
		"broken off before the end":     {contentType, string(body[:len(body)-4])},
		"broken off in a header":        {contentType, string(body[:len(body)/2+20])},
	} {
		r := httptest.NewRequest(http.MethodPost, "/admin/uploads", strings.NewReader(test.body))
		r.Header.Set("Content-Type", test.contentType)
		if got := s.send(s.as("admin", r)); got.status != 400 || len(got.body) > 1000 {
			t.Errorf("%s: %d %.1000s", name, got.status, got.body)
		}
	}
}

// The name that a client gives a file leads nowhere, and the same file again and
// again is a file of its own each time.
func TestSecurityNamesOfUploads(t *testing.T) {
	t.Parallel()
	s := serve(t, open(t, file(t)), filesIn(filepath.Join(t.TempDir(), "files")))
	names := []string{
		"../../x", `..\..\x`, "/etc/passwd", "a/../../b.png", "con.png", ".htaccess", "a\r\nX-A: b.png", `a";filename="b.html`, strings.Repeat("a", 5000), "", "é.png", ".", "..", "shop.db",
		"index.html", "a.php", "a.png/", "\xff.png", "%2e%2e%2fx", "<script>.png",
	}
	seen := map[string]bool{}
	for _, name := range append(names, slices.Repeat([]string{"same.png"}, 100)...) {
		f := storedBy(t, s.uploads(t, "admin", picture(name)))[0]
		if seen[f.ID] || !strings.HasSuffix(f.ID, ".png") || len(f.ID) != 30 || strings.ContainsAny(f.ID, "/\\%") {
			t.Errorf("%q is %+v", name, f)
		}
		seen[f.ID] = true
		if got := s.call("nobody", "GET /static/"+f.ID, ""); got.status != 200 || got.header.Get("Content-Type") != "image/png" || got.body != pixel {
			t.Errorf("%q: %d %v", name, got.status, got.header)
		}
	}
	for _, id := range []string{"..%2f..%2fx", "%2e%2e", "shop.db", "..%5cx", "a%00b"} {
		if got := s.call("admin", "GET /admin/uploads/"+id, ""); got.status != 404 {
			t.Errorf("GET of %s: %d", id, got.status)
		}
		if got := s.call("admin", "DELETE /admin/uploads/"+id, ""); got.status != 200 {
			t.Errorf("DELETE of %s: %d", id, got.status)
		}
	}
}

// counted counts what is read of a body.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += int64(n)
	return n, err
}

// endless is a file that does not end.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}

// A file of a gigabyte is refused by its length, or when the limit is passed.
func TestSecurityUploadsOfAGigabyte(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "files")
	c := filesIn(folder)
	c.Files.MaxSize = 1 << 20
	s := serve(t, open(t, file(t)), c)
	start := "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n"
	body := func(parts ...io.Reader) *counted { return &counted{Reader: io.MultiReader(parts...)} }
	for name, test := range map[string]struct {
		body     *counted
		length   int64
		most     int64
		statuses []int
	}{
		"of a length":     {body(strings.NewReader(start), endless{}), 1 << 30, 0, []int{413}},
		"without one":     {body(strings.NewReader(start), endless{}), -1, 1<<20 + 64<<10, []int{413}},
		"in a preamble":   {body(endless{}), -1, 4<<20 + 64<<10, []int{400, 413}},
		"after a file":    {body(strings.NewReader(start+"a\r\n--b\r\n"), endless{}), -1, 4<<20 + 64<<10, []int{400, 413}},
		"after the files": {body(strings.NewReader(start+"a\r\n--b"), endless{}), -1, 4<<20 + 64<<10, []int{400, 413}},
	} {
		r := s.as("admin", httptest.NewRequest(http.MethodPost, "/admin/uploads", test.body))
		r.ContentLength = test.length
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		got := s.send(r)
		if !slices.Contains(test.statuses, got.status) || test.body.n > test.most {
			t.Errorf("%s: %d %s, after %d bytes", name, got.status, got.body, test.body.n)
		}
	}
	if left := inFolder(t, folder); len(left) > 0 {
		t.Errorf("the folder holds %q", left)
	}
	other := httptest.NewRequest(http.MethodPost, "/admin/products", endless{})
	other.ContentLength = -1
	if got := s.send(s.as("admin", other)); got.status != 413 || !strings.Contains(got.body, fmt.Sprint(1<<20)) {
		t.Errorf("another route: %d %s", got.status, got.body)
	}
}

// A client that leaves in the middle of a file leaves nothing behind.
func TestSecurityUploadsThatBreakOff(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "files")
	s := serve(t, open(t, file(t)), filesIn(folder))
	ended := make(chan struct{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		s.handler.ServeHTTP(w, r)
	}))
	defer web.Close()
	body, contentType := formOf(t, picture("a.png"), upload{"files", "b.txt", "text/plain", strings.Repeat("a", 1<<20)})
	conn := s.begin(t, web.Listener.Addr().String(), "POST /admin/uploads", contentType, string(body[:len(body)/2]), len(body))
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	<-ended
	if left := inFolder(t, folder); len(left) > 0 {
		t.Errorf("the folder holds %q", left)
	}
}

// hurried serves a shop whose connections have a second to send a request and to get
// its answer.
func hurried(t *testing.T, s *served) (address string) {
	t.Helper()
	web := httptest.NewUnstartedServer(s.handler)
	web.Config.ReadTimeout, web.Config.WriteTimeout = time.Second, time.Second
	web.Start()
	t.Cleanup(web.Close)
	return web.Listener.Addr().String()
}

// begin sends the beginning of an administrator's request.
func (s *served) begin(t *testing.T, address, line, contentType, begin string, length int) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", line, s.user, contentType, length, begin)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// An upload and a download may take longer than other requests, which are cut off.
func TestUploadsMayBeSlow(t *testing.T) {
	t.Parallel()
	s := serve(t, open(t, file(t)), filesIn(t.TempDir()))
	address := hurried(t, s)
	large := strings.Repeat("\x00", 24<<20) // more than sockets hold
	path := "/static/" + storedBy(t, s.uploads(t, "admin", upload{"files", "a.bin", "", large}))[0].ID
	body, contentType := formOf(t, picture("a.png"))
	half := len(body) / 2
	up := s.begin(t, address, "POST /admin/uploads", contentType, string(body[:half]), len(body))
	down := s.begin(t, address, "GET "+path, "", "", 0)
	other := s.begin(t, address, "POST /admin/products", "application/json", `{"title`, 100)
	_, _ = io.Copy(io.Discard, other) // it ends, in whatever way, with its second: that of the others has ended, too
	if _, err := up.Write(body[half:]); err != nil {
		t.Fatal(err)
	}
	if status, n, err := response(up); status != http.StatusOK || n == 0 || err != nil {
		t.Errorf("the upload: %d with %d bytes, %v", status, n, err)
	}
	if status, n, err := response(down); status != http.StatusOK || n != int64(len(large)) || err != nil {
		t.Errorf("the download: %d with %d bytes of %d, %v", status, n, len(large), err)
	}
}

// response reads the whole answer of a connection, and returns its length.
func response(conn net.Conn) (status int, length int64, err error) {
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, 0, err
	}
	length, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, length, errors.Join(err, answer.Body.Close())
}
