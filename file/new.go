package file

import (
	"bufio"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/gorgon-commerce/gorgon/fault"
)

// DefaultMaxSize is how many bytes a file may have unless told otherwise.
const DefaultMaxSize = 32 << 20

// New returns a file to keep. Its type is that of its content, of which it reads
// the beginning; the name and the type that the client claims are good for errors, and
// to tell CSV from other text. It refuses an empty file, markup that a browser might
// run, and what is said to be a picture, a sound or a film and is none. Reading
// more than limit bytes of its Content is a too_large error.
func New(name, claimed string, content io.Reader, limit int64) (*File, error) {
	extension := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	name = display(name)
	buffered := bufio.NewReaderSize(&bounded{content, limit, limit, name}, headBytes)
	head, err := buffered.Peek(headBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(head) == 0 {
		return nil, fault.New(fault.InvalidData, "the file %s is empty", name)
	}
	t, ok := identify(head)
	if !ok {
		return nil, fault.New(fault.InvalidData, "the file %s is HTML or XML, which a browser might run; SVG is the only markup that is taken", name)
	}
	if t == Text && extension == CSV.Extension {
		t = CSV
	}
	for _, claim := range []string{claimed, claimOf(extension)} {
		if !holds(claim, t) {
			return nil, fault.New(fault.InvalidData, "the file %s is said to be %s, and its content is not: it is %s", name, fault.Clip(claim), t.Media)
		}
	}
	return &File{Name: name, Type: t, Content: buffered}, nil
}

// claimOf returns the type that the extension of a client's file name claims, or "".
func claimOf(extension string) string {
	switch extension {
	case "jpeg", "jpe", "heic", "heif", "tif", "tiff", "jxl":
		return "image/" + extension
	}
	t, _ := ByExtension(extension)
	return t.Media
}

// holds reports whether a claim about the type of a file is no lie: a picture is a
// picture, though perhaps of another format; claims of other kinds are worth
// nothing anyway.
func holds(claim string, t Type) bool {
	kind, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(claim)), "/")
	is, _, _ := strings.Cut(t.Media, "/")
	media := []string{"audio", "video"}
	switch {
	case kind == "image":
		return is == "image"
	case slices.Contains(media, kind):
		return slices.Contains(media, is) || t == Ogg
	}
	return true
}

// display returns a client's name for a file as people may see it: the last part
// of a path, short, and without what cannot be printed.
func display(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if name == "" {
		return "without a name"
	}
	return fault.Clip(name)
}

// bounded is a reader that fails when there are more bytes than its limit.
type bounded struct {
	io.Reader
	left, limit int64
	name        string
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.Reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fault.New(fault.TooLarge, "the file %s has more than %d bytes", b.name, b.limit)
	}
	return n, err
}
