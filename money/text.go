package money

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// number is a parsed decimal number, 0.DIGITS × 10^point, whose exponent is not
// expanded. "-12.50" is negative, with the digits "12.5" and the point 2.
type number struct {
	negative bool
	digits   string // from the first to the last that is not 0, possibly with a point; "" for zero
	count    int    // of digits
	point    int
	plain    bool // no exponent: the point in digits, if any, is at index point
}

// maxExponent limits the exponent, so that sums with it fit an int.
const maxExponent = 1_000_000_000

// read parses a decimal number: an optional sign, digits with at most one
// point among, before or after them, and an optional exponent.
func read(s string) (n number, ok bool) {
	i := 0
	if s != "" && (s[0] == '-' || s[0] == '+') {
		n.negative, i = s[0] == '-', 1
	}
	start, point, first, last := i, -1, -1, -1
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '0':
		case c > '0' && c <= '9':
			if first < 0 {
				first = i
			}
			last = i
		case c == '.' && point < 0:
			point = i
		default:
			return n.read(s, start, i, point, first, last)
		}
	}
	return n.read(s, start, i, point, first, last)
}

// read completes the number from the indexes that the function read found: the
// start and end of the digits, the point, and the first and last digit that is
// not 0, each -1 if there is none.
func (n number) read(s string, start, end, point, first, last int) (number, bool) {
	digits := end - start
	if point >= 0 {
		digits--
	}
	exponent, ok := readExponent(s[end:])
	if !ok || digits == 0 {
		return n, false
	}
	n.plain = end == len(s)
	if first < 0 {
		return number{plain: true}, true
	}
	if point < 0 {
		point = end
	}
	n.digits, n.count, n.point = s[first:last+1], last+1-first, point-first
	if point < first {
		n.point++ // the point itself is not a digit
	} else if point < last {
		n.count--
	}
	n.point += exponent
	return n, true
}

// readExponent parses "", "e5" or "E-5"; ok is false for any other text.
func readExponent(s string) (exponent int, ok bool) {
	if s == "" {
		return 0, true
	}
	if s[0]|0x20 != 'e' {
		return 0, false
	}
	sign := 1
	s = s[1:]
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || exponent >= maxExponent/10 {
			return 0, false
		}
		exponent = exponent*10 + int(s[i]-'0')
	}
	return sign * exponent, s != ""
}

// sign returns -1, 0 or 1.
func (n number) sign() int {
	switch {
	case n.digits == "":
		return 0
	case n.negative:
		return -1
	}
	return 1
}

// places returns the number of digits when n is written without an exponent.
func (n number) places() int { return max(n.point, 0) + max(n.count-n.point, 0) }

// decimal returns the value of n, whose places must be few.
func (n number) decimal() decimal.Decimal {
	exponent := n.point - n.count
	if n.count+max(exponent, 0) <= 18 { // it fits an int64
		var v int64
		for i := range len(n.digits) {
			if c := n.digits[i]; c != '.' {
				v = v*10 + int64(c-'0')
			}
		}
		for ; exponent > 0; exponent-- {
			v *= 10
		}
		if n.negative {
			v = -v
		}
		return decimal.New(v, int32(exponent))
	}
	v, _ := new(big.Int).SetString(strings.Replace(n.digits, ".", "", 1), 10) // digits only: cannot fail
	if n.negative {
		v.Neg(v)
	}
	return decimal.NewFromBigInt(v, int32(exponent))
}

// Parse parses a decimal number such as "10.5", "-3" or "1e3". A number with
// more than MaxDigits digits when written without an exponent is an error, as
// are NaN and infinities.
func Parse(s string) (Amount, error) {
	n, ok := read(s)
	if !ok {
		return Amount{}, fmt.Errorf("money: %q is not a decimal number", clip(s))
	}
	if n.places() > MaxDigits {
		return Amount{}, fmt.Errorf("money: %q has more than %d digits", clip(s), MaxDigits)
	}
	return Amount{n.decimal()}, nil
}

// MustParse is like Parse but panics if s is not valid. It is for constants.
func MustParse(s string) Amount {
	a, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return a
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}
