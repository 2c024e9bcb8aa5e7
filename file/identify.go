package file

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"slices"
	"unicode/utf8"
)

// headBytes are the bytes that tell the type of a file.
const headBytes = 4096

// identify returns the type of the content that begins with head. It reports false
// for markup that a browser might take for a page: HTML, and XML other than SVG.
func identify(head []byte) (Type, bool) {
	if text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\f"); isMarkup(text) {
		return SVG, isSVG(text)
	}
	if isAVIF(head) {
		return AVIF, true
	}
	media := http.DetectContentType(head)
	switch media {
	case "text/html; charset=utf-8", "text/xml; charset=utf-8":
		return Type{}, false
	case Text.Media:
		if !isUTF8(head) {
			return Binary, true
		}
	}
	all := Types()
	if i := slices.IndexFunc(all, func(t Type) bool { return t.Media == media }); i >= 0 {
		return all[i], true
	}
	return Binary, true
}

// isMarkup reports whether a text begins with a tag, a comment or a declaration.
func isMarkup(text []byte) bool {
	if len(text) < 2 || text[0] != '<' {
		return false
	}
	c := text[1] | 0x20
	return c >= 'a' && c <= 'z' || text[1] == '!' || text[1] == '?' || text[1] == '/'
}

// isSVG reports whether the first element of XML is that of a picture.
func isSVG(text []byte) bool {
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if err != nil {
			return false
		}
		if first, ok := token.(xml.StartElement); ok {
			return first.Name == xml.Name{Space: "http://www.w3.org/2000/svg", Local: "svg"}
		}
	}
}

// isAVIF reports whether the first box of an ISO media file names the brand of
// AVIF.
func isAVIF(head []byte) bool {
	if len(head) < 16 || string(head[4:8]) != "ftyp" {
		return false
	}
	size := int(head[0])<<24 | int(head[1])<<16 | int(head[2])<<8 | int(head[3])
	for at := 8; at+4 <= min(size, len(head)); at += 4 {
		if brand := string(head[at : at+4]); brand == "avif" || brand == "avis" {
			return true
		}
	}
	return false
}

// isUTF8 reports whether the beginning of a text is UTF-8. Its last character may
// be cut off.
func isUTF8(head []byte) bool {
	for cut := range min(utf8.UTFMax, len(head)+1) {
		if utf8.Valid(head[:len(head)-cut]) {
			return cut == 0 || len(head) == headBytes
		}
	}
	return false
}
