// Package diagram draws a graph of models: modules as areas, models as boxes,
// relations and links as lines.
//
// [All] draws everything, [Around] one module with the modules that it is linked
// to. Both return a [Diagram], which is laid out: a web page draws it from JSON
// as it is, and [Diagram.SVG] makes a picture of it. [Diagram.Mermaid] and
// [Diagram.DOT] write it for programs that have a layout of their own.
//
//	d, err := diagram.Around(graph, links, "order")
//	os.WriteFile("links.svg", []byte(d.SVG()), 0o644)
//
// The links are those that link.Install returned for the graph, such as
// shop.Blueprint.Links. The same graph and links always give the same diagram.
//
// # How it is laid out
//
// Areas stand in columns. [Around] has three of them, with the module in the
// middle; [All] has as many as make a wide page. A search then moves areas between
// columns, and boxes within areas, as long as that makes lines shorter or cross
// less. At last, the ends of lines are spread over the sides of the boxes.
package diagram
