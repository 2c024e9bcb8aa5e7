package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/verify"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if got := ok(t, app, "verify"); !strings.HasSuffix(got, " checks, nothing wrong\n") {
			t.Errorf("%s", got)
		}
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		create(t, app, order.Orders, &order.Order{Base: base("order_4"), CurrencyCode: "eur", CustomerID: new("cus_9")})
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		got := run(t, app, "verify")
		if got.status != 1 || got.stderr != "" || !strings.HasPrefix(got.stdout, "dangling: order.customer_id: 1 row refers to a missing customer, such as order_4\n") ||
			!strings.HasSuffix(got.stdout, " checks, 1 problem\n") {
			t.Errorf("%+v", got)
		}
		asJSON := run(t, app, "verify", "--json")
		var report verify.Report
		if err := json.Unmarshal([]byte(asJSON.stdout), &report); err != nil || asJSON.status != 1 || asJSON.stderr != "" {
			t.Fatalf("%+v: %v", asJSON, err)
		}
		want := []verify.Problem{{Check: verify.Dangling, Table: "order", Column: "customer_id", To: "customer", Count: 1, Examples: []string{"order_4"}}}
		if diff := cmp.Diff(want, report.Problems); diff != "" || report.OK || report.Checks < 50 {
			t.Errorf("ok %t after %d checks; %s", report.OK, report.Checks, diff)
		}
	})
}

// A total that something else has changed is found, and repaired if that is wanted.
func TestVerifyRepairs(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := app.DB().Exec(t.Context(), `UPDATE "order" SET total = 4321`); err != nil || n == 0 {
			t.Fatalf("%d orders, %v", n, err)
		}
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			args   []string
			status int
			says   string
		}{
			{[]string{"verify"}, 1, "not 4321"}, {[]string{"verify", "--repair"}, 0, "; repaired"}, {[]string{"verify"}, 0, "nothing wrong"},
		} {
			if got := run(t, app, step.args...); got.status != step.status || !strings.Contains(got.stdout, step.says) {
				t.Errorf("%v: %+v, want status %d and %q", step.args, got, step.status, step.says)
			}
		}
	})
}
