package main

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
)

// The dimensions of the chart of growth in pixels: a panel for each case and engine.
const (
	panelWidth, panelHeight = 300, 190
	panelLeft, panelTop     = 62, 40
	plotWidth, plotHeight   = 210, 110
)

// growthChart returns an SVG of cost against the number of orders, both on logarithmic
// scales, with a line for ours and one for SQL by hand.
func growthChart(points []point) string {
	var names, engines []string
	for _, p := range points {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
		if !slices.Contains(engines, p.Engine) {
			engines = append(engines, p.Engine)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="system-ui, sans-serif" font-size="12" fill="#7a7f87">`+"\n",
		panelWidth*len(names), panelHeight*len(engines)+26)
	b.WriteString(`<text x="12" y="18" font-size="15">Time of one call against the number of orders, and of levels of stock: <tspan fill="#2f9e6e">ours</tspan>, <tspan fill="#4a7fd4">SQL by hand</tspan></text>` + "\n")
	for i, engine := range engines {
		for j, name := range names {
			var of []point
			for _, p := range points {
				if p.Name == name && p.Engine == engine {
					of = append(of, p)
				}
			}
			fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", j*panelWidth, 26+i*panelHeight)
			panel(&b, name+" · "+engine, of)
			b.WriteString("</g>\n")
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// panel draws the points of one case. The scale of times covers whole powers of ten.
func panel(b *strings.Builder, title string, points []point) {
	if len(points) == 0 {
		return
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range points {
		low, high = math.Min(low, min(p.Ours, p.Yardstick)), math.Max(high, max(p.Ours, p.Yardstick))
	}
	low, high = math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	first, last := math.Log10(float64(points[0].Orders)), math.Log10(float64(points[len(points)-1].Orders))
	x := func(orders int) float64 {
		return panelLeft + plotWidth*(math.Log10(float64(orders))-first)/max(last-first, 1)
	}
	y := func(ns float64) float64 { return panelTop + plotHeight*(1-(math.Log10(ns)-low)/max(high-low, 1)) }
	fmt.Fprintf(b, `<text x="%d" y="%d">%s</text>`+"\n", panelLeft, panelTop-12, html.EscapeString(title))
	for e := low; e <= high; e++ {
		at := y(math.Pow(10, e))
		fmt.Fprintf(b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#7a7f87" stroke-opacity=".3"/>`, panelLeft, panelLeft+plotWidth, at, at)
		fmt.Fprintf(b, `<text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", panelLeft-6, at+4, perOp(math.Pow(10, e)))
	}
	for _, p := range points {
		fmt.Fprintf(b, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x(p.Orders), panelTop+plotHeight+16, thousands(p.Orders))
	}
	b.WriteByte('\n')
	for _, line := range []struct {
		color string
		value func(p point) float64
	}{{"#4a7fd4", func(p point) float64 { return p.Yardstick }}, {"#2f9e6e", func(p point) float64 { return p.Ours }}} {
		var path []string
		for _, p := range points {
			path = append(path, fmt.Sprintf("%.1f,%.1f", x(p.Orders), y(line.value(p))))
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"><title>%s: %s</title></circle>`, x(p.Orders), y(line.value(p)), line.color, thousands(p.Orders), perOp(line.value(p)))
		}
		fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(path, " "), line.color)
	}
}

func thousands(n int) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%dM", n/1_000_000)
	case n >= 1000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprint(n)
}
