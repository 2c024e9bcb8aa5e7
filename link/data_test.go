package link_test

import (
	"maps"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// openKinds opens a shop whose link of items and brands has two columns of every
// kind, one nullable and one with a default.
func openKinds(t testing.TB, d db.DB) *shop {
	m := newModels()
	return openWith(t, d, m, link.Between(link.Many(m.items), link.One(m.brands)).Columns(
		link.Column{Name: "text"}, link.Column{Name: "text_d", Default: `it's "new"`},
		link.Column{Name: "int", Kind: model.Int}, link.Column{Name: "int_d", Kind: model.Int, Default: "-7"},
		link.Column{Name: "float", Kind: model.Float}, link.Column{Name: "float_d", Kind: model.Float, Default: "0.5"},
		link.Column{Name: "decimal", Kind: model.Decimal}, link.Column{Name: "decimal_d", Kind: model.Decimal, Default: "10.50"},
		link.Column{Name: "bool", Kind: model.Bool}, link.Column{Name: "bool_d", Kind: model.Bool, Default: "true"},
		link.Column{Name: "time", Kind: model.Time},
		link.Column{Name: "json", Kind: model.JSON}, link.Column{Name: "json_d", Kind: model.JSON, Default: `{"a": 1}`},
		link.Column{Name: "list", Kind: model.TextList}, link.Column{Name: "list_d", Kind: model.TextList, Default: `["a", "b"]`}))
}

var defaults = link.Data{
	"text": nil, "text_d": `it's "new"`, "int": nil, "int_d": int64(-7), "float": nil, "float_d": 0.5, "decimal": nil, "decimal_d": money.MustParse("10.5"),
	"bool": nil, "bool_d": true, "time": nil, "json": nil, "json_d": model.RawJSON(`{"a":1}`), "list": nil, "list_d": []string{"a", "b"},
}

// plain returns data in which values that databases may write differently (JSON,
// the digits of decimals) have the same form.
func plain(d link.Data) link.Data {
	out := link.Data{}
	for name, v := range d {
		switch v := v.(type) {
		case model.RawJSON:
			out[name] = strings.ReplaceAll(string(v), " ", "")
		case money.Amount:
			out[name] = v.String()
		default:
			out[name] = v
		}
	}
	return out
}

// wantData checks the data of the row of i1, as returned and as read.
func (s *shop) wantData(returned link.Row, want link.Data) {
	s.t.Helper()
	read, err := s.List(s.t.Context(), s.pair("i1 b1"))
	if err != nil || len(read) != 1 {
		s.t.Fatalf("read %v, %v", read, err)
	}
	for what, got := range map[string]link.Data{"returned": returned.Data, "read": read[0].Data} {
		if !reflect.DeepEqual(plain(got), plain(want)) {
			s.t.Errorf("%s\n  %v\nwant\n  %v", what, plain(got), plain(want))
		}
	}
}

func TestExtraColumnsOfEveryKind(t *testing.T) {
	t.Parallel()
	moment := time.Date(2026, 5, 6, 7, 8, 9, 123456789, time.FixedZone("", 3600))
	values := link.Data{
		"text": "a\"b\\c\n\t<ü&>\u2028", "text_d": "", "int": math.MaxInt64, "int_d": 0, "float": 1e-7, "float_d": 1e21, "decimal": "12345678901234567890.123456789",
		"decimal_d": money.MustParse("-0.10"), "bool": false, "bool_d": false, "time": moment, "json": map[string]any{"k": []any{"v\"", 1.0, nil}}, "json_d": model.RawJSON(`[true, null]`),
		"list": []string{`a"b`, "c,d", "{}", "", "null", "ü\\"}, "list_d": []any{},
	}
	want := link.Data{
		"text": "a\"b\\c\n\t<ü&>\u2028", "text_d": "", "int": int64(math.MaxInt64), "int_d": int64(0), "float": 1e-7, "float_d": 1e21, "decimal": money.MustParse("12345678901234567890.123456789"),
		"decimal_d": money.MustParse("-0.1"), "bool": false, "bool_d": false, "time": moment.UTC().Truncate(time.Millisecond), "json": model.RawJSON(`{"k":["v\"",1,null]}`), "json_d": model.RawJSON(`[true,null]`),
		"list": []string{`a"b`, "c,d", "{}", "", "null", "ü\\"}, "list_d": []string{},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openKinds(t, d)
		s.wantData(s.link("i1 b1")[0], defaults)
		s.wantData(s.linkWith("i1 b1", values), want) // a change of a row
		s.dismiss("i1 b1")
		s.wantData(s.linkWith("i1 b1", values), want) // a new row
		s.wantAnswer(`[{"decimal":12345678901234567890.123456789,"list":["a\"b","c,d","{}","","null","ü\\"]}]`, query.Request{Entity: "item_brand", Fields: []string{"decimal", "list"}})
		null, rest := link.Data{}, maps.Clone(want)
		for name := range values {
			if !strings.HasSuffix(name, "_d") {
				null[name], rest[name] = nil, nil
			}
		}
		s.wantData(s.linkWith("i1 b1", null), rest)
	})
}

