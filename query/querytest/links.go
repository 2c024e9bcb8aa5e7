package querytest

import "github.com/gorgon-commerce/gorgon/model"

// end is one end of a stored link: a model, and the name that the other end has for
// it.
type end struct {
	model *model.Model
	name  string
	many  bool
}

// column returns the link table's column for the end's key.
func (n end) column() string { return n.model.Name + "_id" }

// linkTable returns the model of a stored link's table, which is an entity too.
func linkTable(left, right *model.Model, extra ...*model.Field) *model.Model {
	name := left.Name + "_" + right.Name
	m := &model.Model{Name: name, Table: name, Module: "link", Entities: []string{name}, Key: []string{"id"}}
	m.AddField(&model.Field{Name: "id"})
	m.AddField(&model.Field{Name: left.Name + "_id"})
	m.AddField(&model.Field{Name: right.Name + "_id"})
	for _, f := range extra {
		m.AddField(f)
	}
	m.AddField(&model.Field{Name: "created_at", Kind: model.Time})
	m.AddField(&model.Field{Name: "updated_at", Kind: model.Time})
	m.AddField(&model.Field{Name: "deleted_at", Kind: model.Time, Null: true})
	return m
}

// linkEdges returns the edges of a stored link: from each end to the other and to
// the link's rows, and from the rows to both ends.
func linkEdges(link *model.Model, left, right end) []*model.Edge {
	var out []*model.Edge
	for _, ends := range [][2]end{{left, right}, {right, left}} {
		from, to := ends[0], ends[1]
		rows := model.Hop{Model: link, On: []model.On{{Column: from.column(), Row: model.FromRow, Of: from.model.PrimaryKey()}}}
		target := model.Hop{Model: to.model, On: []model.On{{Column: to.model.PrimaryKey(), Row: 0, Of: to.column()}}}
		direct := target
		direct.On = []model.On{{Column: to.model.PrimaryKey(), Row: model.FromRow, Of: to.column()}}
		out = append(out,
			&model.Edge{Name: to.name, From: from.model, To: to.model, Many: to.many, Kind: model.Stored, Hops: []model.Hop{rows, target}, Link: link.Table},
			&model.Edge{Name: to.model.Name + "_link", From: from.model, To: link, Many: to.many, Kind: model.Stored, Hops: []model.Hop{rows}, Link: link.Table},
			&model.Edge{Name: to.model.Name, From: link, To: to.model, Kind: model.Stored, Hops: []model.Hop{direct}, Link: link.Table})
	}
	return out
}
