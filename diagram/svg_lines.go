package diagram

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// drawLines draws relations below links.
func (d Diagram) drawLines(b *strings.Builder) {
	for _, links := range []bool{false, true} {
		for _, l := range d.Lines {
			if (l.Kind != relation) != links {
				continue
			}
			c := curveOf(l.Path)
			fmt.Fprintf(b, `<g><title>%s</title><path class="line %s" d="%s"/>`, escape(l.String()), l.Kind, l.Path)
			fmt.Fprintf(b, `<path class="line %s foot" d="%s%s"/></g>`+"\n", l.Kind,
				foot(c.x0, c.y0, c.x1 > c.x0, l.FromMany), foot(c.x3, c.y3, c.x2 > c.x3, l.ToMany))
		}
	}
}

// foot returns the path of the sign at an end of a line: a bar for one, a crow's
// foot for many. forward says whether the line goes to the right from there.
func foot(x, y int, forward, many bool) string {
	step := -1
	if forward {
		step = 1
	}
	if many {
		return fmt.Sprintf("M%d %dL%d %dL%d %d", x, y-4, x+9*step, y, x, y+4)
	}
	return fmt.Sprintf("M%d %dV%d", x+6*step, y-4, y+4)
}

// labelGap is the space before a label.
const labelGap = 8

// labelWidth returns how wide a label can be.
func labelWidth(text string) int { return utf8.RuneCountInString(text) * 13 / 2 }

// drawLabels says at each line what holds the link, if there are only links.
func (d Diagram) drawLabels(b *strings.Builder) {
	main := d.around
	if main == "" {
		return
	}
	for _, l := range d.Lines {
		c := curveOf(l.Path)
		x, y, step := c.x3, c.y3, c.x2-c.x3 // the outer end
		if d.module(l.To) == main {
			x, y, step = c.x0, c.y0, c.x1-c.x0
		}
		anchor := "start"
		if x += overview.pad + labelGap; step < 0 {
			x, anchor = x-2*(overview.pad+labelGap), "end"
		}
		fmt.Fprintf(b, `<text class="label" x="%d" y="%d" text-anchor="%s">%s</text>`+"\n", x, y-7, anchor, escape(l.holder()))
	}
}

// module returns the module of an entity.
func (d Diagram) module(entity string) string {
	i := slices.IndexFunc(d.Boxes, func(b Box) bool { return b.Entity == entity })
	return d.Boxes[i].Module
}

// holder returns the table or column that holds a link.
func (l Line) holder() string {
	if l.Table != "" {
		return l.Table
	}
	return l.Column
}

// sample is an entry of the legend.
type sample struct {
	class, text string
	width       int
}

// legend returns what the picture has to explain.
func (d Diagram) legend() []sample {
	all := []sample{
		{class: stored, text: "stored: a table", width: 170},
		{class: readOnly, text: "read-only: a column", width: 200},
		{class: virtual, text: "virtual: outside the database", width: 250},
		{class: relation, text: "relation inside a module", width: 220},
	}
	return slices.DeleteFunc(all, func(s sample) bool {
		return !slices.ContainsFunc(d.Lines, func(l Line) bool { return l.Kind == s.class })
	})
}

func (d Diagram) legendWidth() int {
	width := 2*margin + 180
	for _, s := range d.legend() {
		width += s.width
	}
	return width
}

func (d Diagram) drawLegend(b *strings.Builder) {
	x, y := margin, d.Height+legendHeight/2-8
	for _, s := range d.legend() {
		fmt.Fprintf(b, `<path class="line %s" d="M%d %dH%d"/><text class="small" x="%d" y="%d">%s</text>`+"\n", s.class, x, y, x+38, x+46, y+4, s.text)
		x += s.width
	}
	for _, many := range []bool{false, true} {
		text := map[bool]string{false: "one", true: "many"}[many]
		fmt.Fprintf(b, `<path class="line relation foot" d="M%d %dv12M%[1]d %[3]dh26%s"/><text class="small" x="%d" y="%d">%s</text>`+"\n", x, y-6, y, foot(x, y, true, many), x+34, y+4, text)
		x += 80
	}
}
