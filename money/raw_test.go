package money_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
	"pgregory.net/rapid"
)

var (
	_ driver.Valuer = money.Amount{}
	_ sql.Scanner   = (*money.Amount)(nil)
)

func TestUnmarshalJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"10.5": "10.5", "1e2": "100", "-0.0": "0", `"10.50"`: "10.5", ` 7 `: "7",
		`{"value": "12.5", "precision": 20}`: "12.5", `{"value": 12.50}`: "12.5", `{"precision": 20, "value": "1e2"}`: "100",
		"0.30000000000000004": "0.30000000000000004", "123456789012345678.9": "123456789012345678.9",
	} {
		var a money.Amount
		if err := json.Unmarshal([]byte(text), &a); err != nil || a.String() != want {
			t.Errorf("%s is %s, %v; want %s", text, a, err, want)
		}
	}
}

func TestUnmarshalJSONRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`"abc"`, `""`, `"NaN"`, `true`, `[]`, `[1]`, `{}`, `{"value": null}`, `{"value": {"value": 1}}`, `{"value": [1]}`, `1e999999999`, `"1e-999999999"`, `{"value": "1e999999999"}`,
		`"1 "`, `"1\u0000"`,
	} {
		a := money.Int(42)
		if err := json.Unmarshal([]byte(text), &a); err == nil {
			t.Errorf("%s was parsed as %s", text, a)
		} else if !a.Equal(money.Int(42)) {
			t.Errorf("%s is an error, but changed the amount to %s", text, a)
		}
	}
}

func TestNullLeavesAnAmountUnchanged(t *testing.T) {
	t.Parallel()
	row := struct {
		Price money.Amount  `json:"price"`
		Old   *money.Amount `json:"old"`
	}{Price: money.Int(5), Old: new(money.Amount)}
	if err := json.Unmarshal([]byte(`{"price": null, "old": null}`), &row); err != nil || !row.Price.Equal(money.Int(5)) || row.Old != nil {
		t.Errorf("after nulls, the row is %+v, %v", row, err)
	}
}

func TestMarshalJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(map[string]any{"price": money.MustParse("19.990"), "big": money.MustParse("1e20"), "none": (*money.Amount)(nil)})
	if want := `{"big":100000000000000000000,"none":null,"price":19.99}`; err != nil || string(got) != want {
		t.Errorf("the JSON is %s, %v", got, err)
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		src  any
		want string
	}{
		{"12.50", "12.5"}, {[]byte("-3"), "-3"}, {int64(7), "7"}, {int64(math.MinInt64), "-9223372036854775808"}, {0.1, "0.1"}, {1e21, "1000000000000000000000"}, {-2.5, "-2.5"}, {1e-7, "0.0000001"},
		{"1.2e-5", "0.000012"}, {0.0, "0"}, {math.Copysign(0, -1), "0"},
	} {
		var a money.Amount
		if err := a.Scan(test.src); err != nil || a.String() != test.want {
			t.Errorf("%T %v scans as %s, %v; want %s", test.src, test.src, a, err, test.want)
		}
	}
	for _, src := range []any{nil, true, "x", "NaN", "Infinity", []byte("NaN"), math.NaN(), math.Inf(1), math.Inf(-1), 1e300, "1e999999999", []byte(nil), struct{}{}} {
		a := money.Int(42)
		if err := a.Scan(src); err == nil || !strings.HasPrefix(err.Error(), "money: ") || !a.Equal(money.Int(42)) {
			t.Errorf("%T %v scans as %s, %v; want an error", src, src, a, err)
		}
	}
}

func TestRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := money.MustParse(amounts().Draw(t, "a"))
		var fromJSON, fromString, fromRaw, fromDriver, fromBytes money.Amount
		asJSON, err := json.Marshal(a)
		if err != nil || !json.Valid(asJSON) {
			t.Fatalf("%s in JSON is %s, %v", a, asJSON, err)
		}
		value, err := a.Value()
		if err != nil {
			t.Fatal(err)
		}
		for name, read := range map[string]struct {
			into *money.Amount
			err  error
		}{
			"JSON":        {&fromJSON, json.Unmarshal(asJSON, &fromJSON)},
			"JSON string": {&fromString, json.Unmarshal([]byte(`"`+string(asJSON)+`"`), &fromString)},
			"raw JSON":    {&fromRaw, json.Unmarshal([]byte(`{"value":`+string(asJSON)+`}`), &fromRaw)},
			"text":        {&fromDriver, fromDriver.Scan(value)},
			"bytes":       {&fromBytes, fromBytes.Scan([]byte(value.(string)))},
		} {
			if read.err != nil || read.into.String() != a.String() {
				t.Fatalf("%s came back from %s as %s, %v", a, name, read.into, read.err)
			}
		}
	})
}

// Scan reads a float as the shortest decimal number that is that float.
func TestScanFloat(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(-1e12, 1e12).Draw(t, "cents")
		want := money.Int(cents).Div(money.Int(100))
		var got money.Amount
		if err := got.Scan(float64(cents) / 100); err != nil || !got.Equal(want) {
			t.Fatalf("%v scans as %s, %v", float64(cents)/100, got, err)
		}
	})
}
