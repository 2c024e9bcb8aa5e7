package show

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

func TestCells(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 41)
	for in, want := range map[string]string{
		`null`: "-", `""`: "", `"a"`: "a", `1.50`: "1.50", `12345678901234567890`: "12345678901234567890", `true`: "true", `false`: "false",
		`[]`: "[]", `["a"]`: "a", `["a", 2, null]`: "a, 2, -", `[{"x": 1}, {"x": 2}]`: "1, 2", `[{"x": {"y": "b"}}]`: "b",
		`[{"x": 1, "y": 2, "z": null}, {"x": 3, "y": "c"}]`: "x=1 y=2; x=3 y=c", `[[1, 2], 3, []]`: "[1, 2]; 3; [[]]",
		`["` + strings.Repeat("a", 30) + `", "` + strings.Repeat("b", 30) + `", "c"]`: strings.Repeat("a", 30) + " +2",
		`["` + long + `", "b"]`: strings.Repeat("ä", 36) + "… +1", `["` + long + `"]`: strings.Repeat("ä", 39) + "…",
		`["` + strings.Repeat("a", 38) + `", "b"]`: strings.Repeat("a", 36) + "… +1", `["` + strings.Repeat("a", 37) + `", "b"]`: strings.Repeat("a", 37) + ", b",
		`["` + strings.Repeat("漢", 18) + `", "b", "c"]`: strings.Repeat("漢", 18) + " +2", `"` + strings.Repeat("漢", 21) + `"`: strings.Repeat("漢", 19) + "…",
		`{}`: "", `{"a": 1}`: "1", `{"a": 1, "b": null, "c": [1]}`: "a=1 b=- c=1", `"` + long + `"`: strings.Repeat("ä", 39) + "…",
		`"two\nlines\tand\u001b[31m \u0007\u009b"`: "two lines and�[31m ��",
	} {
		v, err := Parse([]byte(in))
		if err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if got := v.Cell(); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	for _, broken := range []string{``, `{`, `[1`, `{"a"`, `{"a":`, `[tru]`} {
		if v, err := Parse([]byte(broken)); err == nil {
			t.Errorf("%s: %v", broken, v)
		}
	}
}

