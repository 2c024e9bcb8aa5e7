package api

// ParseParameters reads the query part of a URL and returns its trees.
func ParseParameters(raw string) (map[string]any, error) {
	p, err := parseParameters(raw)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	for _, k := range p.kids {
		out[k.name] = k.tree()
	}
	return out, nil
}

// FieldToken takes one name of the parameter fields apart.
func FieldToken(token string) (path string, removes, signed bool) { return fieldToken(token) }
