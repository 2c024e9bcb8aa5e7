package model

// secret returns a secret column that the edge joins on or returns, as
// "table.column", or "". Joining on a secret column would reveal its values:
// which records are linked shows which values are equal.
func (e *Edge) secret() string {
	if e.Virtual != nil {
		return secretIn(e.From, e.Virtual.Column)
	}
	if s := secretIn(e.From, e.ListFrom); s != "" {
		return s
	}
	for _, hop := range e.Hops {
		for _, on := range hop.On {
			for _, s := range []string{secretIn(hop.Model, on.Column), secretIn(e.at(on.Row), on.Of)} {
				if s != "" {
					return s
				}
			}
		}
	}
	if s := secretIn(e.To, e.Content); s != "" || e.Overlay == nil {
		return s
	}
	return e.secretGained()
}

// secretGained is secret for the overlay.
func (e *Edge) secretGained() string {
	for _, f := range e.Overlay.Fields {
		for _, s := range []string{secretIn(e.at(f.Hop), f.Column), secretIn(e.To, f.Fallback)} {
			if s != "" {
				return s
			}
		}
	}
	for _, below := range e.Overlay.Edges {
		if s := below.secret(); s != "" {
			return s
		}
	}
	return ""
}

// at returns the model of a row of the edge, or nil for a row of the edge before.
func (e *Edge) at(row int) *Model {
	switch {
	case row == FromRow:
		return e.From
	case row >= 0 && row < len(e.Hops):
		return e.Hops[row].Model
	}
	return nil
}

func secretIn(m *Model, column string) string {
	if m == nil {
		return ""
	}
	if f := m.Field(column); f != nil && f.Secret {
		return m.Table + "." + column
	}
	return ""
}
