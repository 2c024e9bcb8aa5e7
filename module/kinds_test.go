package module_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// sample has three fields of every kind: plain, nullable, and with a default.
type sample struct {
	model.Base
	Text    string        `json:"text"`
	Int     int64         `json:"int"`
	Small   int           `json:"small"`
	Float   float64       `json:"float"`
	Decimal money.Amount  `json:"decimal"`
	Bool    bool          `json:"bool"`
	Time    time.Time     `json:"time"`
	JSON    model.RawJSON `json:"json" model:"notnull"`
	List    []string      `json:"list" model:"notnull"`
	Mood    mood          `json:"mood" model:"enum=calm|wild"`

	NoText    *string       `json:"no_text"`
	NoInt     *int64        `json:"no_int"`
	NoFloat   *float64      `json:"no_float"`
	NoDecimal *money.Amount `json:"no_decimal"`
	NoBool    *bool         `json:"no_bool"`
	NoTime    *time.Time    `json:"no_time"`
	NoJSON    model.RawJSON `json:"no_json"`
	NoList    []string      `json:"no_list"`
	NoMood    *mood         `json:"no_mood" model:"enum=calm|wild"`

	DefText    *string       `json:"def_text" model:"default=hello"`
	DefInt     int64         `json:"def_int" model:"default=7"`
	DefFloat   *float64      `json:"def_float" model:"default=1.5"`
	DefDecimal *money.Amount `json:"def_decimal" model:"notnull,default=0.1"`
	DefBool    *bool         `json:"def_bool" model:"notnull,default=true"`
	DefTime    time.Time     `json:"def_time" model:"default=2026-01-01T00:00:00Z"`
	DefJSON    model.RawJSON `json:"def_json" model:"notnull,default={}"`
}

func openSamples(t testing.TB, d db.DB) module.Records[sample] {
	t.Helper()
	m := model.Define[sample]("sample")
	g, err := model.NewGraph(m)
	if err != nil {
		t.Fatal(err)
	}
	createTables(t, d, g)
	return module.For[sample](module.NewStore(d, g), m)
}

func full() *sample {
	calm := mood("wild")
	at := time.Date(2026, 5, 6, 7, 8, 9, 123456789, time.FixedZone("east", 7200))
	price := money.MustParse("12345678901234567890.123456789")
	return &sample{
		Base: model.Base{Metadata: model.ToJSON(map[string]int{"a": 1})},
		Text: "é\n\"'", Int: math.MaxInt64, Small: -5, Float: 0.1, Decimal: price, Bool: true, Time: at,
		JSON: model.RawJSON(`[1,"\\u0000"]`), List: []string{"a", `"b",{}`, ""}, Mood: "calm",
		NoText: new(""), NoInt: new(int64(0)), NoFloat: new(-1e300), NoDecimal: &price, NoBool: new(false), NoTime: &at,
		NoJSON: model.RawJSON(`[null]`), NoList: []string{}, NoMood: &calm,
	}
}

func empty() *sample {
	return &sample{JSON: model.RawJSON(`0`), List: []string{}, Mood: "wild"}
}

func TestEveryKindGoesInAndOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples, ctx := openSamples(t, d), t.Context()
		for name, s := range map[string]*sample{"full": full(), "empty": empty()} {
			if err := samples.Create(ctx, s); err != nil {
				t.Fatal(name, err)
			}
			got, err := samples.Retrieve(ctx, s.ID)
			if err != nil {
				t.Fatal(name, err)
			}
			s.Time = s.Time.UTC().Truncate(time.Millisecond)
			if s.NoTime != nil {
				s.NoTime = new(s.NoTime.UTC().Truncate(time.Millisecond))
			}
			if diff := cmp.Diff(s, got, cmp.Comparer(money.Amount.Equal), cmp.Comparer(sameJSON)); diff != "" {
				t.Errorf("%s: what was written and what is read differ (-written +read):\n%s", name, diff)
			}
		}
	})
}

