package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
)

// SystemProviderID is the id of the provider of payments that are made outside of
// the shop, such as in cash.
const SystemProviderID = "pp_system_default"

// system is the provider with the id SystemProviderID. It believes that everybody
// pays.
type system struct{}

func (system) RunsInTransactions() {}

func (system) PaymentProviderID() string { return SystemProviderID }

func (system) CreateSession(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) UpdateSession(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) DeleteSession(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) Authorize(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) Capture(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) Refund(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) Cancel(context.Context, Call) (Outcome, error) { return Outcome{}, nil }

func (system) Webhook(context.Context, Message) (Event, error) {
	return Event{}, fault.New(fault.NotAllowed, "the payment provider %s sends no messages", SystemProviderID)
}
