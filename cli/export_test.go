package cli_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/query"
)

func TestExport(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		for line, want := range map[string]string{
			"--fields id,cart.id --order -id":                              `{"id":"order_3","cart":null}` + "\n" + `{"id":"order_2","cart":null}` + "\n" + `{"id":"order_1","cart":{"id":"cart_1"}}` + "\n",
			"--fields id --filter status=canceled --filter version=1":      `{"id":"order_3"}` + "\n",
			"--fields id --filter id=none":                                 "",
			"--format csv --fields id --filter id=none":                    "id\n",
			"--format csv --fields customer.email,id,items.title,items.id": "customer.email,id,items\n" + `ada@example.com,order_1,"[{""title"":""Mug"",""id"":""ordli_1""},{""title"":""Tent"",""id"":""ordli_2""}]"` + "\n" + `ada@example.com,order_2,"[{""title"":""Mug"",""id"":""ordli_3""}]"` + "\n,order_3,[]\n",
			"--format csv --fields id,items.$count,items.$sum.quantity":    "id,items.$count,items.$sum.quantity\norder_1,2,3\norder_2,1,1\norder_3,0,\n",
		} {
			got := ok(t, app, append([]string{"export", "order"}, strings.Fields(line)...)...)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", line, diff)
			}
		}
		// * and a relation are all of their columns.
		rows, err := csv.NewReader(strings.NewReader(ok(t, app, "export", "order", "--format", "csv", "--fields", "*,customer,cart.*"))).ReadAll()
		if err != nil || len(rows) != 4 {
			t.Fatalf("%v, %v", rows, err)
		}
		header := strings.Join(rows[0], ",")
		for _, want := range []string{"id,display_id,", ",deleted_at,customer.id,", "customer.email,", ",cart.id,", "cart.currency_code"} {
			if !strings.Contains(header, want) {
				t.Errorf("%s lacks %s", header, want)
			}
		}
	})
}

// A spreadsheet finds no formulas in a table: customers choose their names. Numbers, and
// what is not for spreadsheets, stay as they are.
func TestTablesHaveNoFormulas(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		c := &customer.Customer{Base: base("cus_2"), FirstName: new(`=HYPERLINK("https://evil.example")`), LastName: new("@SUM(1)"), CompanyName: new("a=b"), Phone: new("+1 555")}
		if err := app.Customer.Customers.Create(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		const table = `"'=HYPERLINK(""https://evil.example"")",'@SUM(1),a=b,'+1 555` + "\n"
		fields := []string{"customer", "--fields", "first_name,last_name,company_name,phone", "--filter", "id=cus_2"}
		for _, line := range [][]string{{"export", "--format", "csv"}, {"query", "--csv"}, {"query", "--csv", "--all"}} {
			got := ok(t, app, append(line[:1:1], append(fields, line[1:]...)...)...)
			if _, rows, _ := strings.Cut(got, "\n"); rows != table {
				t.Errorf("%v: %s", line, rows)
			}
		}
		got := ok(t, app, append([]string{"export"}, fields...)...)
		if !strings.Contains(got, `"last_name":"@SUM(1)","company_name":"a=b","phone":"+1 555"`) {
			t.Errorf("ndjson: %s", got)
		}
	})
}

// Text that CSV and JSON treat specially comes back as it was.
func TestExportOfOddText(t *testing.T) {
	t.Parallel()
	const name, metadata = "a,\"b\"\nc\t漢字🙂<&>", `{"a":[1.50,null,{"<b>":"\n"}]}`
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		c := &customer.Customer{Base: base("cus_2"), FirstName: new(name)}
		c.Metadata = model.RawJSON(metadata)
		create(t, app, customer.Customers, c)
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		args := []string{"export", "customers", "--fields", "first_name,metadata,last_name", "--filter", "id=cus_2"}
		rows, err := csv.NewReader(strings.NewReader(ok(t, app, append(args, "--format", "csv")...))).ReadAll()
		if diff := cmp.Diff([][]string{{"first_name", "metadata", "last_name"}, {name, metadata, ""}}, rows); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		got := ok(t, app, args...)
		var record struct {
			FirstName string `json:"first_name"`
		}
		if err := json.Unmarshal([]byte(got), &record); err != nil || record.FirstName != name || strings.Count(got, "\n") != 1 || !strings.Contains(got, `"metadata":`+metadata) {
			t.Errorf("%s (%v)", got, err)
		}
	})
}

// An export has no page: it is all records, and more than a query may return.
func TestExportHasNoPage(t *testing.T) {
	t.Parallel()
	database := file(t)
	stocked(t, database)
	app := gorgon.New(gorgon.Config{Database: database, Limits: query.Limits{MaxPage: 1, MaxBytes: 10}})
	if got := ok(t, app, "export", "order", "--fields", "id"); strings.Count(got, "\n") != 3 {
		t.Errorf("%s", got)
	}
}

func TestExportToAFile(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	dir := t.TempDir()
	path := filepath.Join(dir, "orders.ndjson")
	for range 2 { // the second time it replaces the file
		if got := ok(t, app, "export", "order", "--fields", "id", "--output", path); got != "exported 3 records to "+path+"\n" {
			t.Errorf("%s", got)
		}
	}
	if got := ok(t, app, "export", "order", "--fields", "id", "--output", path, "--json"); got != `{"file":"`+path+`","records":3}`+"\n" {
		t.Errorf("%s", got)
	}
	const before = `{"id":"order_1"}` + "\n" + `{"id":"order_2"}` + "\n" + `{"id":"order_3"}` + "\n"
	refused(t, app, []string{"export", "order", "--fields", "id", "--output", dir}, fault.InvalidData, "it is a folder")
	check := func() {
		t.Helper()
		b, err := os.ReadFile(path)
		if err != nil || string(b) != before {
			t.Errorf("%s, %v", b, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
			t.Errorf("%v, %v", names, err)
		}
	}
	check()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr strings.Builder
	if status := app.Run(ctx, []string{"export", "order", "--output", path}, &stdout, &stderr, nil); status != 1 {
		t.Errorf("%d, %s", status, stderr.String())
	}
	refused(t, app, []string{"export", "order", "--fields", "nope", "--output", path}, fault.InvalidData, `"nope"`)
	check() // nothing has touched it
	refused(t, app, []string{"export", "order", "--output", filepath.Join(dir, "no", "x")}, fault.Unavailable, "cannot write "+filepath.Join(dir, "no", "x"), "does not exist")
	refused(t, app, []string{"export", "ordre"}, fault.InvalidData, "did you mean order")
}
