package diagram

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// style is what a picture looks like, by day and by night.
const style = `
svg { font-family: system-ui, sans-serif; font-size: 12px; }
.paper { fill: #ffffff; }
.area { fill: #f6f7f9; stroke: #d5d9e0; }
.area.main { fill: #eef4ff; stroke: #9db9ea; }
.box { fill: #ffffff; fill-opacity: 0.84; stroke: #aab1bd; }
.box.main { stroke: #4a74bf; }
text { fill: #1f2530; }
.title { font-weight: 600; font-size: 13px; }
.small { font-size: 11px; fill: #4b5362; }
.label { font-size: 11px; fill: #3b4352; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
.line { fill: none; stroke-width: 1.5; }
.stored { stroke: #2563c9; }
.read-only { stroke: #0f7f6c; stroke-dasharray: 6 4; }
.virtual { stroke: #b3570b; stroke-dasharray: 1.5 4; stroke-linecap: round; stroke-width: 2; }
.relation { stroke: #aeb5c0; stroke-width: 1; }
.foot { stroke-dasharray: none; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0f141b; }
  .area { fill: #161d27; stroke: #2e3847; }
  .area.main { fill: #152238; stroke: #36558c; }
  .box { fill: #1d2632; stroke: #4c586a; }
  .box.main { stroke: #6f9bea; }
  text { fill: #e4e8ee; }
  .small { fill: #a9b2c0; }
  .label { fill: #c4ccd8; stroke: #0f141b; }
  .stored { stroke: #6ea0f5; }
  .read-only { stroke: #3fbfa6; }
  .virtual { stroke: #e79a52; }
  .relation { stroke: #566273; }
}
`

const legendHeight = 46

// SVG returns the diagram as a picture, which needs nothing else. It has a
// legend. If there are only links in it, they are labeled.
func (d Diagram) SVG() string {
	var b strings.Builder
	width, height := max(d.Width, d.legendWidth()), d.Height+legendHeight
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="diagram-title diagram-desc">`+"\n", width, height)
	fmt.Fprintf(&b, "<title id=\"diagram-title\">%s</title>\n<desc id=\"diagram-desc\">%s</desc>\n<style>%s</style>\n", escape(d.heading()), escape(d.summary()), style)
	fmt.Fprintf(&b, `<rect class="paper" width="%d" height="%d" rx="8"/>`+"\n", width, height)
	main := d.around
	for _, a := range d.Areas {
		fmt.Fprintf(&b, `<rect class="area%s" x="%d" y="%d" width="%d" height="%d" rx="8"/><text class="title" x="%d" y="%d">%s</text>`+"\n",
			mark(a.Module == main), a.X, a.Y, a.Width, a.Height, a.X+14, a.Y+22, escape(a.Module))
	}
	d.drawLines(&b)
	for _, x := range d.Boxes {
		fmt.Fprintf(&b, `<rect class="box%s" x="%d" y="%d" width="%d" height="%d" rx="5"/><text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n",
			mark(x.Module == main), x.X, x.Y, x.Width, x.Height, x.X+x.Width/2, x.Y+x.Height/2+4, escape(x.Entity))
	}
	d.drawLabels(&b)
	d.drawLegend(&b)
	b.WriteString("</svg>\n")
	return b.String()
}

// mark returns the class of what belongs to the module in the middle.
func mark(main bool) string {
	if main {
		return " main"
	}
	return ""
}

func (d Diagram) heading() string {
	if m := d.around; m != "" {
		return "The links of the module " + m
	}
	return "Modules, models and links"
}

// summary describes the diagram to whoever does not see it.
func (d Diagram) summary() string {
	var modules []string
	for _, a := range d.Areas {
		modules = append(modules, a.Module)
	}
	text := fmt.Sprintf("%d models of the modules %s.", len(d.Boxes), strings.Join(modules, ", "))
	for _, l := range d.Lines {
		if l.Kind != relation {
			text += " " + l.String() + "."
		}
	}
	return text
}

// String describes a line in words.
func (l Line) String() string {
	many := map[bool]string{true: "many", false: "one"}
	text := fmt.Sprintf("%s to %s, %s to %s, %s", l.From, l.To, many[l.FromMany], many[l.ToMany], l.Kind)
	if l.Table != "" {
		text += ", table " + l.Table
	} else if l.Column != "" {
		text += ", column " + l.Column
	}
	if len(l.Columns) > 0 {
		text += " with " + strings.Join(l.Columns, ", ")
	}
	if len(l.Cascades) > 0 {
		text += ", deletes " + strings.Join(l.Cascades, ", ") + " along"
	}
	return text
}

// escape returns text as XML, without the characters that XML cannot have.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return b.String()
}
