package saleschannel

import "github.com/gorgon-commerce/gorgon/module"

// Service keeps sales channels.
type Service struct {
	SalesChannels module.Records[SalesChannel]
}

// New makes the service on a store, and sets the module's rules there.
func New(s *module.Store) *Service {
	return &Service{
		SalesChannels: module.For[SalesChannel](s, SalesChannels).With(module.Rules[SalesChannel]{
			Each: func(c *SalesChannel) error { return module.Require(SalesChannels, "name", c.Name) },
		}),
	}
}
