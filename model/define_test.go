package model_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

type status string

// everything has a field of every kind and every tag of a column.
type everything struct {
	model.Base
	Text     string        `json:"text" model:"searchable"`
	Status   status        `json:"status" model:"default=new, enum=new|done"`
	MaybeTxt *string       `json:"maybe_txt" model:"unique"`
	Number   int64         `json:"number" model:"serial"`
	Count    int           `json:"count" model:"default=7,index"`
	Small    int32         `json:"small"`
	MaybeInt *int64        `json:"maybe_int"`
	Weight   float64       `json:"weight"`
	Short    float32       `json:"short"`
	Price    money.Amount  `json:"price"`
	MaybeDec *money.Amount `json:"maybe_dec"`
	Active   bool          `json:"active" model:"default=true"`
	MaybeOn  *bool         `json:"maybe_on" model:"notnull,default=true"`
	At       time.Time     `json:"at"`
	MaybeAt  *time.Time    `json:"maybe_at,omitempty"`
	Data     model.RawJSON `json:"data"`
	MustData model.RawJSON `json:"must_data" model:"notnull"`
	Tags     []string      `json:"tags"`
	MustTags []status      `json:"must_tags" model:"notnull"`
	Ignored  chan int      // no json tag: not a field
	Hidden   func()        `json:"-"`
	secret   string        //nolint:unused // neither exported nor tagged: not a field
}

func TestDefineReadsEveryKindAndTag(t *testing.T) {
	t.Parallel()
	m := model.Define[everything]("thing")
	want := []model.Field{ // the key first, metadata and the timestamps last
		{Name: "id", Kind: model.Text, Path: []int{0, 0, 0}},
		{Name: "text", Kind: model.Text, Searchable: true, Path: []int{1}},
		{Name: "status", Kind: model.Text, Default: "new", Enum: []string{"new", "done"}, Path: []int{2}},
		{Name: "maybe_txt", Kind: model.Text, Null: true, Path: []int{3}},
		{Name: "number", Kind: model.Int, Serial: true, Path: []int{4}},
		{Name: "count", Kind: model.Int, Default: "7", Path: []int{5}},
		{Name: "small", Kind: model.Int, Path: []int{6}},
		{Name: "maybe_int", Kind: model.Int, Null: true, Path: []int{7}},
		{Name: "weight", Kind: model.Float, Path: []int{8}},
		{Name: "short", Kind: model.Float, Path: []int{9}},
		{Name: "price", Kind: model.Decimal, Path: []int{10}},
		{Name: "maybe_dec", Kind: model.Decimal, Null: true, Path: []int{11}},
		{Name: "active", Kind: model.Bool, Default: "true", Path: []int{12}},
		{Name: "maybe_on", Kind: model.Bool, Default: "true", Path: []int{13}},
		{Name: "at", Kind: model.Time, Path: []int{14}},
		{Name: "maybe_at", Kind: model.Time, Null: true, Path: []int{15}},
		{Name: "data", Kind: model.JSON, Null: true, Path: []int{16}},
		{Name: "must_data", Kind: model.JSON, Path: []int{17}},
		{Name: "tags", Kind: model.TextList, Null: true, Path: []int{18}},
		{Name: "must_tags", Kind: model.TextList, Path: []int{19}},
		{Name: "metadata", Kind: model.JSON, Null: true, Path: []int{0, 1}},
		{Name: "created_at", Kind: model.Time, Path: []int{0, 0, 1, 0}},
		{Name: "updated_at", Kind: model.Time, Path: []int{0, 0, 1, 1}},
		{Name: "deleted_at", Kind: model.Time, Null: true, Path: []int{0, 0, 1, 2}},
	}
	for i, f := range m.Fields {
		if i >= len(want) || !reflect.DeepEqual(*f, want[i]) {
			t.Errorf("field %d is %+v", i, *f)
		}
		if m.Field(f.Name) != f {
			t.Errorf("Field(%q) is another field", f.Name)
		}
	}
	if len(m.Fields) != len(want) {
		t.Errorf("there are %d fields, want %d", len(m.Fields), len(want))
	}
	if wantIndexes := []model.Index{{Columns: []string{"maybe_txt"}, Unique: true}, {Columns: []string{"count", "id"}}}; !reflect.DeepEqual(m.Indexes, wantIndexes) {
		t.Errorf("the indexes are %+v", m.Indexes)
	}
}