func TestMember(t *testing.T) {
	t.Parallel()
	v, err := Parse([]byte(`{"a": 1, "b": "x"}`))
	if err != nil || v.Member("b").Text() != "x" || v.Member("c").kind != nullValue || len(v.Elements()) != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0 rows", 1: "1 row", 2: "2 rows", 1000: "1000 rows"} {
		if got := Plural(n, "row", "rows"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	table := &Table{Columns: []string{"name", "n", "note"}, Right: []bool{false, true, false}}
	table.Add("ä", "1", "-")
	table.Add("longer", "200", "")
	const want = "name      n  note\nä         1  -\nlonger  200\n"
	for width, want := range map[int]string{0: want, 17: want, 16: "name  ä\nn     1\nnote  -\n\nname  longer\nn     200\nnote  \n"} {
		var out strings.Builder
		if err := table.Write(&out, width); err != nil || out.String() != want {
			t.Errorf("width %d:\n%s\nwant\n%s", width, out.String(), want)
		}
	}
}

// CJK and emoji take two columns of a terminal, combining characters none.
func TestTableOfWideText(t *testing.T) {
	t.Parallel()
	table := &Table{Columns: []string{"名前", "n"}, Right: []bool{false, true}, Bold: true}
	table.Add("漢字かな", "1")
	table.Add("👨\u200d👩\u200d👧 🇩🇪 👍🏽", "200")
	table.Add("e\u0301a", "3")
	const want = "\x1b[1m名前        n\x1b[0m\n漢字かな    1\n👨\u200d👩\u200d👧 🇩🇪 👍🏽  200\ne\u0301a          3\n"
	var out strings.Builder
	if err := table.Write(&out, 0); err != nil || out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
	}
	out.Reset()
	if err := table.Write(&out, 12); err != nil || !strings.HasPrefix(out.String(), "\x1b[1m名前\x1b[0m  漢字かな\n\x1b[1mn\x1b[0m     1\n") {
		t.Errorf("\n%s", out.String())
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	c := NewCSV(&out, []string{"id", "town.name", "people", "people.$count", "town.houses.$count", "nope"})
	if err := c.Header(); err != nil {
		t.Fatal(err)
	}
	for _, record := range []string{
		`{"id": "h,1", "town": {"name": "a\"b\nc", "houses.$count": 2}, "people": [{"name": "<A>", "n": 1.50, "x": [null, true, {}]}], "people.$count": 1}`,
		`{"id": "", "town": null, "people": [], "people.$count": null}`,
	} {
		if err := c.Record([]byte(record)); err != nil {
			t.Fatal(err)
		}
	}
	const want = `id,town.name,people,people.$count,town.houses.$count,nope
"h,1","a""b
c","[{""name"":""<A>"",""n"":1.50,""x"":[null,true,{}]}]",1,2,
,,[],,,
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	if err := c.Record([]byte("{")); err == nil {
		t.Error("no error for broken JSON")
	}
}

// The models of the tests below: houses with people, in towns.
type house struct {
	model.Record
	Number int64         `json:"number"`
	TownID *string       `json:"town_id"`
	About  model.RawJSON `json:"about"`
	People []*person     `json:"people" model:"many=house_id"`
	Owner  *person       `json:"owner" model:"belongs"`

	OwnerID *string `json:"owner_id"`
}

type person struct {
	model.Record
	Name    string  `json:"name"`
	HouseID *string `json:"house_id"`
}

type town struct {
	model.Record
	Name string `json:"name"`
}

func village(t *testing.T) (*model.Graph, *model.Model) {
	t.Helper()
	houses, towns := model.Define[house]("house"), model.Define[town]("town")
	g, err := model.NewGraph(houses, towns, model.Define[person]("person"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := link.Install(g, link.ReadOnly(houses, "town_id", towns).Inverse("houses")); err != nil {
		t.Fatal(err)
	}
	return g, houses
}

func TestRecordTable(t *testing.T) {
	t.Parallel()
	g, houses := village(t)
	for name, test := range map[string]struct {
		fields  []string
		data    string
		columns []string
		right   []bool
		rows    [][]string
	}{
		"a link that is null in the first": {
			[]string{"id", "town.*", "number"},
			`[{"id":"h1","town":null,"number":1},{"id":"h2","town":{"id":"t1","name":"Ey"},"number":22}]`,
			[]string{"id", "town.id", "town.name", "number"}, []bool{false, false, false, true},
			[][]string{{"h1", "-", "-", "1"}, {"h2", "t1", "Ey", "22"}},
		},
		"a link that is null in all": {
			[]string{"id", "town.name"}, `[{"id":"h1","town":null}]`,
			[]string{"id", "town.name"}, []bool{false, false}, [][]string{{"h1", "-"}},
		},
		"lists, and JSON that is no link": {
			[]string{"people.name", "about"}, `[{"people":[{"name":"A"},{"name":"B"}],"about":{"roof":{"red":true}}}]`,
			[]string{"people.name", "about"}, []bool{false, false}, [][]string{{"A, B", "true"}},
		},
		"an aggregate beside its list": {
			[]string{"people.$count", "people.*"}, `[{"people":[{"id":"p","name":"A"}],"people.$count":1}]`,
			[]string{"people.$count", "people"}, []bool{true, false}, [][]string{{"1", "id=p name=A"}},
		},
		"all columns, then a link": {
			[]string{"*", "owner.name"}, `[{"owner":{"name":"A"},"id":"h1","number":null}]`,
			[]string{"id", "number", "owner.name"}, []bool{false, false, false}, [][]string{{"h1", "-", "A"}},
		},
		"no records": {[]string{"id"}, `[]`, nil, []bool{}, nil},
	} {
		got, err := Records(g, houses, test.fields, []byte(test.data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := &Table{Columns: test.columns, Right: test.right, Rows: test.rows}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Table{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if _, err := Records(g, houses, nil, []byte(`[{`)); err == nil {
		t.Error("no error for broken JSON")
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	g, houses := village(t)
	v, err := Parse([]byte(`{"id":"h1","number":7,"about":{"a":1,"b":2},"town_id":null,
		"town":{"id":"t1","name":"Ey","houses":[{"id":"h1"},{"id":"h2","people":[]}]},"people":[{"name":"A"}],"owner":null}`))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := Tree(&out, g, houses, v); err != nil {
		t.Fatal(err)
	}
	const want = `house h1  number 7 · about a=1 b=2
├─ town t1  name Ey
│  └─ houses (2)
│     ├─ h1
│     └─ h2
│        └─ people (0)
├─ people (1)
│  └─ name A
└─ owner -
`
	if out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
	}
}
