package fault

import "strings"

// maxClip is how many bytes of a caller's text a message includes.
const maxClip = 100

// Clip returns s shortened for a message: at most 100 bytes of valid UTF-8,
// followed by an ellipsis if s is longer.
func Clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= maxClip {
		return s
	}
	return strings.ToValidUTF8(s[:maxClip], "") + "…"
}

// Article returns name with its indefinite article: "an order", "a cart".
func Article(name string) string {
	if name != "" && strings.IndexByte("aeiou", name[0]) >= 0 {
		return "an " + name
	}
	return "a " + name
}
