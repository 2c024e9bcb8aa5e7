package server_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/server"
)

// A server asks providers again what became of calls that they have not answered for
// a minute.
func TestServerReconciles(t *testing.T) {
	t.Parallel()
	fakes := map[*gorgon.App]*paymenttest.Fake{}
	assemble := func(c gorgon.Config) *gorgon.App {
		app, fake := gorgon.New(c), paymenttest.New("pp_fake_test")
		app.Modules(fake.Module())
		fakes[app] = fake
		return app
	}
	gorgontest.Each(t, assemble, func(t *testing.T, app *gorgon.App) {
		ctx, stop := context.WithCancel(t.Context())
		fake := fakes[app]
		lose := func(on *payment.Service) string {
			t.Helper()
			owed, err := on.Collect(ctx, money.Int(30), "eur")
			if err != nil {
				t.Fatal(err)
			}
			session, err := on.CreateSession(ctx, payment.NewSession{CollectionID: owed.ID, ProviderID: "pp_fake_test", Amount: owed.Amount})
			if err == nil {
				session, err = on.Authorize(ctx, session.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			fake.Next(paymenttest.LoseAnswer)
			if _, err := on.Capture(ctx, payment.Capturing{PaymentID: session.Payment.ID}); fault.TypeOf(err) != fault.Unavailable {
				t.Fatalf("an answer that is lost: %v", err)
			}
			return owed.ID
		}
		status := func(id string) payment.CollectionStatus {
			t.Helper()
			c, err := app.Payment.Collections.Retrieve(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			return c.Status
		}
		old, young := lose(app.Shop.From(module.Source{Now: func() time.Time { return time.Now().Add(-2 * time.Minute) }}).Payment), lose(app.Payment)

		var log bytes.Buffer
		s := server.New(app.Shop, server.Config{Address: "127.0.0.1:0", NoMetrics: true, Log: slog.New(slog.NewTextHandler(&log, nil))}, nil)
		tick, waits := make(chan time.Time), make(chan time.Duration)
		s.SetMinute(func(d time.Duration) <-chan time.Time {
			waits <- d
			return tick
		})
		ended := make(chan error, 1)
		go func() { ended <- s.ListenAndServe(ctx, nil) }()
		fake.Next(paymenttest.LoseCall)
		for range 2 {
			if d := <-waits; d != time.Minute {
				t.Errorf("it waits for %s", d)
			}
			tick <- time.Time{}
		}
		<-waits // the second round is over
		if old, young := status(old), status(young); old != payment.CollectionCompleted || young != payment.CollectionAuthorized {
			t.Errorf("the collections are %s and %s", old, young)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		for _, want := range []string{"level=ERROR msg=\"some calls of providers are not answered yet\"", "calls=1"} {
			if strings.Count(log.String(), want) != 1 {
				t.Errorf("the log does not have %s once:\n%s", want, &log)
			}
		}
	})
}
