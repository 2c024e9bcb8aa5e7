package money

import (
	"strings"

	"github.com/shopspring/decimal"
)

// MaxDigits is the largest number of digits, before and after the decimal
// point together, that Parse accepts.
const MaxDigits = 60

// An Amount is an exact decimal number. The zero value is 0.
type Amount struct{ d decimal.Decimal }

// Zero is the amount 0.
var Zero = Amount{}

// Int returns n as an Amount.
func Int(n int64) Amount { return Amount{decimal.NewFromInt(n)} }

// String returns the canonical form of a: no exponent, no trailing zeros in the
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

// Add returns a + b.
func (a Amount) Add(b Amount) Amount { return Amount{a.d.Add(b.d)} }

// Sub returns a − b.
func (a Amount) Sub(b Amount) Amount { return Amount{a.d.Sub(b.d)} }

// Mul returns a × b, which is exact.
func (a Amount) Mul(b Amount) Amount { return Amount{a.d.Mul(b.d)} }

// Div returns a ÷ b rounded to 20 decimal places, halves away from zero. That
// is Medusa's precision. It panics if b is zero.
func (a Amount) Div(b Amount) Amount { return Amount{a.d.DivRound(b.d, 20)} }

// Precision is how many significant digits Precise keeps.
const Precision = 20

// Precise returns a rounded to Precision significant digits, halves away from zero, as
// Medusa rounds its results: a price divided by 1.19 and multiplied by 1.19 is
// the price again.
func (a Amount) Precise() Amount {
	places := Precision - int32(a.d.NumDigits()) - a.d.Exponent()
	if places >= -a.d.Exponent() {
		return a
	}
	return Amount{a.d.Round(places)}
}

// Floor returns the greatest whole number that is not more than a.
func (a Amount) Floor() Amount { return Amount{a.d.Floor()} }

// Neg returns −a.
func (a Amount) Neg() Amount { return Amount{a.d.Neg()} }

// Cmp returns -1 if a is less than b, 0 if they are equal, and 1 if a is greater.
func (a Amount) Cmp(b Amount) int { return a.d.Cmp(b.d) }

// Equal reports whether a and b are the same number; 1.50 equals 1.5.
func (a Amount) Equal(b Amount) bool { return a.d.Equal(b.d) }

// IsZero reports whether a is 0.
func (a Amount) IsZero() bool { return a.d.IsZero() }

// Sign returns -1 if a is negative, 0 if it is zero, and 1 if it is positive.
func (a Amount) Sign() int { return a.d.Sign() }

// MarshalJSON returns the canonical form as a JSON number.
func (a Amount) MarshalJSON() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalJSON accepts a JSON number, a string that contains one, or an object
// such as {"value": "12.5"}. As usual, null leaves a unchanged.
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

// Abs returns the amount without its sign.
func (a Amount) Abs() Amount { return Amount{a.d.Abs()} }

// Round returns the amount rounded to places decimals, halves away from zero.
func (a Amount) Round(places int32) Amount { return Amount{a.d.Round(places)} }
