package product

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainLetters replaces letters that do not decompose into a letter and an accent.
var plainLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ł", "l", "ð", "d", "þ", "th", "ı", "i")

// handle returns a title in a form for URLs: creme-brulee-2-pcs for "Crème brûlée,
// 2 pcs". For a title without any ASCII letter or digit, such as one in Japanese, it
// returns the fallback in lower case.
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

// isHandle reports whether a text can be used in a URL unescaped.
func isHandle(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-._~", r) {
			return false
		}
	}
	return s != ""
}
