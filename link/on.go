package link

import "github.com/gorgon-commerce/gorgon/module"

// On is the same manager over another store of the same database and graph:
// one with a clock or ids of its own.
func (m *Manager) On(s *module.Store) *Manager {
	one := *m
	one.store = s
	return &one
}
