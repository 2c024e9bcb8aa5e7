package diagram

import (
	"fmt"
	"strings"
)

// Mermaid returns the diagram as a flowchart of Mermaid, which GitHub draws in
// Markdown.
func (d Diagram) Mermaid() string {
	var b strings.Builder
	ids := d.ids()
	b.WriteString("flowchart LR\n")
	for i, a := range d.Areas {
		fmt.Fprintf(&b, "  subgraph m%d[\"%s\"]\n", i+1, mermaidText(a.Module))
		for _, x := range d.Boxes {
			if x.Module == a.Module {
				fmt.Fprintf(&b, "    %s[\"%s\"]\n", ids[x.Entity], mermaidText(x.Entity))
			}
		}
		b.WriteString("  end\n")
	}
	for _, l := range d.Lines {
		if l.Kind == relation {
			fmt.Fprintf(&b, "  %s --- %s\n", ids[l.From], ids[l.To])
			continue
		}
		fmt.Fprintf(&b, "  %s %s|\"%s (%s to %s)\"| %s\n", ids[l.From], mermaidLine(l.Kind), mermaidText(l.holder()), count(l.FromMany), count(l.ToMany), ids[l.To])
	}
	return b.String()
}

// mermaidLine returns the sign of a line: thick, dashed, and with an arrow if it
// leads out of the database.
func mermaidLine(kind string) string {
	switch kind {
	case stored:
		return "==="
	case virtual:
		return "-.->"
	}
	return "-.-"
}

// mermaidText returns text that can stand in quotes.
func mermaidText(text string) string {
	return strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "`", "#96;", "\n", " ", "\r", " ", "\x00", "").Replace(text)
}

// DOT returns the diagram in the language of Graphviz.
func (d Diagram) DOT() string {
	var b strings.Builder
	ids := d.ids()
	b.WriteString("graph gorgon {\n  graph [rankdir=LR, fontname=\"sans-serif\", compound=true];\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n")
	for i, a := range d.Areas {
		fmt.Fprintf(&b, "  subgraph cluster_%d {\n    label=%s;\n", i+1, dotText(a.Module))
		for _, x := range d.Boxes {
			if x.Module == a.Module {
				fmt.Fprintf(&b, "    %s [label=%s];\n", ids[x.Entity], dotText(x.Entity))
			}
		}
		b.WriteString("  }\n")
	}
	for _, l := range d.Lines {
		label := dotText(l.holder())
		if l.Kind == relation {
			label = `""`
		}
		fmt.Fprintf(&b, "  %s -- %s [label=%s, taillabel=\"%s\", headlabel=\"%s\", %s];\n", ids[l.From], ids[l.To], label, count(l.FromMany), count(l.ToMany), dotStyle(l.Kind))
	}
	b.WriteString("}\n")
	return b.String()
}

func dotStyle(kind string) string {
	switch kind {
	case stored:
		return "style=solid"
	case readOnly:
		return "style=dashed"
	case virtual:
		return "style=dotted"
	}
	return "style=solid, color=gray"
}

// dotText returns text as a quoted name.
func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ", "\x00", "").Replace(text) + `"`
}

// ids returns a name for each entity that no language reserves.
func (d Diagram) ids() map[string]string {
	ids := map[string]string{}
	for i, b := range d.Boxes {
		ids[b.Entity] = fmt.Sprintf("n%d", i+1)
	}
	return ids
}

func count(many bool) string {
	if many {
		return "n"
	}
	return "1"
}
