package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/fault"
)

// newFile is a file that is being written under another name, so that the file
// that was asked for is complete or not there. Only its owner can read it.
type newFile struct {
	*os.File
	path string // the name that it gets
}

// createFile creates the file for path beside it.
func createFile(path string) (*newFile, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fault.New(fault.InvalidData, "cannot write %s: it is a folder; give the name of a file in it, such as %s", path, filepath.Join(path, "file"))
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part") // mode 0600
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	return &newFile{f, path}, nil
}

// replace gives the file its name, in place of what had it.
func (f *newFile) replace() error {
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return cannotWrite(f.path, err)
	}
	if err := os.Rename(f.Name(), f.path); err != nil {
		return cannotWrite(f.path, err)
	}
	return nil
}

// place gives the file its name unless there is one of that name.
func (f *newFile) place() error {
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return cannotWrite(f.path, err)
	}
	switch err := os.Link(f.Name(), f.path); {
	case err == nil:
		return nil // discard removes the other name
	case errors.Is(err, fs.ErrExist):
		return alreadyExists(f.path)
	}
	if err := mustNotExist(f.path); err != nil { // the file system has no links
		return err
	}
	return f.replace()
}

// discard removes the file unless it has its name.
func (f *newFile) discard() {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// mustNotExist returns an error if there is a file of the name.
func mustNotExist(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return alreadyExists(path)
	}
	return nil // what else is wrong shows when the file is created
}

func alreadyExists(path string) error {
	return fault.New(fault.NotAllowed, "%s exists already; give the name of a new file", path)
}

// cannotWrite says why a file cannot be written, and what to do.
func cannotWrite(path string, err error) error {
	switch dir := filepath.Dir(path); {
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(err, fault.Unavailable, "no permission to write %s; choose another folder, or allow this user to write to %s", path, dir)
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.Unavailable, "cannot write %s: the folder %s does not exist", path, dir)
	}
	return fault.Wrap(err, fault.Unavailable, "cannot write %s: %v", path, reasonOf(err))
}

// reasonOf returns the error of the system, without the operation and the path.
func reasonOf(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
