package link

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/model"
)

// Install adds links to a graph, which must contain the models of their ends. It
// returns the installed definitions, for NewManager. If a definition is not
// valid (an end is not a model of the graph, a column is missing, a name is
// taken), it returns an error that names the link, and the graph must not be
// used.
func Install(g *model.Graph, definitions ...Definition) ([]*Definition, error) {
	if g.Table(journalTable) == nil {
		if err := g.AddModel(Journal()); err != nil {
			return nil, fmt.Errorf("link: %w", err)
		}
	}
	installed := make([]*Definition, len(definitions))
	for i, d := range definitions {
		installed[i] = &d
		if err := d.install(g); err != nil {
			return nil, fmt.Errorf("link %s: %w", &d, err)
		}
	}
	return installed, nil
}

func (d *Definition) install(g *model.Graph) error {
	if err := checkEnd(g, "left", d.Left); err != nil {
		return err
	}
	if d.kind == virtual {
		return d.installVirtual(g)
	}
	if err := checkEnd(g, "right", d.Right); err != nil {
		return err
	}
	if d.kind == readOnly {
		return d.installReadOnly(g)
	}
	return d.installStored(g)
}

func checkEnd(g *model.Graph, side string, e End) error {
	if e.Model == nil || g.Named(e.Model.Name) != e.Model {
		return fmt.Errorf("its %s end is not a model of the program; add the module that has it", side)
	}
	if key := e.Model.Field(e.Model.PrimaryKey()); key == nil || key.Kind != model.Text {
		return fmt.Errorf("the primary key of %s is not a single text column, which a link needs", e.Model)
	}
	return nil
}

func (d *Definition) installReadOnly(g *model.Graph) error {
	from, to := d.Left.Model, d.Right.Model
	f := from.Field(d.column)
	if f == nil {
		return fmt.Errorf("%s has no column %q", from, d.column)
	}
	list := f.Kind == model.TextList
	if f.Kind != model.Text && !list {
		return fmt.Errorf("%s.%s is of kind %s; ids must be text or a list of text", from, d.column, f.Kind)
	}
	if list && len(d.inverses) > 0 {
		return fmt.Errorf("%s is a list of ids: it has no inverse", d.column)
	}
	on := model.On{Column: to.PrimaryKey(), Row: model.FromRow, Of: d.column, Listed: list}
	e := &model.Edge{Name: d.field, From: from, To: to, Many: list || d.list, Kind: model.ReadOnly, Hops: []model.Hop{{Model: to, On: []model.On{on}}}}
	if list {
		e.ListFrom = d.column
	}
	if err := addEdge(g, e, "As"); err != nil {
		return err
	}
	for _, name := range d.inverses {
		back := model.On{Column: d.column, Row: model.FromRow, Of: to.PrimaryKey()}
		e := &model.Edge{Name: name, From: to, To: from, Many: true, Kind: model.ReadOnly, Hops: []model.Hop{{Model: from, On: []model.On{back}}}}
		if err := addEdge(g, e, "Inverse"); err != nil {
			return err
		}
	}
	if !list {
		from.EnsureIndex(d.column)
	}
	return nil
}

func (d *Definition) installVirtual(g *model.Graph) error {
	f := d.Left.Model.Field(d.column)
	if f == nil || f.Kind != model.Text {
		return fmt.Errorf("%s has no text column %q", d.Left.Model, d.column)
	}
	if d.resolve == nil {
		return fmt.Errorf("it has no function that resolves ids")
	}
	e := &model.Edge{Name: d.field, From: d.Left.Model, Kind: model.ReadOnly, Virtual: &model.Virtual{Column: d.column, Resolve: d.resolve}}
	return addEdge(g, e, "another field in Virtual")
}

// addEdge adds an edge whose name can be set with a method.
func addEdge(g *model.Graph, e *model.Edge, method string) error {
	if err := checkNames("a field", e.Name); err != nil {
		return err
	}
	if err := g.AddEdge(e); err != nil {
		return fmt.Errorf("%w; give it another name with %s", err, method)
	}
	return nil
}
