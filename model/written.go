package model

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Written returns a text as the column has it: in Unicode's normal form C, so that
// texts that look the same are the same, and in lower case if case does not
// matter. A secret stays as it is.
func (f *Field) Written(s string) string {
	if f.Secret {
		return s
	}
	if f.AnyCase {
		s = strings.ToLower(s)
	}
	return norm.NFC.String(s)
}
