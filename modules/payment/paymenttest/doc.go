// Package paymenttest tests payment providers, and what relies on them.
//
// Conform is the suite that every provider must pass:
//
//	func TestProvider(t *testing.T) { paymenttest.Conform(t, card.New(sandbox)) }
//
// Fake is a provider outside of the shop, in memory. It can be told to decline, to
// lose calls and answers, and to send its messages twice, late and out of order:
//
//	fake := paymenttest.New("pp_fake_test")
//	app.Modules(fake.Module())
//	fake.Next(paymenttest.LoseAnswer)
//	_, err := app.Payment.Capture(ctx, payment.Capturing{PaymentID: id}) // unavailable
//	_, err = app.Payment.Reconcile(ctx, 0)                               // now it is captured, once
package paymenttest
