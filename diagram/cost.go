package diagram

// What makes a diagram worse, in pixels of lines.
const (
	perCrossing = 200
	perBox      = 150 // a line that leaves its area behind a box
	perUneven   = 2   // a pixel by which a column differs from the highest
)

// cost returns how bad the diagram is.
func (p *plan) cost() int {
	c := 0
	for i, l := range p.lines {
		c += l.cost()
		for _, other := range p.lines[i+1:] {
			if l.Kind != relation && other.Kind != relation && l.crosses(other) {
				c += perCrossing
			}
		}
	}
	return c + p.uneven()
}

// cost returns how long a line is, and more if it is hard to follow. A link is
// longer than a relation, and needs more care.
func (l *line) cost() int {
	c := abs(l.from.middle() - l.to.middle())
	if l.from.area != l.to.area {
		c += l.behind(l.from, l.sides[0]) + l.behind(l.to, l.sides[1])
		return 2*c + 300*abs(l.from.area.column-l.to.area.column)
	}
	if l.sides[0] == l.sides[1] {
		c += 30
	}
	return c
}

// behind returns the cost of an end at the inner side of an area with two
// columns.
func (l *line) behind(b *box, s side) int {
	a := b.area
	if len(a.columns) == 1 || (b.X < a.X+a.Width/3) == (s == left) {
		return 0
	}
	return perBox
}

// crosses reports whether two lines between the same columns cross.
func (l *line) crosses(other *line) bool {
	a, b, c, d := l.from, l.to, other.from, other.to
	if a.X > b.X {
		a, b = b, a
	}
	if c.X > d.X {
		c, d = d, c
	}
	return a.X == c.X && b.X == d.X && a.X != b.X && (a.Y-c.Y)*(b.Y-d.Y) < 0
}

// uneven returns the cost of columns of different heights.
func (p *plan) uneven() int {
	c := 0
	for _, column := range p.columns {
		height := -p.areaGap
		for _, a := range column {
			height += a.Height + p.areaGap
		}
		if spare := p.height - 2*margin - height; len(column) == 0 || spare > 0 && (p.justified || column[0] != p.middle) {
			c += perUneven * spare
		}
	}
	return c + p.height
}

func (b *box) middle() int { return b.Y + b.Height/2 }

func abs(n int) int { return max(n, -n) }
