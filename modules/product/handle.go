package product

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainLetters are letters that do not fall apart into a letter and an accent.
var plainLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ł", "l", "ð", "d", "þ", "th", "ı", "i")

// handle is a title as it stands in a URL: "Crème brûlée, 2 pcs" is
// creme-brulee-2-pcs. A title without any letter or digit of ASCII, such as
// one in Japanese, has the fallback, in lower case.
func handle(title, fallback string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(plainLetters.Replace(strings.ToLower(title))) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’': // don't is dont
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return strings.ToLower(fallback)
	}
	return b.String()
}

// isHandle reports whether a text stands in a URL as it is.
func isHandle(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-._~", r) {
			return false
		}
	}
	return s != ""
}
