package link

import "github.com/gorgon-commerce/gorgon/module"

// On returns the same manager on another store of the same database and graph,
// such as one returned by Store.From.
func (m *Manager) On(s *module.Store) *Manager {
	one := *m
	one.store = s
	return &one
}
