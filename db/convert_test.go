package db_test

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// columnTypes are the column types of the kinds, as package schema creates them.
var columnTypes = map[string]map[model.Kind]string{
	"sqlite": {
		model.Text: "text", model.Int: "integer", model.Float: "real", model.Decimal: "text COLLATE decimal", model.Bool: "integer", model.Time: "text", model.JSON: "text", model.TextList: "text",
	},
	"postgres": {
		model.Text: `text COLLATE "C"`, model.Int: "bigint", model.Float: "double precision", model.Decimal: "numeric", model.Bool: "boolean", model.Time: "timestamptz", model.JSON: "jsonb", model.TextList: "text[]",
	},
}

// kinds runs a test on both databases with a table value that has a column of
// each kind, named after the kind.
func kinds(t *testing.T, test func(t *testing.T, d db.DB)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		var columns []string
		for kind, typ := range columnTypes[d.Dialect().Name()] {
			columns = append(columns, d.Dialect().Quote(kind.String())+" "+typ)
		}
		exec(t, d, "CREATE TABLE value ("+strings.Join(columns, ", ")+")")
		test(t, d)
	})
}

// through stores value in a column of the kind and scans it back into into.
func through(t interface{ Fatalf(string, ...any) }, d db.DB, kind model.Kind, value, into any) {
	ctx, column := context.Background(), d.Dialect().Quote(kind.String())
	if _, err := d.Exec(ctx, "DELETE FROM value"); err != nil {
		t.Fatalf("emptying: %v", err)
	}
	if _, err := d.Exec(ctx, "INSERT INTO value ("+column+") VALUES ("+d.Dialect().Placeholder(1)+")", value); err != nil {
		t.Fatalf("writing %T %v: %v", value, value, err)
	}
	rows, err := d.Query(ctx, "SELECT "+column+" FROM value")
	if err != nil {
		t.Fatalf("reading: %v", err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Fatalf("no row: %v", rows.Err())
	}
	if err := rows.Scan(into); err != nil {
		t.Fatalf("reading %T %v into %T: %v", value, value, into, err)
	}
}

type status string

func pointer[T any](v T) *T { return &v }

func TestValuesComeBack(t *testing.T) {
	at := time.Date(2026, 2, 28, 23, 59, 59, 123_000_000, time.UTC)
	tests := []struct {
		kind        model.Kind
		value, want any // scanned into the type of want
	}{
		{model.Text, "plain", "plain"}, {model.Text, "", ""}, {model.Text, "ünïcödé 東京 👕 'quoted' \"twice\" \\ \n\t", "ünïcödé 東京 👕 'quoted' \"twice\" \\ \n\t"},
		{model.Text, status("new"), status("new")}, {model.Text, pointer("x"), pointer("x")}, {model.Text, pointer(status("x")), pointer(status("x"))},
		{model.Text, (*string)(nil), (*string)(nil)}, {model.Text, (*status)(nil), (*status)(nil)}, {model.Text, nil, (*string)(nil)},
		{model.Int, int64(42), int64(42)}, {model.Int, 42, 42}, {model.Int, int32(-7), int32(-7)}, {model.Int, int64(math.MaxInt64), int64(math.MaxInt64)}, {model.Int, int64(math.MinInt64), int64(math.MinInt64)},
		{model.Int, pointer(int64(3)), pointer(int64(3))}, {model.Int, pointer(3), pointer(3)}, {model.Int, (*int64)(nil), (*int64)(nil)}, {model.Int, nil, (*int)(nil)},
		{model.Float, 1.5, 1.5}, {model.Float, 3.0, 3.0}, {model.Float, 0.1, 0.1}, {model.Float, -1e300, -1e300}, {model.Float, math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64},
		{model.Float, pointer(2.5), pointer(2.5)}, {model.Float, (*float64)(nil), (*float64)(nil)}, {model.Float, float32(0.5), float32(0.5)},
		{model.Decimal, money.MustParse("19.99"), money.MustParse("19.99")}, {model.Decimal, money.MustParse("-0.00000000000000000001"), money.MustParse("-0.00000000000000000001")},
		{model.Decimal, money.MustParse("1e40"), money.MustParse("1e40")}, {model.Decimal, money.Zero, money.Zero}, {model.Decimal, pointer(money.Int(5)), pointer(money.Int(5))}, {model.Decimal, (*money.Amount)(nil), (*money.Amount)(nil)},
		{model.Bool, true, true}, {model.Bool, false, false}, {model.Bool, pointer(true), pointer(true)}, {model.Bool, pointer(false), pointer(false)}, {model.Bool, (*bool)(nil), (*bool)(nil)},
		{model.Time, at, at}, {model.Time, at.In(time.FixedZone("", -5*3600)), at}, {model.Time, at.Add(999_999), at}, {model.Time, at.Truncate(time.Second), at.Truncate(time.Second)},
		{model.Time, time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 999_000_000, time.UTC)}, // truncated, not rounded, also before 1970
		{model.Time, time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}}, {model.Time, time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC)},
		{model.Time, &at, &at}, {model.Time, pointer(at.Add(1)), &at}, {model.Time, (*time.Time)(nil), (*time.Time)(nil)},
		{model.JSON, model.RawJSON(`"text"`), model.RawJSON(`"text"`)}, {model.JSON, model.RawJSON(`[]`), model.RawJSON(`[]`)}, {model.JSON, model.RawJSON(nil), model.RawJSON(nil)}, {model.JSON, model.RawJSON("null"), model.RawJSON("null")}, {model.JSON, model.RawJSON{}, model.RawJSON(nil)},
		{model.JSON, model.RawJSON(`12345678901234567890.12345`), model.RawJSON(`12345678901234567890.12345`)},
		{model.TextList, []string{"a", "b"}, []string{"a", "b"}}, {model.TextList, []string{}, []string{}}, {model.TextList, []string(nil), []string(nil)},
		{model.TextList, []string{"", " ", "NULL", "null", "{}", ",", `"`, `\`, "ü", "a\nb"}, []string{"", " ", "NULL", "null", "{}", ",", `"`, `\`, "ü", "a\nb"}},
		{model.TextList, pointer([]string{"a"}), []string{"a"}}, {model.TextList, nil, []string(nil)},
	}
	kinds(t, func(t *testing.T, d db.DB) {
		for _, test := range tests {
			into := reflect.New(reflect.TypeOf(test.want))
			through(t, d, test.kind, test.value, into.Interface())
			if got := into.Elem().Interface(); !reflect.DeepEqual(plain(got), plain(test.want)) {
				t.Errorf("%s: %T %v came back as %v, want %v", test.kind, test.value, test.value, plain(got), plain(test.want))
			}
		}
	})
}