func TestValuesThatDoNotFit(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		data link.Data
		says string
	}{
		"text for a number":     {link.Data{"int": "7"}, "int is of kind integer"},
		"a fraction":            {link.Data{"int": 1.5}, "int is of kind integer"},
		"no number":             {link.Data{"float": math.NaN()}, "float is not a finite number"},
		"a float for a decimal": {link.Data{"decimal": 0.1}, "decimal is of kind decimal"},
		"no decimal":            {link.Data{"decimal": "ten"}, `"ten" is not a decimal number`},
		"no boolean":            {link.Data{"bool": 1}, "bool is of kind boolean"},
		"no time":               {link.Data{"time": "tomorrow"}, `"tomorrow" is not a time`},
		"a time far off":        {link.Data{"time": time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, "year 10000"},
		"no JSON":               {link.Data{"json": model.RawJSON("{")}, "json is not valid JSON"},
		"a function":            {link.Data{"json": func() {}}, "json is of kind json"},
		"a list of numbers":     {link.Data{"list": []any{1}}, "list is of kind list of text"},
		"NUL in text":           {link.Data{"text": "a\x00b"}, "text holds a NUL character"},
		"NUL in JSON":           {link.Data{"json": model.RawJSON(`"\u0000"`)}, "json holds a NUL character"},
		"NUL in a list":         {link.Data{"list": []string{"a", "\x00"}}, "list holds a NUL character"},
		"no UTF-8":              {link.Data{"text": "\xff"}, "text is not valid UTF-8"},
		"null for a default":    {link.Data{"int_d": nil}, "int_d is missing"},
		"another name":          {link.Data{"txt": "x"}, `no extra column "txt"`},
		"a column of the table": {link.Data{"created_at": start}, `no extra column "created_at"`},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openKinds(t, d)
		for name, c := range cases {
			_, err := s.CreateWith(t.Context(), link.Entry{Pair: s.pair("i2 b1")}, link.Entry{Pair: s.pair("i1 b1"), Data: c.data})
			if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v, want %q", name, err, c.says)
			}
		}
		s.wantLive("")
	})
}

func TestIDsThatCannotBe(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ id, says string }{
		"empty":    {"", "the id of the tag is empty"},
		"NUL":      {"t\x001", "the id of the tag holds a NUL character"},
		"no UTF-8": {"t\xff", "the id of the tag is not valid UTF-8"},
		"too long": {strings.Repeat("t", 256), "the id of the tag has 256 bytes"},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for name, c := range cases {
			p := link.Pair{s.items: "i1", s.tags: c.id}
			_, err := s.Create(t.Context(), s.pair("i1 t1"), p)
			wantFault(t, err, fault.InvalidData, c.says)
			_, err = s.Dismiss(t.Context(), p)
			wantFault(t, err, fault.InvalidData, c.says)
			if name != "empty" { // it stands for any record
				_, err = s.List(t.Context(), p)
				wantFault(t, err, fault.InvalidData, c.says)
			}
			_, err = s.Delete(t.Context(), s.tags, "t1", c.id)
			wantFault(t, err, fault.InvalidData, c.says)
			_, err = s.Restore(t.Context(), s.tags, "t1", c.id)
			wantFault(t, err, fault.InvalidData, c.says)
		}
		s.wantLive("")
	})
}

// Ids may contain every character that JSON or SQL treats specially.
func TestIDsOfOddLetters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, odd := range []string{`i"1`, `i\1`, "i'1", "i\n1", "i%_1", "iü€𝄞", "i{1}", "i 1", "i</script>", "i\u2028"} {
			create(s, s.items, &item{Record: id(odd)})
			pair := link.Pair{s.items: odd, s.tags: "t1"}
			rows, err := s.Create(t.Context(), pair, pair)
			if err != nil || rows[0].Keys["item_id"] != odd {
				t.Fatalf("creating %q: %v, %v", odd, rows, err)
			}
			if again, err := s.Create(t.Context(), pair); err != nil || !reflect.DeepEqual(again[0], rows[0]) {
				t.Errorf("creating %q again: %v, %v", odd, again, err)
			}
			if rows, err = s.Dismiss(t.Context(), pair); err != nil || len(rows) != 1 {
				t.Errorf("dismissing %q: %v, %v", odd, rows, err)
			}
		}
	})
}

// Changing a returned row does not affect later calls.
func TestRowsAreTheCallersOwn(t *testing.T) {
	t.Parallel()
	s := openKinds(t, dbtest.SQLite(t))
	r := s.link("i1 b1")[0]
	r.Data["list_d"].([]string)[0], r.Data["json_d"].(model.RawJSON)[0], r.Data["int_d"] = "changed", '!', int64(1)
	s.dismiss("i1 b1")
	s.wantData(s.link("i1 b1")[0], defaults)
}
