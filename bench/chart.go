package main

import (
	"fmt"
	"html"
	"strings"
)

// The dimensions of the chart in pixels. A ratio of 2 fills the width.
const (
	rowHeight, labelWidth, barWidth, top = 26, 420, 420, 44
	widest                               = 2.0
)

// chart returns an SVG with a bar for each ratio, and a tick at its maximum. Its colors
// are readable on white and on black.
func chart(results []result) string {
	height := top + rowHeight*len(results) + 12
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="system-ui, sans-serif" font-size="13" fill="#7a7f87">`+"\n",
		labelWidth+barWidth+80, height)
	b.WriteString(`<text x="12" y="22" font-size="15">Ours against SQL by hand: 1.00 is as fast; the tick is the bar</text>` + "\n")
	for i, r := range results {
		y := top + i*rowHeight
		color := "#2f9e6e"
		if !r.ok() {
			color = "#d9534f"
		}
		fmt.Fprintf(&b, `<text x="12" y="%d">%s · %s</text>`, y+15, html.EscapeString(r.Name), r.Engine)
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.1f" height="16" rx="3" fill="%s"/>`, labelWidth, y+3, width(r.Ratio), color)
		tick := labelWidth + width(r.Bar)
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#7a7f87" stroke-width="2"/>`, tick, tick, y, y+22)
		fmt.Fprintf(&b, `<text x="%.1f" y="%d">%.2f</text>`+"\n", labelWidth+max(width(r.Ratio), width(r.Bar))+8, y+15, r.Ratio)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func width(ratio float64) float64 { return barWidth * min(ratio, widest) / widest }