func TestDefineNames(t *testing.T) {
	t.Parallel()
	m := model.Define[everything]("order_address")
	if m.Name != "order_address" || m.Table != "order_address" || m.Prefix != "order_address" || !slices.Equal(m.Entities, []string{"order_address", "order_addresses"}) {
		t.Errorf("the names are %+v", m)
	}
	if m.String() != "order_address" || m.ID() != "order_address_id" || m.PrimaryKey() != "id" || !slices.Equal(m.Key, []string{"id"}) || m.Go != reflect.TypeFor[everything]() {
		t.Errorf("the key is %v of %s, the id %s, the type %v", m.Key, m, m.ID(), m.Go)
	}
	if !m.SoftDeletes() || !m.Searchable() {
		t.Errorf("SoftDeletes %t, Searchable %t", m.SoftDeletes(), m.Searchable())
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	type country struct {
		Code string `json:"iso_2" model:"pk"`
		Name string `json:"name"`
	}
	m := model.Define[country]("country").OnTable("region_country").WithPrefix("").Named("country", "countries", "nation").
		Index("name").Unique("name", "iso_2").UniqueWhere("name <> ''", "name").Check("short", "length(iso_2) = 2").Cascades("provinces")
	if m.Table != "region_country" || m.Prefix != "" || !slices.Equal(m.Entities, []string{"country", "countries", "nation"}) || m.ID() != "country_iso_2" {
		t.Errorf("the names are %+v", m)
	}
	want := []model.Index{{Columns: []string{"name", "iso_2"}}, {Columns: []string{"name", "iso_2"}, Unique: true}, {Columns: []string{"name"}, Unique: true, Where: "name <> ''"}}
	if !reflect.DeepEqual(m.Indexes, want) || !slices.Equal(m.Checks, []model.Check{{Name: "short", Expr: "length(iso_2) = 2"}}) || !slices.Equal(m.Cascade, []string{"provinces"}) {
		t.Errorf("the model is %+v", m)
	}
	if m.SoftDeletes() || m.Searchable() {
		t.Errorf("SoftDeletes %t, Searchable %t", m.SoftDeletes(), m.Searchable())
	}
}

// A model whose key has several columns has no PrimaryKey.
func TestCompositeKey(t *testing.T) {
	t.Parallel()
	type pair struct {
		Note  string `json:"note"`
		Left  string `json:"left_id" model:"pk"`
		Right string `json:"right_id" model:"pk"`
	}
	m := model.Define[pair]("pair")
	if !slices.Equal(m.Key, []string{"left_id", "right_id"}) || m.PrimaryKey() != "" || m.Fields[0].Name != "left_id" || m.Fields[2].Name != "note" {
		t.Errorf("the key is %v of %q, the fields %v", m.Key, m.PrimaryKey(), m.Fields)
	}
}

type other struct {
	model.Base
}

// mistake defines a model of T and returns the text of the panic.
func mistake[T any]() (text string) {
	defer func() {
		if r := recover(); r != nil {
			text, _ = r.(string)
		}
	}()
	model.Define[T]("thing")
	return "no panic"
}

func TestDefineMistakes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ got, want string }{
		{mistake[string](), `model thing: string is not a struct`},
		{mistake[*other](), `model thing: *model_test.other is not a struct`},
		{mistake[struct{}](), `model thing: no field is tagged pk`},
		{mistake[struct{ *model.Base }](), `model thing: no field is tagged pk`},
		{mistake[struct {
			A string `json:"a" model:"sorted"`
		}](), `model thing: field a: unknown tag "sorted"`},
		{mistake[struct {
			A uint `json:"a"`
		}](), `model thing: field a: type uint is neither a column nor a relation`},
		{mistake[struct {
			A map[string]string `json:"a"`
		}](), `model thing: field a: type map[string]string is neither`},
		{mistake[struct {
			A []byte `json:"a"`
		}](), `model thing: field a: type uint8 is neither`},
		{mistake[struct {
			A other `json:"a"`
		}](), `model thing: field a: type model_test.other is neither`},
		{mistake[struct {
			A []other `json:"a"`
		}](), `model thing: field a: type model_test.other is neither`},
		{mistake[struct {
			A **string `json:"a"`
		}](), `model thing: field a: type **string is neither`},
		{mistake[struct {
			A *model.RawJSON `json:"a"`
		}](), `model thing: field a: type *model.RawJSON is neither`},
		{mistake[struct {
			model.Base
			Other string `json:"id"`
		}](), `model thing: field id: the struct has two fields of that name`},
		{mistake[struct {
			A string `json:"a" model:"serial"`
		}](), `model thing: field a: serial requires an integer field, not text`},
		{mistake[struct {
			A string `json:"a" model:"enum="`
		}](), `model thing: field a: enum= has an empty value`},
		{mistake[struct {
			A string `json:"a" model:"enum=x||y"`
		}](), `model thing: field a: enum=x||y has an empty value`},
	} {
		if !strings.HasPrefix(test.got, test.want) {
			t.Errorf("the panic is %q, want %q", test.got, test.want)
		}
	}
}

