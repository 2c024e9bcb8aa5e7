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
