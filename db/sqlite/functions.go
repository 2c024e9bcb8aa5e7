package sqlite

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"modernc.org/sqlite"

	"github.com/gorgon-commerce/gorgon/money"
)

// newDriver returns a driver whose connections have a collation and functions
// that SQLite lacks:
//
//	COLLATE decimal        compares decimal text by value
//	decimal_sum(x)         the exact sum of decimal text, as decimal text
//	decimal_add(a, b)      a + b, exact; NULL if one of them is
//	decimal_sub(a, b)      a - b
//	ilike(pattern, text)   a case-insensitive LIKE, for all of Unicode
//	matches(pattern, text) a regular expression (RE2)
//	fail(message)          fails with a message
func newDriver() *sqlite.Driver {
	d := &sqlite.Driver{}
	d.MustRegisterCollationUtf8("decimal", money.Compare)
	d.MustRegisterFunction("decimal_sum", &sqlite.FunctionImpl{NArgs: 1, Deterministic: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return &decimalSum{}, nil }})
	d.MustRegisterFunction("decimal_add", &sqlite.FunctionImpl{NArgs: 2, Deterministic: true, Scalar: decimals(money.Amount.Add)})
	d.MustRegisterFunction("decimal_sub", &sqlite.FunctionImpl{NArgs: 2, Deterministic: true, Scalar: decimals(money.Amount.Sub)})
	d.MustRegisterFunction("ilike", &sqlite.FunctionImpl{NArgs: 2, Deterministic: true, Scalar: textFunction(ilike)})
	d.MustRegisterFunction("fail", &sqlite.FunctionImpl{NArgs: 1, Scalar: fail})
	patterns := &patterns{byText: map[string]*pattern{}}
	d.MustRegisterFunction("matches", &sqlite.FunctionImpl{NArgs: 2, Deterministic: true, Scalar: textFunction(patterns.match)})
	return d
}

func fail(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	return nil, fmt.Errorf("%v", args[0])
}

// textFunction returns an SQL function of two texts, which is NULL if one of them
// is.
func textFunction(f func(pattern, text string) (bool, error)) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if args[0] == nil || args[1] == nil {
			return nil, nil
		}
		ok, err := f(fmt.Sprint(args[0]), fmt.Sprint(args[1]))
		if err != nil || !ok {
			return int64(0), err
		}
		return int64(1), nil
	}
}

func ilike(pattern, text string) (bool, error) {
	return like([]rune(strings.ToLower(pattern)), []rune(strings.ToLower(text))), nil
}

// like reports whether s matches the pattern p, in which % matches any sequence,
// _ any character, and \ makes the next character literal. On a mismatch it goes
// back to the last % and lets it match one character more, so the worst case is
// the product of the lengths.
func like(p, s []rune) bool {
	pi, si, star, mark := 0, 0, -1, 0
	for si < len(s) {
		switch {
		case pi < len(p) && p[pi] == '%':
			star, mark = pi, si
			pi++
			continue
		case pi < len(p) && p[pi] == '\\' && pi+1 < len(p) && p[pi+1] == s[si]:
			pi, si = pi+2, si+1
			continue
		case pi < len(p) && p[pi] != '\\' && (p[pi] == '_' || p[pi] == s[si]):
			pi, si = pi+1, si+1
			continue
		case star < 0:
			return false
		}
		mark++
		pi, si = star+1, mark
	}
	for pi < len(p) && p[pi] == '%' {
		pi++
	}
	return pi == len(p)
}

// decimals returns an SQL function of two decimals.
func decimals(f func(a, b money.Amount) money.Amount) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if args[0] == nil || args[1] == nil {
			return nil, nil
		}
		a, err := money.Parse(fmt.Sprint(args[0]))
		if err != nil {
			return nil, err
		}
		b, err := money.Parse(fmt.Sprint(args[1]))
		if err != nil {
			return nil, err
		}
		return f(a, b).String(), nil
	}
}

// decimalSum is the aggregate decimal_sum. The sum of no rows is NULL.
type decimalSum struct {
	sum money.Amount
	any bool
}

func (s *decimalSum) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	return s.add(args[0], 1)
}

func (s *decimalSum) WindowInverse(_ *sqlite.FunctionContext, args []driver.Value) error {
	return s.add(args[0], -1)
}

func (s *decimalSum) add(v driver.Value, sign int) error {
	if v == nil {
		return nil
	}
	a, err := money.Parse(fmt.Sprint(v))
	if err != nil {
		return err
	}
	if sign < 0 {
		a = a.Neg()
	}
	s.sum, s.any = s.sum.Add(a), true
	return nil
}

func (s *decimalSum) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	if !s.any {
		return nil, nil
	}
	return s.sum.String(), nil
}

func (s *decimalSum) Final(*sqlite.FunctionContext) {}
