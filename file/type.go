package file

import "slices"

// Type is what kind of content a file has.
type Type struct {
	Media     string // such as image/png
	Extension string // such as png
	// Shown says that a browser may show the file in a page or as one. Others are downloaded.
	Shown bool
}

// The types that New tells apart. Whatever is of none of them is Binary.
var (
	PNG  = Type{"image/png", "png", true}
	JPEG = Type{"image/jpeg", "jpg", true}
	GIF  = Type{"image/gif", "gif", true}
	WebP = Type{"image/webp", "webp", true}
	AVIF = Type{"image/avif", "avif", true}
	BMP  = Type{"image/bmp", "bmp", true}
	Icon = Type{"image/x-icon", "ico", true}
	SVG  = Type{"image/svg+xml", "svg", false} // it may have scripts, which run when it is a page and not when it is in one

	MP4  = Type{"video/mp4", "mp4", true}
	WebM = Type{"video/webm", "webm", true}
	MP3  = Type{"audio/mpeg", "mp3", true}
	Wave = Type{"audio/wave", "wav", true}
	Ogg  = Type{"application/ogg", "ogg", true} // audio or video

	PDF    = Type{"application/pdf", "pdf", false}
	Zip    = Type{"application/zip", "zip", false}
	Gzip   = Type{"application/x-gzip", "gz", false}
	CSV    = Type{"text/csv; charset=utf-8", "csv", false}
	Text   = Type{"text/plain; charset=utf-8", "txt", false}
	Binary = Type{"application/octet-stream", "bin", false}
)

// Types returns all types.
func Types() []Type {
	return []Type{PNG, JPEG, GIF, WebP, AVIF, BMP, Icon, SVG, MP4, WebM, MP3, Wave, Ogg, PDF, Zip, Gzip, CSV, Text, Binary}
}

// ByExtension returns the type whose files have an extension.
func ByExtension(extension string) (Type, bool) {
	all := Types()
	i := slices.IndexFunc(all, func(t Type) bool { return t.Extension == extension })
	if i < 0 {
		return Type{}, false
	}
	return all[i], true
}
