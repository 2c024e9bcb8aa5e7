package file

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// LocalPath is where a shop's server serves the files of Local.
const LocalPath = "/static"

// localID is what the id of a file looks like. It is the name in the folder, too.
var localID = regexp.MustCompile(`^[a-z2-7]{26}\.([a-z0-9]{2,4})$`)

// unfinished is the beginning of the names of files that are being written.
const unfinished = ".unfinished-"

// abandoned is the age from which an unfinished file is one whose process died.
const abandoned = 24 * time.Hour

// Local keeps files in a folder, which is created with the first of them, for its
// owner alone. Several servers may share it.
type Local struct {
	folder string
	url    string // of the folder, without a slash at the end
	sweep  sync.Once
}

// NewLocal returns the provider of a folder. The files have URLs below url, which
// is LocalPath when it is empty.
func NewLocal(folder, url string) *Local {
	if url == "" {
		url = LocalPath
	}
	return &Local{folder: folder, url: strings.TrimRight(url, "/")}
}

// Create implements Provider.
func (l *Local) Create(_ context.Context, f *File) (Stored, error) {
	if err := os.MkdirAll(l.folder, 0o700); err != nil {
		return Stored{}, err
	}
	root, err := os.OpenRoot(l.folder)
	if err != nil {
		return Stored{}, err
	}
	defer root.Close() //nolint:errcheck // it was only read
	l.sweep.Do(func() { removeAbandoned(root) })
	id := strings.ToLower(rand.Text()) + "." + f.Type.Extension
	if err := write(root, id, f.Content); err != nil {
		return Stored{}, err
	}
	return l.stored(id), nil
}

// write writes a file that has all of its content, and is on the disk, before it
// has its name.
func write(root *os.Root, name string, content io.Reader) (err error) {
	f, err := root.OpenFile(unfinished+name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(root.Remove(unfinished+name)))
		}
	}()
	_, err = io.Copy(f, content)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := root.Rename(unfinished+name, name); err != nil {
		return err
	}
	return syncFolder(root)
}

// syncFolder makes the names in a folder safe.
func syncFolder(root *os.Root) error {
	folder, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// removeAbandoned removes what processes that died have left unfinished. What
// cannot be removed is in nobody's way.
func removeAbandoned(root *os.Root) {
	names, err := fs.Glob(root.FS(), unfinished+"*")
	if err != nil {
		return
	}
	for _, name := range names {
		if info, err := root.Lstat(name); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = root.Remove(name)
		}
	}
}

// Find implements Provider.
func (l *Local) Find(ctx context.Context, id string) (Stored, error) {
	content, err := l.Open(ctx, id)
	if err != nil {
		return Stored{}, err
	}
	return l.stored(id), content.Close()
}

// Open implements Provider. The reader of the content is an io.Seeker.
func (l *Local) Open(_ context.Context, id string) (*Content, error) {
	t, ok := localType(id)
	if !ok {
		return nil, notFound(id)
	}
	f, err := os.OpenInRoot(l.folder, id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notFound(id)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, errors.Join(err, f.Close())
	case !info.Mode().IsRegular():
		return nil, errors.Join(notFound(id), f.Close())
	}
	return &Content{f, t, info.Size(), info.ModTime()}, nil
}

// Delete implements Provider.
func (l *Local) Delete(_ context.Context, id string) error {
	if _, ok := localType(id); !ok {
		return nil
	}
	root, err := os.OpenRoot(l.folder)
	if err != nil {
		return ignoreMissing(err)
	}
	return errors.Join(ignoreMissing(root.Remove(id)), root.Close())
}

func (l *Local) stored(id string) Stored { return Stored{ID: id, URL: l.url + "/" + id} }

// localType returns the type that an id tells, and reports whether it is an id at
// all.
func localType(id string) (Type, bool) {
	parts := localID.FindStringSubmatch(id)
	if parts == nil {
		return Type{}, false
	}
	return ByExtension(parts[1])
}

func notFound(id string) error {
	return fault.New(fault.NotFound, "there is no file with id %s", fault.Clip(id))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
