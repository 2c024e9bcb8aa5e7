package payment

import "github.com/gorgon-commerce/gorgon/module"

// Service keeps payment collections and what was paid for them.
type Service struct {
	Collections    module.Records[Collection]
	Sessions       module.Records[Session]
	Payments       module.Records[Payment]
	Captures       module.Records[Capture]
	Refunds        module.Records[Refund]
	RefundReasons  module.Records[RefundReason]
	Providers      module.Records[Provider]
	AccountHolders module.Records[AccountHolder]
}

// New makes the service on a store, and sets the module's rules there; see
// rules.go.
func New(s *module.Store) *Service {
	service := &Service{
		Collections:    module.For[Collection](s, Collections).With(module.Rules[Collection]{Each: checkCollection}),
		Sessions:       module.For[Session](s, Sessions).With(module.Rules[Session]{Each: checkSession}),
		Payments:       module.For[Payment](s, Payments),
		Captures:       module.For[Capture](s, Captures),
		Refunds:        module.For[Refund](s, Refunds),
		RefundReasons:  module.For[RefundReason](s, RefundReasons).With(module.Rules[RefundReason]{Each: checkReason}),
		Providers:      module.For[Provider](s, Providers).With(module.Rules[Provider]{New: checkProvider}),
		AccountHolders: module.For[AccountHolder](s, AccountHolders).With(module.Rules[AccountHolder]{Each: checkHolder}),
	}
	service.Payments.With(module.Rules[Payment]{Each: checkPayment, After: service.boundPayments})
	service.Captures.With(module.Rules[Capture]{
		Each:   func(c *Capture) error { return module.Positive(Captures, "amount", c.Amount) },
		Before: service.lockCaptured,
		After:  service.boundCaptures,
	})
	service.Refunds.With(module.Rules[Refund]{
		Each:   func(r *Refund) error { return module.Positive(Refunds, "amount", r.Amount) },
		Before: service.lockRefunded,
		After:  service.boundRefunds,
	})
	return service
}
