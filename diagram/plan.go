package diagram

import (
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// A plan is a diagram in the making.
type plan struct {
	sizes
	areas   []*area
	boxes   map[string]*box // by module and entity
	lines   []*line
	columns [][]*area // from left to right, from top to bottom
	middle  *area     // the area that stays in the middle column
	width   int
	height  int
}

// area is an Area with the columns of its boxes.
type area struct {
	Area
	columns [][]*box
	column  int // where it stands in the plan
}

// box is a Box with the number of lines that end at each of its sides.
type box struct {
	Box
	area *area
	ends [2]int // by side
}

// line is a Line with its boxes, and where on them it ends.
type line struct {
	Line
	from, to *box
	sides    [2]side // of from and to
	y        [2]int
}

// side is a side of a box.
type side int

const (
	left side = iota
	right
)

// sizes are what a plan is measured with.
type sizes struct {
	least     int  // the least height of a box
	port      int  // between the ends of lines at a box
	gap       int  // between boxes
	pad       int  // between the boxes of an area and its sides
	inner     int  // between two columns of boxes in an area
	areaGap   int  // between areas
	columnGap int  // between columns of areas
	justified bool // whether all columns have the same height
	labeled   bool // whether lines have labels
}

const (
	margin    = 24
	title     = 34 // the height of an area's title
	perLetter = 15 // of text in a box, in halves of a pixel
	narrowest = 120
	stretch   = 50 // how much wider a box may become
)

var (
	poster   = sizes{least: 26, port: 9, gap: 13, pad: 34, inner: 76, areaGap: 30, columnGap: 170, justified: true}
	overview = sizes{least: 38, port: 22, gap: 22, pad: 18, areaGap: 26, columnGap: 340, labeled: true}
)

func newPlan(s sizes) *plan { return &plan{sizes: s, boxes: map[string]*box{}} }

// box returns the box of a model, which it adds if there is none.
func (p *plan) box(m *model.Model) *box { return p.named(m.Module, link.EntityOf(m)) }

func (p *plan) named(module, entity string) *box {
	key := module + "\x00" + entity
	if b := p.boxes[key]; b != nil {
		return b
	}
	a := p.area(module)
	b := &box{Box: Box{Entity: entity, Module: module}, area: a}
	p.boxes[key] = b
	a.columns[0] = append(a.columns[0], b)
	return b
}

func (p *plan) area(module string) *area {
	for _, a := range p.areas {
		if a.Module == module {
			return a
		}
	}
	a := &area{Area: Area{Module: module}, columns: make([][]*box, 1)}
	p.areas = append(p.areas, a)
	return a
}

func (p *plan) connect(from, to *box, l Line) {
	l.From, l.To = from.Entity, to.Entity
	if l.Columns == nil {
		l.Columns = []string{}
	}
	if l.Cascades == nil {
		l.Cascades = []string{}
	}
	p.lines = append(p.lines, &line{Line: l, from: from, to: to})
}

// links adds a line for each link.
func (p *plan) links(all []*link.Definition) {
	for _, d := range all {
		from := p.box(d.Left.Model)
		l := describe(d)
		if d.Right.Model == nil {
			p.connect(from, p.named(Outside, from.Entity+"."+l.Field), l)
			continue
		}
		p.connect(from, p.box(d.Right.Model), l)
	}
}

// describe returns the line of a link without its ends.
func describe(d *link.Definition) Line {
	right, left := d.Fields()
	column, list := d.Holder()
	l := Line{Kind: d.Kind(), Table: d.TableName(), Column: column, Columns: d.Extra(), FromMany: true, ToMany: list}
	l.Field, l.Inverse = first(right), first(left)
	if l.Kind != stored {
		return l
	}
	l.FromMany, l.ToMany = d.Left.List, d.Right.List
	for _, e := range []link.End{d.Left, d.Right} {
		if e.Delete {
			l.Cascades = append(l.Cascades, link.EntityOf(e.Model))
		}
	}
	return l
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
