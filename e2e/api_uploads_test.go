package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/file/filetest"
	"github.com/gorgon-commerce/gorgon/server"
)

// pixel is a picture of one pixel.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"

// upload is a file as a client sends it.
type upload struct{ field, name, media, content string }

func picture(name string) upload { return upload{"files", name, "image/png", pixel} }

// formOf returns a multipart body of files, and its type.
func formOf(t testing.TB, files ...upload) (body []byte, contentType string) {
	t.Helper()
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	for _, f := range files {
		h := textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition(f.field, f.name)}}
		if f.media != "" {
			h.Set("Content-Type", f.media)
		}
		part, err := form.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), form.FormDataContentType()
}

// uploads sends files to POST /admin/uploads.
func (s *served) uploads(t testing.TB, who string, files ...upload) reply {
	t.Helper()
	body, contentType := formOf(t, files...)
	r := httptest.NewRequest(http.MethodPost, "/admin/uploads", bytes.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return s.send(s.as(who, r))
}

// stored is a file that is kept.
type stored struct{ ID, URL string }

// filesIn is a server that keeps files in a folder.
func filesIn(folder string) (c server.Config) {
	c.Files.Folder = folder
	return c
}

// storedBy returns the files of the answer to an upload that went well.
func storedBy(t testing.TB, got reply) []stored {
	t.Helper()
	var answer struct{ Files []stored }
	if err := json.Unmarshal([]byte(got.body), &answer); got.status != 200 || err != nil {
		t.Fatalf("%d %.300s (%v)", got.status, got.body, err)
	}
	return answer.Files
}

// inFolder returns the names in the folder of files; none if it does not exist.
func inFolder(t testing.TB, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// eachUploading runs a test on shops of both databases with a folder of files.
func eachUploading(t *testing.T, test func(t *testing.T, s *served, folder string)) {
	t.Helper()
	each(t, func(t *testing.T, app *gorgon.App) {
		folder := filepath.Join(t.TempDir(), "files")
		test(t, serve(t, app, filesIn(folder)), folder)
	})
}

// A picture is uploaded, set as that of a product, found by a storefront and
// fetched.
func TestAPIUploadedPictureOfAProduct(t *testing.T) {
	t.Parallel()
	eachUploading(t, func(t *testing.T, s *served, folder string) {
		files := storedBy(t, s.uploads(t, "admin", picture("front.png"), picture("back side.png")))
		if len(files) != 2 || files[0].ID == files[1].ID {
			t.Fatalf("the files are %+v", files)
		}
		for _, f := range files {
			if f.URL != "http://example.com/static/"+f.ID || !strings.HasSuffix(f.ID, ".png") || strings.Contains(f.ID, "front") {
				t.Errorf("the file is %+v", f)
			}
		}
		s.want(t, 200, "admin", "POST /admin/products/prod", fmt.Sprintf(`{"thumbnail": %q, "images": [{"url": %q}, {"url": %[1]q}]}`, files[0].URL, files[1].URL))
		p := s.want(t, 200, "store", "GET /store/products/prod?fields=thumbnail,images.url", "")["product"].(map[string]any)
		urls := []any{p["thumbnail"], at(p, "images", 0, "url"), at(p, "images", 1, "url")}
		if fmt.Sprint(urls) != fmt.Sprint([]any{files[0].URL, files[1].URL, files[0].URL}) {
			t.Errorf("the pictures are %v", urls)
		}
		for _, url := range urls {
			got := s.call("nobody", "GET "+strings.TrimPrefix(url.(string), "http://example.com"), "")
			if got.status != 200 || got.body != pixel || got.header.Get("Content-Type") != "image/png" {
				t.Errorf("%v: %d %v", url, got.status, got.header)
			}
		}
		contains(t, "one", s.want(t, 200, "admin", "GET /admin/uploads/"+files[0].ID+"?fields=id,url", ""), fmt.Sprintf(`{"file": {"id": %q, "url": %q}}`, files[0].ID, files[0].URL))
		for range 2 { // the second time it is gone already
			contains(t, "deletion", s.want(t, 200, "admin", "DELETE /admin/uploads/"+files[0].ID, ""), fmt.Sprintf(`{"id": %q, "object": "file", "deleted": true}`, files[0].ID))
		}
		s.want(t, 404, "admin", "GET /admin/uploads/"+files[0].ID, "")
		s.want(t, 404, "nobody", "GET /static/"+files[0].ID, "")
		if left := inFolder(t, folder); len(left) != 1 || left[0] != files[1].ID {
			t.Errorf("the folder holds %q", left)
		}
	})
}

// served files have headers with which caches keep them and browsers run nothing.
func TestAPIStaticFiles(t *testing.T) {
	t.Parallel()
	s := serve(t, open(t, file(t)), filesIn(t.TempDir()))
	svg := `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	long := "a,b\n" + strings.Repeat("1,2\n", 10_000)
	files := storedBy(t, s.uploads(t, "admin", picture("a.png"), upload{"files", "a.svg", "image/svg+xml", svg}, upload{"files", "a.csv", "text/csv", long}, upload{"files", "a.js", "text/javascript", "alert(1)"}))
	kept, once := "public, max-age=31536000, immutable", "private, no-store"
	for i, want := range []struct{ media, disposition, caching, content string }{
		{"image/png", "", kept, pixel}, {"image/svg+xml", "attachment", kept, svg}, {"text/csv; charset=utf-8", "attachment", once, long},
		{"text/plain; charset=utf-8", "attachment", once, "alert(1)"},
	} {
		path := "/static/" + files[i].ID
		for _, method := range []string{"GET ", "HEAD "} {
			got := s.call("nobody", method+path, "")
			if method == "HEAD " {
				want.content = ""
			}
			if got.status != 200 || got.body != want.content {
				t.Errorf("%s%s: %d %.100q", method, path, got.status, got.body)
			}
			for name, value := range map[string]string{
				"Content-Type": want.media, "Content-Disposition": want.disposition, "X-Content-Type-Options": "nosniff", "Cache-Control": want.caching,
				"Accept-Ranges": "bytes", "Content-Encoding": "", "No-Gzip-Compression": "",
			} {
				if got.header.Get(name) != value {
					t.Errorf("%s%s: %s is %q, want %q", method, path, name, got.header.Get(name), value)
				}
			}
			if policy := got.header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || !strings.HasSuffix(policy, "; sandbox") {
				t.Errorf("%s: the policy is %q", path, policy)
			}
		}
	}
}

// Parts of a file can be asked for, and whether it has changed; there is no list of
// files, and no way to others.
func TestAPIStaticRequests(t *testing.T) {
	t.Parallel()
	s := serve(t, open(t, file(t)), filesIn(t.TempDir()))
	long := "a,b\n" + strings.Repeat("1,2\n", 10_000)
	csv := storedBy(t, s.uploads(t, "admin", upload{"files", "a.csv", "text/csv", long}))[0]
	ask := func(name, value string) reply {
		r := httptest.NewRequest(http.MethodGet, "/static/"+csv.ID, nil)
		r.Header.Set(name, value)
		r.Header.Set("Accept-Encoding", "gzip")
		return s.send(r)
	}
	if got := ask("Range", "bytes=4-7"); got.status != 206 || got.body != "1,2\n" || got.header.Get("Content-Range") != fmt.Sprintf("bytes 4-7/%d", len(long)) {
		t.Errorf("a part: %d %q %v", got.status, got.body, got.header)
	}
	if got := ask("Range", "bytes=99999999-"); got.status != 416 {
		t.Errorf("a part after the end: %d", got.status)
	}
	if got := ask("If-None-Match", ask("Range", "").header.Get("Etag")); got.status != 304 || got.body != "" {
		t.Errorf("what is known: %d %.100q", got.status, got.body)
	}
	for _, path := range []string{"", "/", "/.", "/..", "/../go.mod", "/..%2fgo.mod", "/%2e%2e%2fgo.mod", "//" + csv.ID, "/a%00.png", "/" + strings.ToUpper(csv.ID), "/" + strings.Repeat("a", 26) + ".png"} {
		if got := s.call("nobody", "GET /static"+path, ""); got.status != 404 || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
	}
}

// The URL of a file is that of the setting, or of the host that the administrator
// calls.
func TestAPIUploadsAddress(t *testing.T) {
	t.Parallel()
	app := open(t, file(t))
	c := filesIn(t.TempDir())
	c.TrustedProxies = 1
	s := serve(t, app, c)
	for _, test := range []struct{ host, proto, want string }{
		{"shop.example.com:9000", "", "http://shop.example.com:9000/static/"}, {"shop.example.com", "https", "https://shop.example.com/static/"}, {"[::1]:9000", "", "http://[::1]:9000/static/"},
		{"", "", "/static/"}, {`a"b`, "", "/static/"}, {"a.example.com/x", "", "/static/"}, {"user@a.example.com", "", "/static/"}, {"a:b", "", "/static/"},
	} {
		body, contentType := formOf(t, picture("a.png"))
		r := s.as("admin", httptest.NewRequest(http.MethodPost, "/admin/uploads", bytes.NewReader(body)))
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("X-Forwarded-Proto", test.proto)
		r.Header.Set("X-Forwarded-Host", "evil.example.com")
		r.Host = test.host
		if f := storedBy(t, s.send(r))[0]; f.URL != test.want+f.ID {
			t.Errorf("%q: %s", test.host, f.URL)
		}
	}
	c.Files.URL = "https://cdn.example.com/pictures/"
	s.handler = server.Handler(app.Shop, c, nil)
	if f := storedBy(t, s.uploads(t, "secret", picture("a.png")))[0]; f.URL != "https://cdn.example.com/pictures/"+f.ID {
		t.Errorf("with a setting: %s", f.URL)
	}
}

// Without a setting, files are kept beside the SQLite file.
func TestUploadsAreBesideTheDatabase(t *testing.T) {
	t.Parallel()
	url := file(t)
	s := serve(t, open(t, url), server.Config{})
	f := storedBy(t, s.uploads(t, "admin", picture("a.png")))[0]
	path, _, _ := strings.Cut(strings.TrimPrefix(url, "sqlite:"), "?")
	if got := inFolder(t, filepath.Join(filepath.Dir(path), "gorgon-files")); len(got) != 1 || got[0] != f.ID {
		t.Errorf("the folder holds %q, not %s", got, f.ID)
	}
}

// A provider that is elsewhere says where its files are.
func TestUploadsToAnotherProvider(t *testing.T) {
	t.Parallel()
	m := &filetest.Memory{}
	var c server.Config
	c.Files.Provider = m
	s := serve(t, open(t, file(t)), c)
	f := storedBy(t, s.uploads(t, "admin", picture("a.png")))[0]
	if f.URL != "https://files.example.com/"+f.ID || m.Len() != 1 {
		t.Errorf("%+v, %d files", f, m.Len())
	}
	for _, method := range []string{"GET", "HEAD"} {
		got := s.call("nobody", method+" /static/"+f.ID, "")
		if got.status != 200 || got.header.Get("Content-Length") != fmt.Sprint(len(pixel)) || method == "GET" && got.body != pixel {
			t.Errorf("%s: %d %v", method, got.status, got.header)
		}
	}
	if got := s.uploads(t, "admin", picture("a.png"), upload{"files", "b.png", "", "<html>"}); got.status != 400 || m.Len() != 1 {
		t.Errorf("%d, %d files", got.status, m.Len())
	}
}

// A client that asks where to upload is told the route of uploads, as a path: it
// then sends a form there, and goes on with the id that it gets.
func TestAPIPresignedUploads(t *testing.T) {
	t.Parallel()
	c := filesIn(t.TempDir())
	c.Files.MaxSize = 1000
	s := serve(t, open(t, file(t)), c)
	const line = "POST /admin/uploads/presigned-urls"
	got := s.want(t, 200, "admin", line, `{"originalname": "../../a.csv", "mime_type": "text/csv; charset=utf-8", "size": 1000, "access": "private"}`)
	contains(t, line, got, `{"url": "/admin/uploads", "mime_type": "text/csv", "size": 1000, "extension": "csv", "originalname": "../../a.csv"}`)
	if name, ok := got["filename"].(string); !ok || name == "" || strings.ContainsAny(name, "/.") {
		t.Errorf("the file name is %v", got["filename"])
	}
	for body, status := range map[string]int{
		`{"originalname": "a.csv", "mime_type": "text/csv", "size": 1001}`:                   413,
		`{"originalname": "a.csv", "mime_type": "csv, please", "size": 1}`:                   400,
		`{"originalname": "a.csv", "mime_type": "text/csv", "size": -1}`:                     400,
		`{"originalname": "a.csv", "mime_type": "text/csv", "size": 1, "access": "nobody"}`:  400,
		`{"originalname": "a.csv", "mime_type": "text/csv"}`:                                 400,
		`{"originalname": "a.csv", "mime_type": "text/csv", "size": 1, "path": "/etc/cron"}`: 400,
	} {
		s.want(t, status, "admin", line, body)
	}
}
