package saleschannel

import "github.com/gorgon-commerce/gorgon/module"

// rules returns the rules for the module's records.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(SalesChannels, module.Rules[SalesChannel]{
			Each: func(c *SalesChannel) error { return module.Require(SalesChannels, "name", c.Name) },
		}),
	}
}
