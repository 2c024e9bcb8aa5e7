package fault

import "strings"

// maxClip is how many bytes of a caller's text a message repeats.
const maxClip = 100

// Clip returns s shortened to what a message can repeat: 100 bytes of valid
// UTF-8, with an ellipsis when something was cut off.
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
