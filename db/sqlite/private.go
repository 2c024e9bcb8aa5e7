package sqlite

import (
	"os"
	"path/filepath"
)

// maxLinks is how many symbolic links lead to a file that is to be created.
const maxLinks = 40

// createPrivate creates an empty file that only its owner can read, whatever the
// umask is, unless there is one. SQLite gives the mode of the file to the files
// that it keeps beside it. What fails is left to SQLite, which says it better.
//
// A file that exists is not opened: to close it again would release the locks
// that another connection of this process has on it.
func createPrivate(path string) {
	for range maxLinks {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err == nil {
			_ = f.Close() // it is empty
			return
		}
		target, err := os.Readlink(path) // O_EXCL does not follow one that leads nowhere
		if err != nil {
			return
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
}
