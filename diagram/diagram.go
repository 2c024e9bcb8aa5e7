package diagram

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// A Diagram is a picture of models and of what connects them. All lengths are in
// pixels at scale 1.
type Diagram struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Areas  []Area `json:"areas"`
	Boxes  []Box  `json:"boxes"`
	Lines  []Line `json:"lines"`

	around string // the module that it is about; "" for all
}

// An Area is a module.
type Area struct {
	Module string `json:"module"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// A Box is a model or, in the area [Outside], what a virtual link leads to.
type Box struct {
	Entity string `json:"entity"` // its first name in queries; of a virtual link, the model's and the field's
	Module string `json:"module"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// A Line is a relation inside a module or a link: one line for both directions.
type Line struct {
	From     string   `json:"from"`      // an entity
	To       string   `json:"to"`        // an entity
	Kind     string   `json:"kind"`      // "relation", "stored", "read-only" or "virtual"
	Field    string   `json:"field"`     // the query field of From that leads to To, or ""
	Inverse  string   `json:"inverse"`   // the query field of To that leads to From, or ""
	FromMany bool     `json:"from_many"` // whether one To has many From
	ToMany   bool     `json:"to_many"`   // whether one From has many To
	Table    string   `json:"table"`     // the link table or pivot table, or ""
	Column   string   `json:"column"`    // the column that holds ids if there is no table
	Columns  []string `json:"columns"`   // the extra columns of the link table
	Cascades []string `json:"cascades"`  // the ends whose records are deleted with those of the other end
	Path     string   `json:"path"`      // SVG path data from From's box to To's box, one cubic curve
}

// Outside is the module of what virtual links lead to: records outside the
// database.
const Outside = "outside"

// The kinds of a Line.
const (
	relation = "relation"
	stored   = "stored"
	readOnly = "read-only"
	virtual  = "virtual"
)

// All returns a diagram of every module and model, except link tables and pivot
// tables.
func All(g *model.Graph, links []*link.Definition) Diagram {
	p := newPlan(poster)
	for _, m := range g.Models() {
		if shown(g, m) {
			p.box(m)
		}
	}
	for _, r := range relations(g) {
		p.connect(p.box(r.from), p.box(r.to), r.line)
	}
	p.links(links)
	p.columns = p.pack()
	p.search()
	return p.draw()
}

// Around returns a diagram of the links of a module: its linked models in the
// middle, and the models that they are linked to around them. A module without
// links is drawn alone, with all its models. If no model belongs to the module,
// the error suggests similar names.
func Around(g *model.Graph, links []*link.Definition, module string) (Diagram, error) {
	if err := Check(g, module); err != nil {
		return Diagram{}, err
	}
	p := newPlan(overview)
	p.area(module)
	p.links(slices.DeleteFunc(slices.Clone(links), func(d *link.Definition) bool {
		return d.Left.Model.Module != module && (d.Right.Model == nil || d.Right.Model.Module != module)
	}))
	if len(p.lines) == 0 {
		for _, m := range g.Models() {
			if m.Module == module && shown(g, m) {
				p.box(m)
			}
		}
	}
	p.surround()
	d := p.draw()
	d.around = module
	return d, nil
}

// Modules returns the names of the modules that a graph has models of, in the
// order of the models. The module of link tables is not one of them.
func Modules(g *model.Graph) []string {
	var names []string
	for _, m := range g.Models() {
		if m.Module != "link" && !slices.Contains(names, m.Module) {
			names = append(names, m.Module)
		}
	}
	return names
}

// Check returns an error if no model of a graph belongs to the module. It suggests
// similar names.
func Check(g *model.Graph, module string) error {
	names := Modules(g)
	if slices.Contains(names, module) {
		return nil
	}
	slices.Sort(names)
	return fault.New(fault.InvalidData, "there is no module %q%s", module, fault.DidYouMean(module, names))
}
