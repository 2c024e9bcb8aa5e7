package diagram

import (
	"cmp"
	"math"
	"slices"
)

// surround places the first area in the middle and the others around it. It
// searches from several orders of the others, since a search may end early.
func (p *plan) surround() {
	p.middle = p.areas[0]
	others := slices.Clone(p.areas[1:])
	if len(others) == 0 {
		p.columns = [][]*area{p.areas}
		p.place()
		return
	}
	best, boxes, cost := p.columns, p.middle.columns, math.MaxInt
	for range min(len(others), starts) {
		others = append(others[1:], others[0])
		half := (len(others) + 1) / 2
		p.columns = [][]*area{slices.Clone(others[:half]), {p.middle}, slices.Clone(others[half:])}
		p.middle.columns = [][]*box{append(slices.Clone(boxes[0][1:]), boxes[0][0])}
		p.search()
		if c := p.cost(); c < cost {
			best, boxes, cost = p.columns, p.middle.columns, c
		}
	}
	p.columns, p.middle.columns = best, boxes
	p.search()
}

// starts bounds the number of searches.
const starts = 12

// shape is the width of a poster, as a multiple of its height.
const shape = 1.6

// pack returns as many columns of about equal height as make a page of that
// shape. The area with the most links is in the middle.
func (p *plan) pack() [][]*area {
	for _, a := range p.areas {
		if boxes := a.columns[0]; len(boxes) > 10 {
			half := (len(boxes) + 1) / 2
			a.columns = [][]*box{slices.Clone(boxes[:half]), slices.Clone(boxes[half:])}
		}
	}
	if len(p.areas) == 0 {
		return nil
	}
	p.middle = slices.MaxFunc(p.areas, func(a, b *area) int { return cmp.Compare(p.linked(a), p.linked(b)) })
	best, off := [][]*area(nil), math.Inf(1)
	for n := 1; n <= len(p.areas); n++ {
		p.columns = p.pile(n)
		p.place()
		if d := math.Abs(math.Log(float64(p.width) / float64(p.height) / shape)); d < off {
			best, off = p.columns, d
		}
	}
	return best
}

// linked returns the number of links that an area has.
func (p *plan) linked(a *area) int {
	n := 0
	for _, l := range p.lines {
		if l.Kind != relation && (l.from.area == a || l.to.area == a) {
			n++
		}
	}
	return n
}

// pile distributes the areas over n columns, the highest first, each to the
// column that is lowest.
func (p *plan) pile(n int) [][]*area {
	columns, heights := make([][]*area, n), make([]int, n)
	put := func(a *area, i int) {
		columns[i] = append(columns[i], a)
		heights[i] += p.areaHeight(a) + p.areaGap
	}
	put(p.middle, n/2)
	order := slices.Clone(p.areas)
	slices.SortStableFunc(order, func(a, b *area) int { return p.areaHeight(b) - p.areaHeight(a) })
	for _, a := range order {
		if a != p.middle {
			put(a, slices.Index(heights, slices.Min(heights)))
		}
	}
	return columns
}