// plain converts pointers, amounts and times to comparable values.
func plain(v any) any {
	switch v := v.(type) {
	case money.Amount:
		return v.String()
	case *money.Amount:
		if v != nil {
			return v.String()
		}
	case time.Time:
		return v.Format(time.RFC3339Nano) + " " + v.Location().String()
	case *time.Time:
		if v != nil {
			return plain(*v)
		}
	}
	return v
}

// Both databases return every value unchanged.
func TestRandomValuesComeBack(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r != 0 })).Draw(t, "text")
			var gotText string
			if through(t, d, model.Text, text, &gotText); gotText != text {
				t.Fatalf("%q came back as %q", text, gotText)
			}
			amount := money.MustParse(rapid.StringMatching(`-?[0-9]{1,30}(\.[0-9]{1,20})?`).Draw(t, "amount"))
			var gotAmount money.Amount
			if through(t, d, model.Decimal, amount, &gotAmount); gotAmount.String() != amount.String() {
				t.Fatalf("%s came back as %s", amount, gotAmount)
			}
			at := time.Unix(rapid.Int64Range(-60_000_000_000, 250_000_000_000).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds"))
			var gotAt time.Time
			if through(t, d, model.Time, at, &gotAt); gotAt.Format(model.TimeFormat) != at.UTC().Format(model.TimeFormat) || gotAt.Nanosecond()%1_000_000 != 0 {
				t.Fatalf("%s came back as %s", at.UTC(), gotAt)
			}
			x := rapid.Float64().Draw(t, "float")
			var gotX float64
			if through(t, d, model.Float, x, &gotX); gotX != x {
				t.Fatalf("%v came back as %v", x, gotX)
			}
			list := rapid.SliceOf(rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return r != 0 }))).Draw(t, "list")
			var gotList []string
			if through(t, d, model.TextList, list, &gotList); !slices.Equal(gotList, list) {
				t.Fatalf("%q came back as %q", list, gotList)
			}
		})
	})
}

