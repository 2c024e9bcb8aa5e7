package diagram

import "slices"

// passes bounds the search.
const passes = 12

// search moves areas and boxes as long as that makes the diagram better.
func (p *plan) search() {
	p.place()
	best := p.cost()
	for range passes {
		before := best
		best = p.moveAreas(best)
		best = p.swapAreas(best)
		best = p.swapBoxes(best)
		if best == before {
			return
		}
	}
}

// better reports whether the cost of the columns as they are now is less than
// best.
func (p *plan) better(best int) (int, bool) {
	p.place()
	c := p.cost()
	return c, c < best
}

// moveAreas moves each area to the place that is best for it.
func (p *plan) moveAreas(best int) int {
	for _, a := range p.areas {
		old := p.columns
		kept := old
		for n := range old {
			if a == p.middle && n != a.column || !p.free(a, n) {
				continue
			}
			for i := range len(old[n]) + 1 {
				p.columns = moved(old, a, n, i)
				if c, ok := p.better(best); ok {
					best, kept = c, p.columns
				}
			}
		}
		p.columns = kept
		p.place()
	}
	return best
}

// swapAreas exchanges areas of different columns wherever that is better.
func (p *plan) swapAreas(best int) int {
	for i, a := range p.areas {
		for _, b := range p.areas[i+1:] {
			if a == p.middle || b == p.middle || a.column == b.column {
				continue
			}
			old := p.columns
			p.columns = exchanged(old, a, b)
			if c, ok := p.better(best); ok {
				best = c
				continue
			}
			p.columns = old
			p.place()
		}
	}
	return best
}

// exchanged returns the columns with two areas in each other's place.
func exchanged(columns [][]*area, a, b *area) [][]*area {
	out := make([][]*area, len(columns))
	for c, column := range columns {
		out[c] = slices.Clone(column)
		for i, x := range column {
			switch x {
			case a:
				out[c][i] = b
			case b:
				out[c][i] = a
			}
		}
	}
	return out
}

// free reports whether an area may stand in column n.
func (p *plan) free(a *area, n int) bool {
	return p.justified || a == p.middle || n != p.middle.column
}

// moved returns the columns with an area at place i of column n.
func moved(columns [][]*area, a *area, n, i int) [][]*area {
	out := make([][]*area, len(columns))
	for c, column := range columns {
		out[c] = slices.DeleteFunc(slices.Clone(column), func(other *area) bool { return other == a })
	}
	out[n] = slices.Insert(out[n], min(i, len(out[n])), a)
	return out
}

// swapBoxes exchanges boxes of an area wherever that is better.
func (p *plan) swapBoxes(best int) int {
	for _, a := range p.areas {
		places := placesOf(a)
		for i := range places {
			for j := i + 1; j < len(places); j++ {
				swap(a, places[i], places[j])
				if c, ok := p.better(best); ok {
					best = c
				} else {
					swap(a, places[i], places[j])
				}
			}
		}
		p.place()
	}
	return best
}

// placesOf returns the places of the boxes of an area: column and row.
func placesOf(a *area) [][2]int {
	var all [][2]int
	for c, column := range a.columns {
		for r := range column {
			all = append(all, [2]int{c, r})
		}
	}
	return all
}

func swap(a *area, i, j [2]int) {
	x, y := &a.columns[i[0]][i[1]], &a.columns[j[0]][j[1]]
	*x, *y = *y, *x
}
