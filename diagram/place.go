package diagram

import "unicode/utf8"

// place computes where areas and boxes are, from the columns of the plan.
func (p *plan) place() {
	p.placeAcross()
	p.chooseSides()
	p.placeDown()
}

// placeAcross sets x and width of areas and boxes.
func (p *plan) placeAcross() {
	x := margin
	for n, column := range p.columns {
		widest := 0
		for _, a := range column {
			a.column = n
			widest = max(widest, p.areaWidth(a))
		}
		for _, a := range column {
			a.X, a.Width = x, widest
			p.boxesAcross(a)
		}
		if len(column) > 0 {
			x += widest + p.columnGap
		}
	}
	p.width = max(x-p.columnGap, margin) + margin
}

func (p *plan) areaWidth(a *area) int {
	width := p.inner*(len(a.columns)-1) + 2*p.pad
	for _, column := range a.columns {
		width += boxWidth(column)
	}
	return max(width, utf8.RuneCountInString(a.Module)*perLetter/2+2*p.pad)
}

// boxWidth returns the width of the boxes of a column.
func boxWidth(column []*box) int {
	width := narrowest
	for _, b := range column {
		width = max(width, utf8.RuneCountInString(b.Entity)*perLetter/2+24)
	}
	return width
}

// boxesAcross sets the x and width of the boxes of an area. If the area is wider
// than it needs to be, they become wider, but not much.
func (p *plan) boxesAcross(a *area) {
	spare := a.Width - p.areaWidth(a)
	more := min(spare/len(a.columns), stretch)
	x := a.X + p.pad + (spare-more*len(a.columns))/2
	for _, column := range a.columns {
		width := boxWidth(column) + more
		for _, b := range column {
			b.X, b.Width = x, width
		}
		x += width + p.inner
	}
}

// chooseSides chooses the sides of boxes that lines end at, and counts them.
func (p *plan) chooseSides() {
	for _, l := range p.lines {
		l.from.ends, l.to.ends = [2]int{}, [2]int{}
	}
	for _, l := range p.lines {
		l.sides = sidesOf(l.from, l.to)
		l.from.ends[l.sides[0]]++
		l.to.ends[l.sides[1]]++
	}
}

func sidesOf(from, to *box) [2]side {
	switch {
	case from.X+from.Width <= to.X:
		return [2]side{right, left}
	case to.X+to.Width <= from.X:
		return [2]side{left, right}
	}
	outer := right // they are above each other
	if a := from.area; a == to.area && len(a.columns) > 1 && from.X < a.X+a.Width/3 {
		outer = left
	}
	return [2]side{outer, outer}
}

// placeDown sets y and height of areas and boxes.
func (p *plan) placeDown() {
	heights := make([]int, len(p.columns))
	p.height = 0
	for n, column := range p.columns {
		for i, a := range column {
			if i > 0 {
				heights[n] += p.areaGap
			}
			heights[n] += p.areaHeight(a)
		}
		p.height = max(p.height, heights[n])
	}
	for n, column := range p.columns {
		y, gap := margin, p.areaGap
		switch spare := p.height - heights[n]; {
		case !p.justified:
			y += spare / 2
		case len(column) > 1:
			gap += spare / (len(column) - 1)
		}
		for _, a := range column {
			a.Y = y
			p.boxesDown(a)
			y += a.Height + gap
		}
	}
	p.height += 2 * margin
}

// areaHeight sets the heights of an area and of its boxes.
func (p *plan) areaHeight(a *area) int {
	a.Height = 0
	for _, column := range a.columns {
		height := 0
		for _, b := range column {
			b.Height = max(p.least, (max(b.ends[left], b.ends[right])+1)*p.port)
			height += b.Height + p.gap
		}
		a.Height = max(a.Height, title+height-p.gap+p.pad/2+2)
	}
	return a.Height
}

// boxesDown sets the y of the boxes of an area: its columns are centered.
func (p *plan) boxesDown(a *area) {
	for _, column := range a.columns {
		height := -p.gap
		for _, b := range column {
			height += b.Height + p.gap
		}
		y := a.Y + title + (a.Height-title-p.pad/2-2-height)/2
		for _, b := range column {
			b.Y = y
			y += b.Height + p.gap
		}
	}
}
