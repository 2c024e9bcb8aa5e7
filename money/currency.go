package money

import "strings"

// Code returns s in the form in which currency codes are stored: the three
// letters of ISO 4217 in lower case. ok is false if s is not three letters.
// Code does not check that such a currency exists.
func Code(s string) (code string, ok bool) {
	if len(s) != 3 {
		return "", false
	}
	code = strings.ToLower(s)
	for _, c := range code {
		if c < 'a' || c > 'z' {
			return "", false
		}
	}
	return code, true
}
