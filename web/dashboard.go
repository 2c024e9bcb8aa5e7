package web

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// DashboardBase is the path below which a dashboard is served, and for which it must
// be built.
const DashboardBase = "/app"

// dashboardPolicy lets a dashboard run its own scripts, talk to its own server and show
// pictures from anywhere: those of products may lie elsewhere. Its components set styles
// on elements.
const dashboardPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; font-src 'self' data:; " +
	"img-src 'self' data: blob: http: https:; media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// maxDashboardPage is the size, in bytes, of the page of a dashboard: it only names what
// is loaded.
const maxDashboardPage = 1 << 20

// Dashboard is the folder of a built admin dashboard: its page, index.html, and what the
// page loads. The folder is read for each request, so that it can be built anew while it
// is served.
type Dashboard struct{ folder string }

// NewDashboard returns the dashboard in a folder. Without a page that was built for
// DashboardBase there, it returns an invalid_data error.
func NewDashboard(folder string) (*Dashboard, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fault.Wrap(err, fault.InvalidData, "--dashboard is %s: %v; give the folder of a built dashboard", fault.Clip(folder), err)
	}
	defer root.Close() //nolint:errcheck // it was only read
	page, err := readPage(root)
	switch {
	case err != nil:
		return nil, fault.Wrap(err, fault.InvalidData, "--dashboard is %s, where no index.html can be read (%v); give the folder that the build of the dashboard wrote", fault.Clip(folder), err)
	case !bytes.Contains(page, []byte(`"`+DashboardBase+`/`)):
		return nil, fault.New(fault.InvalidData, "the dashboard in %s was not built for the path %s, below which it is served; build it with path: %q", fault.Clip(folder), DashboardBase, DashboardBase)
	}
	return &Dashboard{folder}, nil
}

// readPage returns the page of a dashboard.
func readPage(root *os.Root) ([]byte, error) {
	f, err := root.Open("index.html")
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	return io.ReadAll(io.LimitReader(f, maxDashboardPage))
}

// Send responds with a file of the dashboard, named as below DashboardBase. Names of no
// file are views of the dashboard, which its page shows.
func (d *Dashboard) Send(w http.ResponseWriter, r *http.Request, name string) error {
	root, err := os.OpenRoot(d.folder)
	if err != nil {
		return fault.Wrap(err, fault.UnexpectedState, "the folder of the dashboard cannot be read")
	}
	defer root.Close() //nolint:errcheck // it was only read
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	f, err := open(root, name)
	if err == nil {
		defer f.Close() //nolint:errcheck // it was only read
		return sendFile(w, r, f, name)
	}
	if name != "index.html" && (path.Dir(name) == "assets" || mediaTypes[path.Ext(name)] != "") {
		return fault.Wrap(err, fault.NotFound, "the dashboard has no file %s", fault.Clip(name))
	}
	page, err := readPage(root)
	if err != nil {
		return fault.Wrap(err, fault.UnexpectedState, "the page of the dashboard cannot be read")
	}
	dashboardHeaders(w.Header(), "index.html")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(page))
	return nil
}

// open opens a file, not a folder. The page is not one of the files: it is what the
// other names show.
func open(root *os.Root, name string) (*os.File, error) {
	if name == "" || name == "index.html" {
		return nil, fs.ErrNotExist
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// sendFile responds with a file.
func sendFile(w http.ResponseWriter, r *http.Request, f *os.File, name string) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	dashboardHeaders(w.Header(), name)
	http.ServeContent(w, r, "", info.ModTime(), f)
	return nil
}

// dashboardHeaders sets the headers of a file of a dashboard. Names in its folder assets
// change with what is in the files, which can therefore be kept for good.
func dashboardHeaders(h http.Header, name string) {
	kind := mediaTypes[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", dashboardPolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	if path.Dir(name) == "assets" {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
}
