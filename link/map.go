package link

import "github.com/gorgon-commerce/gorgon/model"

// A Direction is one direction of a link, as listed by Map.
type Direction struct {
	From  string `json:"from"`  // the model it starts from
	Field string `json:"field"` // its field on that model in queries
	To    string `json:"to"`    // the model it leads to; "" for a virtual link
	Kind  string `json:"kind"`  // "stored" or "read-only"
	Many  bool   `json:"many"`  // whether it leads to a list or to one record
	Table string `json:"table"` // the link table; "" for a read-only link
	Via   string `json:"via"`   // stored: the field that leads to the link rows; read-only: the column
}

// Map returns every link of a graph, one entry for each direction and name.
func Map(g *model.Graph) []Direction {
	out := []Direction{}
	for _, m := range g.Models() {
		if m.Module == "link" {
			continue
		}
		for _, e := range g.Edges(m) {
			if d, ok := direction(g, e); ok {
				out = append(out, d)
			}
		}
	}
	return out
}

func direction(g *model.Graph, e *model.Edge) (Direction, bool) {
	d := Direction{From: e.From.Name, Field: e.Name, Kind: string(e.Kind), Many: e.Many, Table: e.Link}
	switch {
	case e.Kind == model.Relation, e.To != nil && e.To.Module == "link":
		return d, false
	case e.Virtual != nil:
		d.Via = e.Virtual.Column
		return d, true
	case e.Kind == model.ReadOnly:
		on := e.Hops[0].On[0]
		if d.Via = on.Of; on.Of == e.From.PrimaryKey() {
			d.Via = on.Column // the opposite direction
		}
	default:
		d.Via = rowField(g, e)
	}
	d.To = e.To.Name
	return d, true
}

// rowField returns the field of an edge's model that leads to the rows of the
// same link.
func rowField(g *model.Graph, e *model.Edge) string {
	for _, other := range g.Edges(e.From) {
		if other.Link == e.Link && other.To == e.Hops[0].Model {
			return other.Name
		}
	}
	return ""
}
