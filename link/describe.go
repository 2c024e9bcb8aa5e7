package link

import "github.com/gorgon-commerce/gorgon/model"

// Kind returns how the link is kept: "stored", "read-only" or "virtual".
func (d *Definition) Kind() string {
	switch d.kind {
	case readOnly:
		return string(model.ReadOnly)
	case virtual:
		return "virtual"
	}
	return string(model.Stored)
}

// Holder returns the column of the left model that holds the ids of a read-only
// or virtual link, or "" if the link is stored. List reports whether it holds a
// list of them.
func (d *Definition) Holder() (column string, list bool) {
	if d.kind == stored {
		return "", false
	}
	f := d.Left.Model.Field(d.column)
	return d.column, f != nil && f.Kind == model.TextList
}

// Fields returns the fields in queries: those of the left model that lead to the
// right one, and those that lead back.
func (d *Definition) Fields() (right, left []string) {
	if d.kind == stored {
		return d.Right.Names, d.Left.Names
	}
	return []string{d.field}, d.inverses
}

// Extra returns the names of the extra columns of the link table.
func (d *Definition) Extra() []string {
	names := make([]string, len(d.columns))
	for i, f := range d.columns {
		names[i] = f.Name
	}
	return names
}
