package user

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "user",
	Models: []*model.Model{
		Users, Invites,
	},
	Service: module.Provide(New),
}

// Service manages users and invites.
type Service struct {
	Users   module.Records[User]
	Invites module.Records[Invite]
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{Users: module.For[User](s, Users), Invites: module.For[Invite](s, Invites)}
}
