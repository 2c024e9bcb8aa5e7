package querytest

import (
	"fmt"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// connect adds edges between two random models.
func (b *builder) connect() {
	from, to := pick(b.dice, b.ends), pick(b.dice, b.ends)
	sorts := []func(from, to *model.Model){b.belongs, b.belongs, b.pivoted, b.stored, b.stored, b.stored, b.listed, b.flagged, b.through}
	pick(b.dice, sorts)(from, to)
}

// belongs adds a column that holds the key of another record, with edges in both
// directions: inside a module, or as a read-only link.
func (b *builder) belongs(from, to *model.Model) {
	kind := pick(b.dice, []model.EdgeKind{model.Relation, model.ReadOnly})
	column := b.reference(from, to)
	if b.chance(20) {
		b.unique(from, column)
	}
	b.edge(&model.Edge{Name: b.free(from, to.Name), From: from, To: to, Kind: kind, Searchable: b.chance(20),
		Hops: []model.Hop{by(to, to.PrimaryKey(), model.FromRow, column)}})
	b.edge(&model.Edge{Name: b.free(to, from.Name+"s"), From: to, To: from, Kind: kind, Many: b.chance(70), Searchable: b.chance(20),
		Hops: []model.Hop{by(from, column, model.FromRow, to.PrimaryKey())}})
}

// reference adds a column for the key of another model and returns its name.
func (b *builder) reference(from, to *model.Model) string {
	f := &model.Field{Name: b.free(from, to.Name+"_ref"), Null: b.chance(60)}
	from.AddField(f)
	b.fills = append(b.fills, func() {
		for _, r := range b.data[from.Table] {
			r[f.Name] = b.someID(to, f.Null)
		}
	})
	return f.Name
}

// unique declares a column unique among live rows and changes the data accordingly.
func (b *builder) unique(m *model.Model, column string) {
	m.Unique(column)
	b.fills = append(b.fills, func() {
		seen := map[any]bool{}
		for i, r := range b.data[m.Table] {
			if v := r[column]; v != nil && !deleted(r) && seen[v] {
				r[column] = fmt.Sprintf("dangling%d", i)
			}
			if !deleted(r) {
				seen[r[column]] = true
			}
		}
	})
}

// pivoted adds a many-to-many relation over a table of two keys.
func (b *builder) pivoted(from, to *model.Model) {
	name := from.Name + "_" + to.Name + "_pivot"
	if b.named(name) {
		return
	}
	p := &model.Model{Name: name, Table: b.prefix + name, Module: "world", Key: []string{"left_id", "right_id"}}
	p.AddField(&model.Field{Name: "left_id"})
	p.AddField(&model.Field{Name: "right_id"})
	b.models = append(b.models, p)
	for _, ends := range [][4]any{{from, "left_id", to, "right_id"}, {to, "right_id", from, "left_id"}} {
		here, there := ends[0].(*model.Model), ends[2].(*model.Model)
		b.edge(&model.Edge{Name: b.free(here, there.Name+"s"), From: here, To: there, Many: true, Kind: model.Relation, Searchable: b.chance(10),
			Hops: []model.Hop{by(p, ends[1].(string), model.FromRow, here.PrimaryKey()), by(there, there.PrimaryKey(), 0, ends[3].(string))}})
	}
	b.fills = append(b.fills, func() { b.pairs(p, from, to, "left_id", "right_id", true, true) })
}

func (b *builder) named(name string) bool {
	return slices.ContainsFunc(b.models, func(m *model.Model) bool { return m.Name == name })
}

// stored adds a link with a table, of any cardinality.
func (b *builder) stored(from, to *model.Model) {
	if from == to || b.named(from.Name+"_"+to.Name) || b.named(to.Name+"_"+from.Name) {
		return
	}
	link := linkTable(from, to, &model.Field{Name: "note", Null: true}, &model.Field{Name: "pos", Kind: model.Int})
	link.Table = b.prefix + link.Name
	left, right := end{from, b.free(to, from.Name+"_linked"), b.chance(50)}, end{to, b.free(from, to.Name+"_linked"), b.chance(50)}
	link.Unique(left.column(), right.column())
	for _, ends := range [][2]end{{left, right}, {right, left}} {
		if !ends[1].many {
			link.Unique(ends[0].column())
		}
	}
	b.models = append(b.models, link)
	for _, e := range linkEdges(link, left, right) {
		b.edge(e)
	}
	b.fills = append(b.fills, func() { b.pairs(link, from, to, left.column(), right.column(), left.many, right.many) })
}

// listed adds a column with a list of keys, and an edge in its order.
func (b *builder) listed(from, to *model.Model) {
	f := &model.Field{Name: b.free(from, to.Name+"_ids"), Kind: model.TextList, Null: b.chance(50)}
	from.AddField(f)
	b.edge(&model.Edge{Name: b.free(from, to.Name+"_picked"), From: from, To: to, Many: true, Kind: model.ReadOnly, ListFrom: f.Name,
		Hops: []model.Hop{{Model: to, On: []model.On{{Column: to.PrimaryKey(), Row: model.FromRow, Of: f.Name, Listed: true}}}}})
	b.fills = append(b.fills, func() {
		for _, r := range b.data[from.Table] {
			r[f.Name] = b.idList(to, f.Null)
		}
	})
}

// flagged adds a relation to the records that have a constant, or null, in a column.
func (b *builder) flagged(from, to *model.Model) {
	column := b.reference(to, from)
	flag := &model.Field{Name: b.free(to, "flag"), Kind: pick(b.dice, []model.Kind{model.Bool, model.Int, model.Text}), Null: b.chance(30)}
	to.AddField(flag)
	values := map[model.Kind][]any{model.Bool: {true, false}, model.Int: {int64(1), int64(2)}, model.Text: {"it's", "b"}}[flag.Kind]
	hop := by(to, column, model.FromRow, from.PrimaryKey())
	only := model.On{Column: flag.Name, Value: pick(b.dice, values)}
	if flag.Null && b.chance(30) {
		only = model.On{Column: flag.Name, Null: true}
	}
	hop.On = append(hop.On, only)
	b.edge(&model.Edge{Name: b.free(from, to.Name+"_flagged"), From: from, To: to, Many: b.chance(50), Kind: model.Relation, Hops: []model.Hop{hop}})
	b.fills = append(b.fills, func() {
		for _, r := range b.data[to.Table] {
			r[flag.Name] = pick(b.dice, values)
			if flag.Null && b.chance(20) {
				r[flag.Name] = nil
			}
		}
	})
}

// through adds a relation over the records of a third model.
func (b *builder) through(from, to *model.Model) {
	middle := pick(b.dice, b.ends)
	first, second := b.reference(middle, from), b.reference(middle, to)
	b.edge(&model.Edge{Name: b.free(from, to.Name+"_through"), From: from, To: to, Many: b.chance(70),
		Kind: pick(b.dice, []model.EdgeKind{model.Relation, model.Stored}),
		Hops: []model.Hop{by(middle, first, model.FromRow, from.PrimaryKey()), by(to, to.PrimaryKey(), 0, second)}})
}

// versioned adds a parent whose lines have a row for each version, with everything an
// overlay can do: like an order, its items and their adjustments.
func (b *builder) versioned() {
	parent, line := b.model("parent"), b.model("line")
	detail, extra, summary := b.model("detail"), b.model("extra"), b.model("summary")
	parent.AddField(&model.Field{Name: "version", Kind: model.Int})
	line.AddField(&model.Field{Name: "title", Searchable: true})
	line.AddField(&model.Field{Name: "price", Kind: model.Decimal})
	for _, m := range []*model.Model{detail, extra, summary} {
		m.AddField(&model.Field{Name: "version", Kind: model.Int})
	}
	detail.AddField(&model.Field{Name: "quantity", Kind: model.Decimal})
	detail.AddField(&model.Field{Name: "price", Kind: model.Decimal, Null: true})
	summary.AddField(&model.Field{Name: "totals", Kind: model.JSON, Null: true})
	for _, m := range []*model.Model{parent, line, detail, extra, summary} {
		m.AddField(&model.Field{Name: "deleted_at", Kind: model.Time, Null: true})
		b.models = append(b.models, m)
	}
	b.ends = append(slices.Clone(b.ends), parent, line, detail)
	of := versionedModels{parent, line, detail, extra, summary}
	refs := [4]string{b.reference(detail, parent), b.reference(detail, line), b.reference(extra, line), b.reference(summary, parent)}
	b.versionedEdges(of, refs)
	b.fills = append(b.fills, func() { b.fillVersions(of, refs) })
}

type versionedModels struct{ parent, line, detail, extra, summary *model.Model }

func (b *builder) versionedEdges(m versionedModels, refs [4]string) {
	current := model.On{Column: "version", Row: model.FromRow, Of: "version", AsOf: true}
	details := by(m.detail, refs[0], model.FromRow, m.parent.PrimaryKey())
	details.On = append(details.On, current)
	extras := by(m.extra, refs[2], model.FromRow, m.line.PrimaryKey())
	extras.On = append(extras.On, model.On{Column: "version", Row: model.Arrival(0), Of: "version"})
	summaries := by(m.summary, refs[3], model.FromRow, m.parent.PrimaryKey())
	summaries.On = append(summaries.On, current)
	b.edge(&model.Edge{Name: "summary", From: m.parent, To: m.summary, Kind: model.Relation, Content: "totals", Hops: []model.Hop{summaries}})
	b.edge(&model.Edge{Name: "extras", From: m.line, To: m.extra, Many: true, Kind: model.Relation,
		Hops: []model.Hop{by(m.extra, refs[2], model.FromRow, m.line.PrimaryKey())}})
	b.edge(&model.Edge{Name: "lines", From: m.parent, To: m.line, Many: true, Kind: model.Relation,
		Hops: []model.Hop{details, by(m.line, m.line.PrimaryKey(), 0, refs[1])},
		Overlay: &model.Overlay{
			Fields: []model.OverlayField{
				{Field: m.detail.Field("quantity"), Hop: 0, Column: "quantity"},
				{Field: &model.Field{Name: "price", Kind: model.Decimal}, Hop: 0, Column: "price", Fallback: "price"},
			},
			Row: "detail", RowHop: 0,
			Edges: []*model.Edge{{Name: "extras", From: m.line, To: m.extra, Many: true, Kind: model.Relation, Hops: []model.Hop{extras}}},
		}})
}