func TestRelationMistakes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ got, want string }{
		{mistake[struct {
			O *other `json:"o"`
		}](), `model thing: field o: a relation must have one of belongs, one, many, through`},
		{mistake[struct {
			O *other `json:"o" model:"searchable"`
		}](), `model thing: field o: a relation must have one of`},
		{mistake[struct {
			O *other `json:"o" model:"belong"`
		}](), `model thing: field o: unknown tag "belong"`},
		{mistake[struct {
			O *other `json:"o" model:"belongs,one=thing_id"`
		}](), `model thing: field o: a relation must have one of belongs, one, many, through; it has belongs and one`},
		{mistake[struct {
			O *other `json:"o" model:"many=thing_id"`
		}](), `model thing: field o: many is a to-many relation: its type must be a slice of pointers`},
		{mistake[struct {
			O *other `json:"o" model:"through=a.b.c"`
		}](), `model thing: field o: through is a to-many relation`},
		{mistake[struct {
			O []*other `json:"o" model:"one=thing_id"`
		}](), `model thing: field o: one is a to-one relation: its type must be a pointer`},
		{mistake[struct {
			O []*other `json:"o" model:"belongs"`
		}](), `model thing: field o: belongs is a to-one relation`},
		{mistake[struct {
			O []*other `json:"o" model:"many"`
		}](), `model thing: field o: many needs the column of the other table that holds this model's key: many=COLUMN`},
		{mistake[struct {
			O *other `json:"o" model:"one"`
		}](), `model thing: field o: one needs the column`},
		{mistake[struct {
			O []*other `json:"o" model:"through=pivot.a"`
		}](), `model thing: field o: through=pivot.a is not TABLE.LEFT.RIGHT`},
		{mistake[struct {
			O []*other `json:"o" model:"through=pivot.a.b.c"`
		}](), `model thing: field o: through=pivot.a.b.c is not`},
		{mistake[struct {
			O []*other `json:"o" model:"through=pivot..b"`
		}](), `model thing: field o: through=pivot..b is not`},
		{mistake[struct {
			O []*other `json:"o" model:"many=thing_id,cascade"`
		}](), `model thing: field o: nokey, cascade, setnull and noaction apply only to belongs`},
		{mistake[struct {
			O *other `json:"o" model:"one=thing_id,nokey"`
		}](), `model thing: field o: nokey, cascade, setnull and noaction apply only to belongs`},
		{mistake[struct {
			O []*other `json:"o" model:"many=thing_id,where=active"`
		}](), `model thing: field o: where=active is not COLUMN:true or COLUMN:false`},
		{mistake[struct {
			O []*other `json:"o" model:"many=thing_id,where=active:yes"`
		}](), `model thing: field o: where=active:yes is not`},
		{mistake[struct {
			O *other `json:"o" model:"belongs,where=active:true"`
		}](), `model thing: field o: where applies only to one and many`},
	} {
		if !strings.HasPrefix(test.got, test.want) {
			t.Errorf("the panic is %q, want %q", test.got, test.want)
		}
	}
}
