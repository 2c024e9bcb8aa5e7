package file_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/file"
)

const (
	png  = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	avif = "\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf"
	svg  = `<svg xmlns="http://www.w3.org/2000/svg"/>`
)

// The type of a file is that of its content, whatever it is said to be, unless that
// is a lie.
func TestTheContentTellsTheType(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		content string
		want    file.Type
	}{
		"a.png": {png, file.PNG}, "a.jpeg": {png, file.PNG}, "a.JPG": {"\xff\xd8\xff\xe0", file.JPEG}, "b.gif": {"GIF89a", file.GIF}, "c.webp": {"RIFF\x00\x00\x00\x00WEBPVP8 ", file.WebP},
		"a.avif": {avif, file.AVIF}, "b.avif": {"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1", file.AVIF}, "c.bmp": {"BM", file.BMP}, "d.ico": {"\x00\x00\x01\x00", file.Icon},
		"a.svg": {svg, file.SVG}, "b.svg": {"\xef\xbb\xbf \n<?xml version=\"1.0\"?><!-- a --><!DOCTYPE svg>\n" + svg, file.SVG}, "c.svg": {"<!-- a picture -->" + svg, file.SVG},
		"a.mp4": {"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", file.MP4}, "a.webm": {"\x1a\x45\xdf\xa3", file.WebM}, "a.mp3": {"ID3\x03", file.MP3}, "a.wav": {"RIFF\x00\x00\x00\x00WAVE", file.Wave},
		"a.ogg": {"OggS\x00", file.Ogg}, "a.pdf": {"%PDF-1.7", file.PDF}, "a.docx": {"PK\x03\x04", file.Zip}, "a.gz": {"\x1f\x8b\x08", file.Gzip},
		"a.csv": {"id,title\n1,Mug\n", file.CSV}, "a.js": {"alert(1)", file.Text}, "a.txt": {"é <3 &", file.Text}, "": {"a", file.Text}, "a.html": {"a", file.Text},
		"a.exe": {"MZ\x90\x00\x03", file.Binary}, "latin.txt": {"caf\xe9 au lait", file.Binary}, "wide.txt": {"\xff\xfe<\x00", file.Binary}, "b.svg.txt": {"\x00" + svg, file.Binary},
		"long.txt": {strings.Repeat("é", 5000), file.Text}, "odd.txt": {"x" + strings.Repeat("é", 5000), file.Text},
	} {
		f, err := file.New(name, "", strings.NewReader(test.content), 1<<20)
		if err != nil || f.Type != test.want {
			t.Errorf("%s: %+v, %v; want %+v", name, f, err, test.want)
			continue
		}
		if got, err := io.ReadAll(f.Content); string(got) != test.content || err != nil {
			t.Errorf("%s: the content is %.100q, %v", name, got, err)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, claimed, content string
		want                   fault.Type
		says                   string
	}{
		{"a.png", "image/png", "<!DOCTYPE html><script>alert(1)</script>", fault.InvalidData, "HTML or XML"},
		{"a.png", "image/png", "  \n<HTML>", fault.InvalidData, "HTML or XML"},
		{"a.txt", "text/plain", "<script>alert(1)</script>", fault.InvalidData, "HTML or XML"},
		{"a.txt", "text/plain", "\xef\xbb\xbf<x onclick=a>", fault.InvalidData, "HTML or XML"},
		{"a.svg", "image/svg+xml", `<html><svg xmlns="http://www.w3.org/2000/svg"/></html>`, fault.InvalidData, "HTML or XML"},
		{"a.svg", "image/svg+xml", `<svg onload="alert(1)">`, fault.InvalidData, "HTML or XML"}, // not SVG without its namespace
		{"a.svg", "image/svg+xml", `<?xml version="1.0" encoding="utf-16"?>` + svg, fault.InvalidData, "HTML or XML"},
		{"a.svg", "image/svg+xml", "<!--" + strings.Repeat("-", 5000) + "-->" + svg, fault.InvalidData, "HTML or XML"},
		{"a.xml", "application/xml", `<?xml version="1.0"?><a/>`, fault.InvalidData, "HTML or XML"},
		{"a.xhtml", "", `<?xml-stylesheet href="x"?>`, fault.InvalidData, "HTML or XML"},
		{"a.png", "", "MZ\x90\x00", fault.InvalidData, "is said to be image/png"},
		{"a", "image/png", "MZ\x90\x00", fault.InvalidData, "is said to be image/png"},
		{"a.png", "application/octet-stream", "plain text", fault.InvalidData, "is said to be image/png"},
		{strings.Repeat("a", 500) + ".PNG", "", "plain text", fault.InvalidData, "is said to be image/png"},
		{"a.heic", "", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", fault.InvalidData, "is said to be image/heic"},
		{"a.mp4", " VIDEO/mp4", png, fault.InvalidData, "is said to be"},
		{"a.txt", "text/plain", "", fault.InvalidData, "is empty"},
		{"a.txt", "text/plain", strings.Repeat("a", 101), fault.TooLarge, "more than 100 bytes"},
		{"C:\\x\\../..\x00/a\x1b.txt", "", "", fault.InvalidData, "the file a.txt is empty"},
		{"../../", "", "", fault.InvalidData, "the file without a name is empty"},
	} {
		f, err := file.New(test.name, test.claimed, strings.NewReader(test.content), 100)
		if test.want != fault.TooLarge {
			f, err = file.New(test.name, test.claimed, strings.NewReader(test.content), 1<<20)
		}
		if fault.TypeOf(err) != test.want || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%.100q: %+v, %v; want %s that says %q", test.name+" "+test.content, f, err, test.want, test.says)
		}
	}
}

// What is longer than the limit is not read to its end.
func TestTheLimitHoldsWhileReading(t *testing.T) {
	t.Parallel()
	read := 0
	endless := iotest.OneByteReader(readFunc(func(b []byte) (int, error) { read += len(b); b[0] = 'a'; return len(b), nil }))
	f, err := file.New("a.txt", "", endless, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, f.Content); n > 10_000 || fault.TypeOf(err) != fault.TooLarge || read > 10_001 {
		t.Errorf("%d bytes of %d read, %v", n, read, err)
	}
	exactly, err := file.New("a.txt", "", strings.NewReader(strings.Repeat("a", 10_000)), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, exactly.Content); n != 10_000 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestABodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if f, err := file.New("a.txt", "", iotest.ErrReader(broken), 100); !errors.Is(err, broken) {
		t.Errorf("%+v, %v", f, err)
	}
}

type readFunc func(b []byte) (int, error)

func (f readFunc) Read(b []byte) (int, error) { return f(b) }
