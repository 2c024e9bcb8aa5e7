package payment

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Collections, module.Rules[Collection]{Each: checkCollection}),
		module.On(Sessions, module.Rules[Session]{Each: checkSession}),
		module.On(RefundReasons, module.Rules[RefundReason]{Each: checkReason}),
		module.On(Providers, module.Rules[ProviderRecord]{New: checkProvider}),
		module.On(AccountHolders, module.Rules[AccountHolder]{Each: checkHolder}),
		module.On(Payments, module.Rules[Payment]{New: blank, Each: checkPayment, Before: service.coverPayments, After: service.boundPayments}),
		module.On(Captures, module.Rules[Capture]{
			Each:   func(c *Capture) error { return module.Positive(Captures, "amount", c.Amount) },
			Before: service.lockCaptured,
			After:  service.boundCaptures,
		}),
		module.On(Refunds, module.Rules[Refund]{
			Each:   func(r *Refund) error { return module.Positive(Refunds, "amount", r.Amount) },
			Before: service.lockRefunded,
			After:  service.boundRefunds,
		}),
		module.On(Attempts, module.Rules[Attempt]{Each: checkAttempt, Before: service.lockAttempted, After: service.boundAttempts}),
	}
}

// bounded checks an amount that is to be paid.
func bounded(m *model.Model, a money.Amount) error {
	return module.FirstError(module.NotNegative(m, "amount", a), module.Fits(m.Name+".amount", a))
}

func checkCollection(c *Collection) error {
	return module.FirstError(
		module.Currency(Collections, "currency_code", &c.CurrencyCode),
		bounded(Collections, c.Amount),
	)
}

func checkSession(s *Session) error {
	return module.FirstError(
		module.Currency(Sessions, "currency_code", &s.CurrencyCode),
		bounded(Sessions, s.Amount),
		module.Require(Sessions, "provider_id", s.ProviderID),
	)
}

func checkPayment(p *Payment) error {
	return module.FirstError(
		module.Currency(Payments, "currency_code", &p.CurrencyCode),
		module.NotNegative(Payments, "amount", p.Amount),
		module.Require(Payments, "provider_id", p.ProviderID),
	)
}

func checkAttempt(a *Attempt) error {
	return module.FirstError(
		module.Currency(Attempts, "currency_code", &a.CurrencyCode),
		module.NotNegative(Attempts, "amount", a.Amount),
		module.Require(Attempts, "provider_id", a.ProviderID),
	)
}

func checkReason(r *RefundReason) error {
	return module.FirstError(
		module.Require(RefundReasons, "label", r.Label),
		module.Require(RefundReasons, "code", r.Code),
	)
}

// checkProvider checks that a provider has an id, which is its name in the
// configuration and is never generated.
func checkProvider(p *ProviderRecord) error { return module.Require(Providers, "id", p.ID) }

func checkHolder(h *AccountHolder) error {
	return module.FirstError(
		module.Require(AccountHolders, "provider_id", h.ProviderID),
		module.Require(AccountHolders, "external_id", h.ExternalID),
	)
}
