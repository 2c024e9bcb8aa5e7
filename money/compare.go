package money

import (
	"cmp"
	"strings"
)

// Compare compares two decimal strings by value, whatever their form: 1.5 and
// 1.50 are equal. It returns -1, 0 or 1. Text that is not a number sorts before
// every number, in byte order.
//
// Compare is the collation of decimal columns in SQLite, which calls it for
// every comparison of a sort and of an index lookup.
func Compare(x, y string) int {
	// No arithmetic and no allocation: the signs decide, then the positions of
	// the points, then the digits.
	if x == y {
		return 0
	}
	wholeX, negativeX := canonical(x)
	wholeY, negativeY := canonical(y)
	switch {
	case wholeX == 0 || wholeY == 0:
		return compareAny(x, y)
	case negativeX != negativeY:
		if negativeX {
			return -1
		}
		return 1
	case negativeX:
		x, y, wholeX, wholeY = y, x, wholeY, wholeX
	}
	if wholeX != wholeY {
		return cmp.Compare(wholeX, wholeY)
	}
	return strings.Compare(x, y) // the points, if any, are at the same index
}

// canonical returns the number of digits before the point of s, and its sign,
// if s has the form that Amount.String returns. Otherwise whole is 0.
func canonical(s string) (whole int, negative bool) {
	if s != "" && s[0] == '-' {
		s, negative = s[1:], true
	}
	whole = digits(s)
	if whole == 0 || s[0] == '0' && whole > 1 {
		return 0, false
	}
	if whole == len(s) {
		if negative && s == "0" {
			return 0, false
		}
		return whole, negative
	}
	fraction := s[whole+1:]
	if s[whole] != '.' || fraction == "" || digits(fraction) != len(fraction) || fraction[len(fraction)-1] == '0' {
		return 0, false
	}
	return whole, negative
}

// digits returns the number of digits at the start of s.
func digits(s string) int {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return i
		}
	}
	return len(s)
}

// compareAny is Compare for strings of any form.
func compareAny(x, y string) int {
	a, okA := read(x)
	b, okB := read(y)
	switch {
	case !okA && !okB:
		return strings.Compare(x, y)
	case !okA:
		return -1
	case !okB:
		return 1
	}
	if s, t := a.sign(), b.sign(); s != t || s == 0 {
		return cmp.Compare(s, t)
	}
	if a.negative {
		a, b = b, a
	}
	switch {
	case a.point != b.point:
		return cmp.Compare(a.point, b.point)
	case a.plain && b.plain: // the points are at the same index
		return strings.Compare(a.digits, b.digits)
	}
	return compareDigits(a.digits, b.digits)
}

// compareDigits compares digits, ignoring the points.
func compareDigits(a, b string) int {
	i, j := 0, 0
	for {
		if i < len(a) && a[i] == '.' {
			i++
		}
		if j < len(b) && b[j] == '.' {
			j++
		}
		if i == len(a) || j == len(b) {
			return cmp.Compare(len(a)-i, len(b)-j)
		}
		if a[i] != b[j] {
			return cmp.Compare(a[i], b[j])
		}
		i, j = i+1, j+1
	}
}
