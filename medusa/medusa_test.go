package medusa_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/verify"
)

func TestMain(m *testing.M) { os.Exit(medusatest.Main(m)) }

// open opens a source.
func open(t testing.TB, url string) db.DB {
	t.Helper()
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func importShop(t testing.TB, source db.DB, s *module.Store) *medusa.Report {
	t.Helper()
	r, err := medusa.Import(t.Context(), source, s, medusa.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// exec runs statements on a database.
func exec(t testing.TB, d db.DB, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if _, err := d.Exec(context.WithoutCancel(t.Context()), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// one reads one text.
func one(t testing.TB, d db.DB, sql string) string {
	t.Helper()
	v, ok, err := db.One[*string](t.Context(), d, sql)
	if err != nil || !ok {
		t.Fatalf("%s: %v, %v", sql, ok, err)
	}
	if v == nil {
		return "null"
	}
	return *v
}

func count(t testing.TB, d db.DB, table string) int64 {
	t.Helper()
	n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM "+d.Dialect().Quote(table))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Nothing is lost when the sample shop is imported.
func TestSampleShop(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store(t, d)
		r := importShop(t, open(t, medusatest.Shop(t)), s)
		t.Run("every row is accounted for", func(t *testing.T) { everyRow(t, d, r) })
		t.Run("rows that cannot be imported are listed", func(t *testing.T) { misfits(t, d, r) })
		t.Run("no rule is broken", func(t *testing.T) { unbroken(t, s) })
		t.Run("passwords are imported", func(t *testing.T) { logins(t, auth.New(s, auth.Config{})) })
		t.Run("keys are imported", func(t *testing.T) { keys(t, auth.New(s, auth.Config{})) })
	})
}

// unbroken has verify look for rows that break the rules of modules.
func unbroken(t *testing.T, s *module.Store) {
	report, err := verify.Run(t.Context(), s, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if p.Check == verify.Rule {
			t.Error(p)
		}
	}
}

func logins(t *testing.T, s *auth.Service) {
	token, err := s.Login(t.Context(), "user", "emailpass", "test@example.com", "supersecret")
	if err != nil {
		t.Fatalf("the administrator cannot log in: %v", err)
	}
	if c, err := s.Parse(t.Context(), token); err != nil || c.ActorID != "user_01M82S5Z1BVQX3YCVAE3GPB9ZP" {
		t.Errorf("the administrator is %+v, %v", c, err)
	}
}

// keys checks the keys: those of storefronts have the channels that they are linked to;
// the revoked key is not valid, nor is the secret key whose hash was replaced.
func keys(t *testing.T, s *auth.Service) {
	for last, want := range map[string][]string{
		"1": {"sc_01M82S5YWRZJV5NG9VZQMMB320"},
		"2": {"sc_01M82S5YWRZJV5NG9VZQMMB320", "sc_01M82S9HG1EGMXTN6MSQAE7Y94"},
		"3": {"sc_01M82S9HG1EGMXTN6MSQAE7Y94"},
	} {
		k, err := s.PublishableKey(t.Context(), "pk_"+strings.Repeat("0", 63)+last)
		if err != nil || !slices.Equal(k.SalesChannelIDs, want) {
			t.Errorf("the key %s opens %+v, %v", last, k, err)
		}
	}
	if k, err := s.PublishableKey(t.Context(), "pk_"+strings.Repeat("0", 63)+"5"); fault.TypeOf(err) != fault.NotAllowed {
		t.Errorf("the revoked key opens %+v, %v", k, err)
	}
	if k, err := s.SecretKey(t.Context(), "sk_"+strings.Repeat("0", 63)+"4"); fault.TypeOf(err) != fault.Unauthorized { // its salt and hash were replaced in the sample
		t.Errorf("a key without its hash is %+v, %v", k, err)
	}
}

// everyRow checks that every table of the shop is imported or skipped, with all its rows.
func everyRow(t *testing.T, d db.DB, r *medusa.Report) {
	got := map[string]int64{}
	for _, table := range r.Tables {
		got[table.Table] = table.Read
		if table.Read != table.Written+table.Refused || table.Unchanged != 0 || len(table.Notes) > 0 {
			t.Errorf("%s does not add up: %+v", table.Table, table)
		}
		if n := count(t, d, table.Table); n != table.Written {
			t.Errorf("%s has %d rows, reported as written %d", table.Table, n, table.Written)
		}
	}
	for _, table := range r.Skipped {
		got[table.Table] = table.Rows
		if table.Module == "unknown" || table.Module == "" {
			t.Errorf("%s is of no module", table.Table)
		}
	}
	if diff := cmp.Diff(medusatest.Tables(t), got); diff != "" {
		t.Errorf("rows by table: want -, got +\n%s", diff)
	}
}

// misfits checks that rows that violate the constraints of our link tables are listed one
// by one.
func misfits(t *testing.T, d db.DB, r *medusa.Report) {
	want := []string{
		"order_cart (id ordercart_01M82SWCX8PFXZ3Q9C9HBS19SK, order_id order_01M82SSXHAM1325VCA8GEY08SX, cart_id cart_01M82SCFSNGZ33JT4HBN0WSC80): " +
			"dismissed: cart_id cart_01M82SCFSNGZ33JT4HBN0WSC80 is already linked, by the older row ordercart_01M82SCKQ5JS92KB7B5AKD8MQ7",
		"order_fulfillment (id ordful_01M82SWD4F7Y7PQE653GDES87G, order_id order_01M82SD18PKE90X3R0VCB5SZHQ, fulfillment_id ful_00000000000000000000000000): " +
			"left out: there is no fulfillment ful_00000000000000000000000000",
		"order_promotion (id orderpromo_01M82SWD420QJF2Q2K866EJWR8, order_id order_01M82SD18PKE90X3R0VCB5SZHQ, promotion_id promo_00000000000000000000000000): " +
			"left out: there is no promotion promo_00000000000000000000000000",
	}
	// Links whose record the source had deleted, and left live.
	const promotion = "promo_01M82SA23C02NC8K9ATX7A55T1"
	for _, ends := range []string{
		"cart_promotion (id cartpromo_01M82SEB4PB6C2JRAH1W87CP2F, cart_id cart_01M82SE4M12HMCX80569HHWQRA, promotion_id ",
		"cart_promotion (id cartpromo_01M82SFSJS6BC6ZCPM8M3R1W6G, cart_id cart_01M82SFQ08VFJVN6HTE3Q3RAQB, promotion_id ",
		"cart_promotion (id cartpromo_01M82SHE4AJX92F4DEVYB7ZB04, cart_id cart_01M82SHBS0TKVMXC03EXG4J8DZ, promotion_id ",
		"order_promotion (id orderpromo_01M82SEC9BHPW5ZKHP9JCMQG4A, order_id order_01M82SEC2X8JQZRT1CYJEXV2XC, promotion_id ",
		"order_promotion (id orderpromo_01M82SFT64S451QE1E8WNBGWEQ, order_id order_01M82SFT0THV7H18FS3NK409EX, promotion_id ",
		"order_promotion (id orderpromo_01M82SHESNKHRA7MC5VTFZJG96, order_id order_01M82SHENGA02FHY8KZ2CEXERV, promotion_id ",
	} {
		want = append(want, ends+promotion+"): dismissed: the promotion "+promotion+" is deleted")
	}
	want = append(want, "customer_account_holder (id custacchldr_01M82SCWBY290ANGA038FA7VE2, customer_id cus_01M82SA1HY8VTRH57EVXKHDW67, "+
		"account_holder_id acchld_01M82SCWBRVW0HXJEGBGGM5EY0): dismissed: the customer cus_01M82SA1HY8VTRH57EVXKHDW67 is deleted")
	slices.Sort(want)
	slices.Sort(r.Notes)
	if diff := cmp.Diff(want, r.Notes); diff != "" {
		t.Errorf("notes: want -, got +\n%s", diff)
	}
	dismissed := one(t, d, "SELECT CASE WHEN deleted_at = updated_at THEN 'dismissed' END FROM order_cart WHERE id = 'ordercart_01M82SWCX8PFXZ3Q9C9HBS19SK'")
	if dismissed != "dismissed" {
		t.Error("the second order's link to the cart is live")
	}
}

// The number of a new record follows the highest imported number.
func TestNumbersContinue(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store(t, d)
		source := open(t, medusatest.Shop(t))
		importShop(t, source, s)
		orders := module.For[order.Order](s, order.Orders)
		for _, want := range []int64{139, 140} {
			o := &order.Order{CurrencyCode: "eur"}
			if err := orders.Create(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			if o.DisplayID != want {
				t.Errorf("a new order has number %d, want %d", o.DisplayID, want)
			}
		}
		importShop(t, source, s) // does not reset them
		o := &order.Order{CurrencyCode: "eur"}
		if err := orders.Create(t.Context(), o); err != nil || o.DisplayID != 141 {
			t.Errorf("after another import, a new order has number %d (%v), want 141", o.DisplayID, err)
		}
	})
}

// Progress reports every table, up to its end.
func TestProgress(t *testing.T) {
	t.Parallel()
	done, total := map[string]int64{}, map[string]int64{}
	s := store(t, dbtest.SQLite(t))
	r, err := medusa.Import(t.Context(), open(t, medusatest.Shop(t)), s, medusa.Options{Progress: func(table string, n, of int64) {
		if n < done[table] || n > of {
			t.Errorf("%s: %d after %d of %d", table, n, done[table], of)
		}
		done[table], total[table] = n, of
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range r.Tables {
		if n, ok := total[table.Table]; !ok || n != table.Read || done[table.Table] != n {
			t.Errorf("%s: %d of %d were told, %d read", table.Table, done[table.Table], n, table.Read)
		}
	}
}

// checksum returns the content of every table of the graph.
func checksum(t testing.TB, s *module.Store) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for _, m := range s.Graph.Models() {
		q := s.DB.Dialect().Quote
		var columns []string
		for _, f := range m.Fields {
			columns = append(columns, "coalesce(CAST("+q(f.Name)+" AS text), '-')")
		}
		rows, err := db.Collect[string](t.Context(), s.DB, "SELECT "+strings.Join(columns, " || '|' || ")+" FROM "+q(m.Table))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(rows)
		sums[m.Table] = strings.Join(rows, "\n")
	}
	return sums
}

// sameTables compares checksums.
func sameTables(t testing.TB, before, after map[string]string) {
	t.Helper()
	for table, text := range after {
		if text != before[table] {
			t.Errorf("%s has changed:\n%s", table, cmp.Diff(before[table], text))
		}
	}
}

// empty checks that no table has rows.
func empty(t testing.TB, s *module.Store) {
	t.Helper()
	for table, text := range checksum(t, s) {
		if text != "" {
			t.Errorf("%s has rows: %s", table, fmt.Sprintf("%.80s", text))
		}
	}
}