// Scanning NULL into a type without a null is an error; it does not give the zero
// value, and does not panic.
func TestNullIntoAPlainType(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		exec(t, d, "INSERT INTO value (text) VALUES (NULL)")
		for kind, into := range map[model.Kind]any{
			model.Text: new(string), model.Int: new(int64), model.Float: new(float64), model.Decimal: new(money.Amount), model.Bool: new(bool), model.Time: new(time.Time),
		} {
			rows, err := d.Query(t.Context(), "SELECT "+d.Dialect().Quote(kind.String())+" FROM value")
			if err != nil {
				t.Fatal(err)
			}
			if !rows.Next() {
				t.Fatal(rows.Err())
			}
			if err := rows.Scan(into); err == nil {
				t.Errorf("NULL was read into %T", into)
			}
			rows.Close()
		}
	})
}

func TestScanDoesNotModifyItsSlice(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		exec(t, d, "INSERT INTO value (time) VALUES ("+d.Dialect().Placeholder(1)+")", time.Now())
		exec(t, d, "INSERT INTO value (time) VALUES (NULL)")
		rows, err := d.Query(t.Context(), `SELECT time, "list of text" FROM value ORDER BY time IS NULL`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var at *time.Time
		var list []string
		dest := []any{&at, &list}
		for want := true; rows.Next(); want = false {
			if err := rows.Scan(dest...); err != nil {
				t.Fatal(err)
			}
			if (at != nil) != want || dest[0] != any(&at) || dest[1] != any(&list) {
				t.Errorf("the time is %v, the slice now holds %T and %T", at, dest[0], dest[1])
			}
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
	})
}

// Binding does not modify the caller's arguments.
func TestBindingDoesNotModifyArguments(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		at := time.Date(2026, 1, 1, 0, 0, 0, 123_456_789, time.FixedZone("", 3600))
		args := []any{at, &at, money.Int(1), []string{"a"}, true}
		before := fmt.Sprintf("%#v %v %v", args, at, *args[1].(*time.Time))
		p := d.Dialect().Placeholder
		exec(t, d, `INSERT INTO value (time) VALUES (`+p(1)+`), (`+p(2)+`)`, args[0], args[1])
		exec(t, d, `INSERT INTO value (decimal, "list of text", boolean) VALUES (`+p(1)+`, `+p(2)+`, `+p(3)+`)`, args[2:]...)
		if after := fmt.Sprintf("%#v %v %v", args, at, *args[1].(*time.Time)); after != before {
			t.Errorf("the arguments are now %s, and were %s", after, before)
		}
	})
}

func TestTypesThatCannotBeStored(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		for _, v := range []any{make(chan int), func() {}, struct{ A int }{1}, complex(1, 1)} {
			_, err := d.Exec(t.Context(), "INSERT INTO value (text) VALUES ("+d.Dialect().Placeholder(1)+")", v)
			if err == nil {
				t.Errorf("%T was stored", v)
			}
			if d.Dialect().Name() == "sqlite" && fault.TypeOf(err) != fault.InvalidData {
				t.Errorf("%T: %s: %v", v, fault.TypeOf(err), err)
			}
		}
	})
}

// SQLite refuses the text that PostgreSQL cannot store.
func TestTextThatCannotBeStored(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		for column, values := range map[string][]any{
			"text": {"a\x00b", "\xff", "\xed\xa0\x80", status("\xff"), pointer("\x00")}, "list of text": {[]string{"a", "\x00"}}, "json": {model.RawJSON("\"\xff\"")},
		} {
			for _, v := range values {
				_, err := d.Exec(t.Context(), "INSERT INTO value ("+d.Dialect().Quote(column)+") VALUES ("+d.Dialect().Placeholder(1)+")", v)
				if column == "list of text" && d.Dialect().Name() == "sqlite" {
					continue // JSON escapes the character, so it can be stored
				}
				if fault.TypeOf(err) != fault.InvalidData {
					t.Errorf("%s %q: %s: %v", column, v, fault.TypeOf(err), err)
				}
			}
		}
	})
}
