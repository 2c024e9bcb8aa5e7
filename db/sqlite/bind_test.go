package sqlite_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestBind(t *testing.T) {
	t.Parallel()
	type code string
	type flag bool
	at := time.Date(2026, 1, 2, 3, 4, 5, 678_999_999, time.FixedZone("", 3600))
	text, amount, list := "x", money.MustParse("1.50"), []string{"a"}
	for _, test := range []struct{ arg, want any }{
		{nil, nil}, {"x", "x"}, {int64(1), int64(1)}, {7, int64(7)}, {int32(7), int64(7)}, {true, int64(1)}, {false, int64(0)}, {1.5, 1.5}, {float32(0.5), 0.5}, {code("c"), "c"}, {flag(true), int64(1)},
		{at, "2026-01-02T02:04:05.678Z"}, {&at, "2026-01-02T02:04:05.678Z"}, {(*time.Time)(nil), nil}, {&text, "x"}, {(*string)(nil), nil},
		{amount, "1.5"}, {&amount, "1.5"}, {(*money.Amount)(nil), nil}, {model.RawJSON(nil), nil}, {model.RawJSON("[]"), "[]"},
		{list, `["a"]`}, {&list, `["a"]`}, {[]string{}, "[]"}, {[]string(nil), nil}, {[]int64{1, 2}, "[1,2]"}, {[]bool{true}, "[true]"}, {[]float64(nil), nil}, {[]code{"c"}, `["c"]`}, {[]code(nil), nil},
	} {
		args := []any{test.arg}
		got, err := sqlite.Bind(args)
		if err != nil || !reflect.DeepEqual(got, []any{test.want}) || !reflect.DeepEqual(args[0], test.arg) {
			t.Errorf("%T %v is bound as %v, %v; want %v", test.arg, test.arg, got, err, test.want)
		}
	}
	for _, arg := range []any{make(chan int), struct{}{}, map[string]int{}, uint(1), func() {}, "a\x00", "\xff", code("\xff")} {
		if got, err := sqlite.Bind([]any{"x", arg}); fault.TypeOf(err) != fault.InvalidData || got != nil {
			t.Errorf("%T %v is bound as %v, %v", arg, arg, got, err)
		}
	}
}

func BenchmarkBind(b *testing.B) {
	at := time.Now()
	for name, args := range map[string][]any{
		"unchanged": {"x", int64(1), true, "y", 1.5, nil, "z", int64(2)}, "times and amounts": {"x", int64(1), true, at, &at, money.MustParse("19.99"), "z", nil},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := sqlite.Bind(args); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
