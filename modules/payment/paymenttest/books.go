package paymenttest

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// Differences returns what the provider and a shop do not agree on about collections,
// or about all if none are given: a sentence each. There are none once all calls are
// answered, all attempts reconciled and all messages delivered.
func (f *Fake) Differences(ctx context.Context, shop *payment.Service, collections ...string) ([]string, error) {
	of := module.Where{"provider_id": f.id}
	if len(collections) > 0 {
		of["payment_collection_id"] = collections
	}
	all, err := shop.Sessions.List(ctx, of, module.Page{WithDeleted: true})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range all {
		paid, err := shop.Payments.List(ctx, module.Where{"payment_session_id": s.ID}, module.Page{})
		if err != nil {
			return nil, err
		}
		theirs, _ := f.Account(s.ID)
		out = append(out, compare(s, append(paid, nil)[0], theirs)...)
	}
	return out, nil
}

// compare returns the differences about a session.
func compare(s *payment.Session, p *payment.Payment, theirs Account) (out []string) {
	differ := func(what string, ours, provider any) {
		if fmt.Sprint(ours) != fmt.Sprint(provider) {
			out = append(out, fmt.Sprintf("%s of session %s is %v here and %v with the provider", what, s.ID, ours, provider))
		}
	}
	differ("the deletion", s.DeletedAt != nil && theirs.Status != "", theirs.Deleted)
	differ("the authorization", p != nil, theirs.approved())
	if theirs.Status != "" && s.Status != payment.SessionError && !theirs.Deleted {
		differ("the amount", s.Amount, theirs.Amount)
	}
	captured, refunded, canceled := money.Zero, money.Zero, false
	if p != nil {
		captured, refunded, canceled = p.CapturedAmount, p.RefundedAmount, p.CanceledAt != nil
		differ("what is authorized", p.Amount, theirs.Amount)
	}
	differ("what is captured", captured, theirs.Captured)
	differ("what is refunded", refunded, theirs.Refunded)
	differ("the cancellation", canceled, theirs.Canceled)
	return out
}
