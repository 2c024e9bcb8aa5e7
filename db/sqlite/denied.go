package sqlite

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// remedy returns the end of a message about a file that cannot be opened or
// written: why, and what to do, if that can be found out.
func remedy(path string, code int) string {
	const allow = "allow this user to read and write the file and its folder (chown or chmod), or run as their owner"
	if code == codeReadOnly {
		return ": " + allow
	}
	if code != codeCantOpen {
		return ""
	}
	dir := filepath.Dir(path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return ": it is a folder; name a file in it"
	case errors.Is(err, fs.ErrPermission), err == nil && (denied(path) || denied(dir)):
		return ": no permission; " + allow
	case errors.Is(err, fs.ErrNotExist) && denied(dir):
		return ": no permission to create files in " + dir + "; choose another folder, or " + allow
	}
	return ""
}
