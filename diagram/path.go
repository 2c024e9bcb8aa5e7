package diagram

import (
	"cmp"
	"fmt"
	"slices"
)

// draw returns the diagram as it is placed.
func (p *plan) draw() Diagram {
	d := Diagram{Width: p.width, Height: p.height, Areas: []Area{}, Boxes: []Box{}, Lines: []Line{}}
	for _, column := range p.columns {
		for _, a := range column {
			d.Areas = append(d.Areas, a.Area)
			for _, boxes := range a.columns {
				for _, b := range boxes {
					d.Boxes = append(d.Boxes, b.Box)
				}
			}
		}
	}
	p.spread()
	for _, l := range p.lines {
		l.Path = p.path(l).String()
		d.Lines = append(d.Lines, l.Line)
	}
	return d
}

// end is an end of a line at a box.
type end struct {
	line  *line
	which int // 0 at from, 1 at to
}

func (e end) other() *box { return [2]*box{e.line.from, e.line.to}[1-e.which] }

// spread distributes the ends of lines over the sides of their boxes, in the
// order of the boxes that they lead to.
func (p *plan) spread() {
	type key struct {
		*box
		side
	}
	at := map[key][]end{}
	for _, l := range p.lines {
		for i, b := range []*box{l.from, l.to} {
			k := key{b, l.sides[i]}
			at[k] = append(at[k], end{l, i})
		}
	}
	for k, ends := range at {
		slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.other().middle(), b.other().middle()) })
		for i, e := range ends {
			e.line.y[e.which] = k.Y + k.Height*(i+1)/(len(ends)+1)
		}
	}
}

// curve is a line: straight from x0 to a, a cubic curve to b with the points x1
// and x2 that pull it, and straight to x3. It is level at both ends.
type curve struct{ x0, y0, a, x1, x2, b, x3, y3 int }

const curveFormat = "M%d %dH%dC%d %d %d %d %d %dH%d"

func (c curve) String() string {
	return fmt.Sprintf(curveFormat, c.x0, c.y0, c.a, c.x1, c.y0, c.x2, c.y3, c.b, c.y3, c.x3)
}

// curveOf reads the path of a line.
func curveOf(path string) (c curve) {
	_, _ = fmt.Sscanf(path, curveFormat, &c.x0, &c.y0, &c.a, &c.x1, &c.y0, &c.x2, &c.y3, &c.b, &c.y3, &c.x3) // it is one of ours
	return c
}

// path returns the curve of a line: from side to side or, between boxes above
// each other, an arc beside them.
func (p *plan) path(l *line) curve {
	x0, x3 := edge(l.from, l.sides[0]), edge(l.to, l.sides[1])
	c := curve{x0: x0, y0: l.y[0], a: x0, b: x3, x3: x3, y3: l.y[1]}
	if l.sides[0] != l.sides[1] {
		if p.labeled {
			c.lead(l, p.middle, p.pad)
		}
		pull := (c.b - c.a) / 2
		c.x1, c.x2 = c.a+pull, c.b-pull
		return c
	}
	reach := min(14+abs(l.y[0]-l.y[1])/5, p.reach(l))
	if l.sides[0] == left {
		c.x1 = min(x0, x3) - reach
	} else {
		c.x1 = max(x0, x3) + reach
	}
	c.x2 = c.x1
	return c
}

// lead makes a line straight for as long as its label is, at its end outside the
// area in the middle.
func (c *curve) lead(l *line, middle *area, pad int) {
	length := pad + labelGap + labelWidth(l.holder())
	if c.x3 < c.x0 {
		length = -length
	}
	switch {
	case l.to.area != middle:
		c.b -= length
	case l.from.area != middle:
		c.a += length
	}
}

// reach returns how far an arc may be pulled: inside its area or, for a link,
// between the areas. The arc is three quarters as wide.
func (p *plan) reach(l *line) int {
	if l.Kind == relation {
		return p.pad
	}
	return p.columnGap / 2
}

func edge(b *box, s side) int {
	if s == left {
		return b.X
	}
	return b.X + b.Width
}
