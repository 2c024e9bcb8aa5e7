package money

import "strings"

// Code is the form in which currency codes are kept: three letters in lower
// case, as in ISO 4217. ok is false for text that is no such code; whether a
// shop uses the currency is not looked at.
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