// sameJSON compares by value, since PostgreSQL stores jsonb, not text.
func sameJSON(a, b model.RawJSON) bool {
	var x, y any
	if a == nil || b == nil {
		return (a == nil) == (b == nil)
	}
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && cmp.Equal(x, y)
}

func TestDefaultsAreOfTheirOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples := openSamples(t, d)
		a, b := empty(), empty()
		if err := samples.Create(t.Context(), a, b); err != nil {
			t.Fatal(err)
		}
		if *a.DefText != "hello" || a.DefInt != 7 || *a.DefFloat != 1.5 || a.DefDecimal.String() != "0.1" || !*a.DefBool ||
			a.DefTime.Year() != 2026 || string(a.DefJSON) != "{}" {
			t.Errorf("the defaults are %+v", a)
		}
		*a.DefText = "changed"
		if *b.DefText != "hello" {
			t.Error("two records share a default")
		}
	})
}

func TestCreateRefusesValues(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		spoil func(*sample)
		words []string
	}{
		"bad UTF-8":             {func(s *sample) { s.Text = "\xff" }, []string{"sample.text", "UTF-8"}},
		"bad UTF-8 in nullable": {func(s *sample) { s.NoText = new("a\xff") }, []string{"sample.no_text", "UTF-8"}},
		"NUL":                   {func(s *sample) { s.Text = "a\x00b" }, []string{"sample.text", "NUL"}},
		"NUL in a list":         {func(s *sample) { s.List = []string{"", "\x00"} }, []string{"sample.list", "NUL"}},
		"huge number in JSON":   {func(s *sample) { s.JSON = model.RawJSON(`{"a":["1e400\"",1e5,-1e400]}`) }, []string{"sample.json", "-1e400"}},
		"NUL in JSON":           {func(s *sample) { s.JSON = model.RawJSON(`"\u0000"`) }, []string{"sample.json", "NUL"}},
		"broken JSON":           {func(s *sample) { s.NoJSON = model.RawJSON(`{`) }, []string{"sample.no_json", "JSON"}},
		"bad UTF-8 in JSON":     {func(s *sample) { s.JSON = model.RawJSON("\"\xff\"") }, []string{"sample.json", "UTF-8"}},
		"missing JSON":          {func(s *sample) { s.JSON = nil }, []string{"sample.json", "missing"}},
		"missing list":          {func(s *sample) { s.List = nil }, []string{"sample.list", "missing"}},
		"unknown enum":          {func(s *sample) { s.Mood = "sad" }, []string{"sample.mood", `"sad"`, "calm, wild"}},
		"missing enum":          {func(s *sample) { s.Mood = "" }, []string{"sample.mood", "calm, wild"}},
		"unknown nullable enum": {func(s *sample) { m := mood("x"); s.NoMood = &m }, []string{"sample.no_mood", "calm, wild"}},
		"infinite":              {func(s *sample) { s.Float = math.Inf(1) }, []string{"sample.float", "finite"}},
		"not a number":          {func(s *sample) { s.NoFloat = new(math.NaN()) }, []string{"sample.no_float", "finite"}},
		"far future":            {func(s *sample) { s.Time = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, []string{"sample.time", "10000"}},
		"far past":              {func(s *sample) { s.NoTime = new(time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)) }, []string{"sample.no_time"}},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples := openSamples(t, d)
		for name, test := range tests {
			bad := full()
			test.spoil(bad)
			err := samples.Create(t.Context(), full(), bad)
			if err == nil {
				t.Errorf("%s: accepted", name)
				continue
			}
			wantFault(t, err, fault.InvalidData, test.words...)
			if strings.ContainsRune(err.Error(), 0) || !utf8.ValidString(err.Error()) {
				t.Errorf("%s: the message repeats what cannot be shown: %q", name, err)
			}
		}
		if n := count(t, d, "sample"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}
