package web

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"html"
	"net/http"
	"regexp"
	"strings"
)

// picturePolicy lets a picture load and run nothing, also when it is opened as a
// page.
const picturePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

// pictureName is what a picture may be called.
var pictureName = regexp.MustCompile(`^[a-z0-9-]{1,80}$`)

// view is a way to draw a thing.
type view struct {
	suffix string // of the picture's name
	size   int    // the width and height, in pixels
	plain  bool   // without the thing's name below it
	behind string // what is drawn behind the thing
	before string // what is drawn over it
}

// views returns all ways to draw a thing; the last has no suffix.
func views() []view {
	return []view{
		{suffix: "-small", size: 240, plain: true},
		{suffix: "-in-use", size: 800, behind: `<circle cx="640" cy="160" r="70" fill="#fff" fill-opacity=".6"/><path d="M0 500Q200 430 400 490T800 470V800H0Z" fill="#000" fill-opacity=".08"/>`},
		{suffix: "-claim", size: 800, before: `<path d="M430 150L390 290L440 370L400 530" fill="none" stroke="#333" stroke-width="6"/>`},
		{size: 800},
	}
}

// shapes returns the shapes of things, in a square of 800.
func shapes() []string {
	return []string{
		`<circle cx="400" cy="350" r="210"`, `<rect x="200" y="150" width="400" height="400" rx="60"`,
		`<path d="M400 120L660 560H140Z"`, `<path d="M200 560V350A200 200 0 0 1 600 350V560Z"`,
	}
}

// Picture draws the thing that a name such as enamel-mug-small says, in SVG. The
// same name is always the same picture. It reports false for what is not a name
// of at most 80 small letters, digits and hyphens.
func Picture(name string) (svg []byte, ok bool) {
	if !pictureName.MatchString(name) {
		return nil, false
	}
	for _, v := range views() {
		if thing, found := strings.CutSuffix(name, v.suffix); found {
			return v.draw(thing), true
		}
	}
	return nil, false
}

// draw draws a thing in colors and a shape that the hash of its name chooses.
func (v view) draw(thing string) []byte {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(thing)) // never fails
	sum := hash.Sum32()
	hue, shape := sum%360, shapes()[sum/360%uint32(len(shapes()))]
	words := strings.FieldsFunc(thing, func(r rune) bool { return r == '-' })
	title := html.EscapeString(strings.Join(words, " "))
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%[1]d" viewBox="0 0 800 800" font-family="sans-serif" text-anchor="middle">`, v.size)
	fmt.Fprintf(&out, `<title>%s</title><rect width="800" height="800" fill="hsl(%d,35%%,88%%)"/>%s`, title, hue, v.behind)
	fmt.Fprintf(&out, `%s fill="hsl(%d,30%%,52%%)"/>%s<text x="400" y="445" font-size="150" fill="#fff">%s</text>`, shape, hue, v.before, html.EscapeString(initials(words)))
	if !v.plain {
		fmt.Fprintf(&out, `<text x="400" y="690" font-size="%d" fill="hsl(%d,30%%,28%%)">%s</text>`, min(44, 1200/max(len(title), 1)), hue, title)
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}

// initials returns the first letters of the first two words, in capitals.
func initials(words []string) string {
	out := ""
	for _, w := range words[:min(len(words), 2)] {
		out += strings.ToUpper(w[:1])
	}
	return out
}

// SendPicture responds with a picture in SVG.
func SendPicture(w http.ResponseWriter, svg []byte) error {
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Content-Security-Policy", picturePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=86400")
	_, _ = w.Write(svg) // the client may be gone
	return nil
}
