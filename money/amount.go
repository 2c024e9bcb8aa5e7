package money

import (
	"strings"

	"github.com/shopspring/decimal"
)

// MaxDigits bounds the digits of an amount, before and after the point
// together: enough for any sum of money, small enough to store and compare.
const MaxDigits = 60

// Amount is an exact decimal number. The zero value is 0.
type Amount struct{ d decimal.Decimal }

// Zero is the amount 0.
var Zero = Amount{}

// Int is the amount of a whole number.
func Int(n int64) Amount { return Amount{decimal.NewFromInt(n)} }

// String is the canonical form: no exponent, no zeros at the end of a
// fraction, no sign on zero. Equal amounts have equal strings.
func (a Amount) String() string {
	s := a.d.String()
	if strings.IndexByte(s, '.') >= 0 {
		s = strings.TrimRight(s, "0")
		s = strings.TrimSuffix(s, ".")
	}
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// Add is a + b.
func (a Amount) Add(b Amount) Amount { return Amount{a.d.Add(b.d)} }

// Sub is a − b.
func (a Amount) Sub(b Amount) Amount { return Amount{a.d.Sub(b.d)} }

// Mul is a × b, exactly.
func (a Amount) Mul(b Amount) Amount { return Amount{a.d.Mul(b.d)} }

// Div is a ÷ b to 20 decimal places, halves away from zero: the precision of
// the original system. b must not be zero.
func (a Amount) Div(b Amount) Amount { return Amount{a.d.DivRound(b.d, 20)} }

// Precise is a rounded to 20 significant digits, halves away from zero: what
// the original system keeps of a result, so that a price divided by 1.19 and
// multiplied by it again is the price.
func (a Amount) Precise() Amount {
	places := 20 - int32(a.d.NumDigits()) - a.d.Exponent()
	if places >= -a.d.Exponent() {
		return a
	}
	return Amount{a.d.Round(places)}
}

// Neg is −a.
func (a Amount) Neg() Amount { return Amount{a.d.Neg()} }

// Cmp is -1, 0 or 1 as a is less than, equal to or greater than b.
func (a Amount) Cmp(b Amount) int { return a.d.Cmp(b.d) }

// Equal reports a = b; 1.50 equals 1.5.
func (a Amount) Equal(b Amount) bool { return a.d.Equal(b.d) }

// IsZero reports a = 0.
func (a Amount) IsZero() bool { return a.d.IsZero() }

// Sign is -1, 0 or 1 as a is negative, zero or positive.
func (a Amount) Sign() int { return a.d.Sign() }

// MarshalJSON writes the canonical form as a JSON number.
func (a Amount) MarshalJSON() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalJSON reads a JSON number, a string holding one, or an object
// {"value": "…"}.
func (a *Amount) UnmarshalJSON(b []byte) error {
	s := strings.TrimSpace(string(b))
	if s == "null" {
		return nil
	}
	if strings.HasPrefix(s, "{") {
		v, err := rawValue([]byte(s))
		if err != nil {
			return err
		}
		s = v
	}
	v, err := Parse(strings.Trim(s, `"`))
	if err != nil {
		return err
	}
	*a = v
	return nil
}
