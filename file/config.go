package file

import (
	"net/url"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/fault"
)

// DefaultFolder is the name of the folder of files unless told otherwise.
const DefaultFolder = "gorgon-files"

// Config is where the files of a shop are kept. Its zero value is a folder beside
// the SQLite file of the shop, or in the working folder.
type Config struct {
	// Folder is where files are kept. Default: DefaultFolder, beside the SQLite file.
	Folder string
	// URL is that of the folder as clients reach it, such as https://shop.example.com/static. Default: /static of the host that
	// a file is requested or uploaded from.
	URL string
	// MaxSize is how many bytes a file may have. Default: DefaultMaxSize.
	MaxSize int64
	// Provider keeps the files in place of the folder.
	Provider Provider
}

// maxSize is the most that MaxSize may be: a terabyte.
const maxSize = 1 << 40

// Check returns an invalid_data error if a setting is not valid.
func (c Config) Check() error {
	if err := fault.NotNegative("Server.Files.MaxSize", c.MaxSize); err != nil {
		return err
	}
	if c.MaxSize > maxSize {
		return fault.New(fault.InvalidData, "Server.Files.MaxSize (--max-upload) is %d; it can be at most %d", c.MaxSize, maxSize)
	}
	if c.URL == "" {
		return nil
	}
	u, err := url.Parse(c.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fault.New(fault.InvalidData, "invalid Server.Files.URL (--files-url) %q: want a URL such as https://shop.example.com/static", fault.Clip(c.URL))
	}
	return nil
}

// OrDefaults returns the settings with their defaults filled in, also the provider.
// The default folder is in beside.
func (c Config) OrDefaults(beside string) Config {
	if c.Folder == "" {
		c.Folder = filepath.Join(beside, DefaultFolder)
	}
	if c.MaxSize == 0 {
		c.MaxSize = DefaultMaxSize
	}
	if c.Provider == nil {
		c.Provider = NewLocal(c.Folder, c.URL)
	}
	return c
}
