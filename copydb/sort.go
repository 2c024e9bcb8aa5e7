package copydb

import "github.com/gorgon-commerce/gorgon/model"

// A reference is a foreign key.
type reference struct {
	model *model.Model
	field *model.Field
}

// parentsFirst sorts the models so that each comes after those that its foreign
// keys refer to. back are the references for which that is not possible: those of
// a table to itself, and those that close a cycle.
func parentsFirst(models []*model.Model) (sorted []*model.Model, back []reference) {
	const visiting, done = 1, 2
	state := map[*model.Model]int{}
	var visit func(m *model.Model)
	visit = func(m *model.Model) {
		state[m] = visiting
		for _, f := range m.Fields {
			if f.References == nil {
				continue
			}
			switch state[f.References.Model] {
			case visiting:
				back = append(back, reference{m, f})
			case done:
			default:
				visit(f.References.Model)
			}
		}
		state[m] = done
		sorted = append(sorted, m)
	}
	for _, m := range models {
		if state[m] == 0 {
			visit(m)
		}
	}
	return sorted, back
}
