package notification

import "github.com/gorgon-commerce/gorgon/module"

// rules returns the rules for the module's records: a notification has a channel, and
// a provider a name and a handle.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Notifications, module.Rules[Notification]{Each: func(n *Notification) error {
			return module.Require(Notifications, "channel", n.Channel)
		}}),
		module.On(Providers, module.Rules[Provider]{Each: func(p *Provider) error {
			if err := module.Require(Providers, "handle", p.Handle); err != nil {
				return err
			}
			return module.Require(Providers, "name", p.Name)
		}}),
	}
}
