package saleschannel

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "sales_channel",
	Models: []*model.Model{
		SalesChannels,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages sales channels.
type Service struct {
	SalesChannels module.Records[SalesChannel]
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		SalesChannels: module.For[SalesChannel](s, SalesChannels),
	}
}
