package postgres_test

import (
	"database/sql/driver"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

type refusing struct{}

func (refusing) Value() (driver.Value, error) { return nil, errors.New("no value") }

func TestBind(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 678_999_999, time.FixedZone("", 3600))
	cut := time.Date(2026, 1, 2, 2, 4, 5, 678_000_000, time.UTC)
	text, amount := "x", money.MustParse("1.50")
	for _, test := range []struct{ arg, want any }{
		{nil, nil}, {"x", "x"}, {int64(1), int64(1)}, {true, true}, {&text, &text}, {[]string{"a"}, []string{"a"}},
		{at, cut}, {&at, cut}, {(*time.Time)(nil), nil}, {amount, "1.5"}, {&amount, "1.5"}, {(*money.Amount)(nil), nil}, {model.RawJSON(nil), nil}, {model.RawJSON("[]"), "[]"},
	} {
		args := []any{"before", test.arg, "after"}
		got, err := postgres.Bind(args)
		if err != nil || len(got) != 3 || !reflect.DeepEqual(got[1], test.want) || got[0] != "before" || got[2] != "after" {
			t.Errorf("%T %v is bound as %v, %v; want %v", test.arg, test.arg, got, err, test.want)
		}
		if !reflect.DeepEqual(args[1], test.arg) {
			t.Errorf("the caller's %T became %v", test.arg, args[1])
		}
	}
	for _, args := range [][]any{{refusing{}}, {at, refusing{}}, {"x", &refusing{}}} {
		if _, err := postgres.Bind(args); err == nil {
			t.Errorf("%v was bound", args)
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		detail          string
		columns, values []string
	}{
		{"Key (email)=(a@b.c) already exists.", []string{"email"}, []string{"a@b.c"}},
		{"Key (email, has_account)=(a@b.c, t) already exists.", []string{"email", "has_account"}, []string{"a@b.c", "t"}},
		{"Key (name)=(a, b) already exists.", []string{"name"}, []string{"a, b"}},
		{"Key (name)=(x) y) already exists.", []string{"name"}, []string{"x) y"}},
		{"Key (a, b)=(x, y, z) already exists.", []string{"a", "b"}, nil},
		{`Key ("order", "odd ""one")=(1, 2) is not present in table "x".`, []string{"order", `odd "one`}, []string{"1", "2"}},
		{"Key (lower(email))=(a@b.c) already exists.", []string{"lower(email)"}, []string{"a@b.c"}},
		{"Key (name)=() already exists.", []string{"name"}, []string{""}},
		{"", nil, nil}, {"Failing row contains (1, null).", nil, nil}, {"Key (", nil, nil},
	} {
		columns, values := postgres.Key(test.detail)
		if !slices.Equal(columns, test.columns) || !slices.Equal(values, test.values) {
			t.Errorf("%s: %q = %q, want %q = %q", test.detail, columns, values, test.columns, test.values)
		}
	}
}

// Most statements have arguments that pgx accepts unchanged.
func BenchmarkBind(b *testing.B) {
	at := time.Now()
	for name, args := range map[string][]any{
		"unchanged": {"x", int64(1), true, "y", 1.5, nil, "z", int64(2)}, "times and amounts": {"x", int64(1), true, at, &at, money.MustParse("19.99"), "z", nil},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := postgres.Bind(args); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
