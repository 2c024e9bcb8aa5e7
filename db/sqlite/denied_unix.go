//go:build unix

package sqlite

import (
	"errors"

	"golang.org/x/sys/unix"
)

// denied reports whether the user may not read and write a file or folder. It does
// not open the file: to close it again would release the locks that another
// connection of this process has on it.
func denied(path string) bool {
	err := unix.Faccessat(unix.AT_FDCWD, path, unix.R_OK|unix.W_OK, unix.AT_EACCESS)
	return errors.Is(err, unix.EACCES) || errors.Is(err, unix.EROFS)
}
