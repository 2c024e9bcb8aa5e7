package e2e_test

import (
	"encoding/csv"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/server"
)

// exporting serves the shop, and returns what waits until its exports are written.
func (s *served) exporting(c server.Config) (wait func()) {
	srv := server.New(s.app.Shop, c, nil)
	s.handler = srv.Handler()
	return srv.Wait
}

// table returns the CSV file of the newest notification.
func (s *served) table(t testing.TB) [][]string {
	t.Helper()
	feed := s.want(t, 200, "admin", "GET /admin/notifications?limit=1&channel=feed", "")
	url := at(feed, "notifications", 0, "data", "file", "url").(string)
	got := s.call("nobody", "GET "+strings.TrimPrefix(url, "http://example.com"), "")
	if got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") ||
		got.header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%s: %d %v", url, got.status, got.header)
	}
	rows, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	if err != nil {
		t.Fatalf("%v: %s", err, got.body)
	}
	return rows
}

// An export answers at once; its file is in the feed of notifications when it is written.
func TestAPIExportOfInventory(t *testing.T) {
	t.Parallel()
	eachUploading(t, func(t *testing.T, s *served, folder string) {
		wait := s.exporting(filesIn(folder))
		for _, sku := range []string{"CUP-1", "CUP-2", "CUP-3"} {
			s.want(t, 200, "admin", "POST /admin/inventory-items", fmt.Sprintf(`{"sku": %q, "title": "Cup, \"new\"", "weight": 300, "location_levels": [{"location_id": "sloc", "stocked_quantity": 7}]}`, sku))
		}
		asked := s.want(t, 202, "admin", "POST /admin/inventory-items/export?q=CUP&limit=1&offset=1&order=-sku&fields=sku,title,weight,location_levels.stocked_quantity,nothing", "")
		wait()
		one := s.want(t, 200, "admin", "GET /admin/notifications?fields=%2Bidempotency_key", "")
		contains(t, "the feed", one, `{"count": 1, "limit": 50, "offset": 0}`)
		n := at(one, "notifications", 0).(map[string]any)
		contains(t, "notification", n, fmt.Sprintf(`{"channel": "feed", "template": "admin-ui", "to": "", "idempotency_key": %q, "resource_id": null, "receiver_id": null}`, asked["transaction_id"]))
		contains(t, "notice", n["data"], `{"title": "Export of inventory items", "description": "The export is ready: 3 records."}`)
		contains(t, "file", at(n, "data", "file"), `{"filename": "inventory-items.csv", "mimeType": "text/csv"}`)
		contains(t, "one", s.want(t, 200, "admin", "GET /admin/notifications/"+n["id"].(string)+"?fields=id,channel", "")["notification"], fmt.Sprintf(`{"id": %q, "channel": "feed"}`, n["id"]))
		const level = `[{"stocked_quantity":7}]`
		want := [][]string{{"sku", "title", "weight", "location_levels", "id"}}
		rows := s.table(t)
		for i, sku := range []string{"CUP-3", "CUP-2", "CUP-1"} { // every one of the filter, in the order asked for
			want = append(want, []string{sku, `Cup, "new"`, "300", level, rows[i+1][4]})
		}
		if fmt.Sprint(rows) != fmt.Sprint(want) {
			t.Errorf("the table is\n%v\nwant\n%v", rows, want)
		}

		s.want(t, 200, "admin", "POST /admin/inventory-items", `{"sku": "-1", "title": "=HYPERLINK(\"https://evil.example\")", "weight": -5}`)
		s.want(t, 202, "admin", "POST /admin/inventory-items/export?sku=-1&fields=sku,title,weight", "")
		wait()
		if rows := s.table(t); fmt.Sprint(rows[1][:3]) != `['-1 '=HYPERLINK("https://evil.example") -5]` { // numbers are no formulas
			t.Errorf("what a spreadsheet would run: %q", rows)
		}

		s.want(t, 202, "admin", "POST /admin/inventory-items/export?sku=none", "{}")
		wait()
		if rows := s.table(t); len(rows) != 1 || rows[0][0] != "id" || len(rows[0]) < 20 {
			t.Errorf("an export of nothing is %v", rows)
		}
	})
}

func TestAPIExportOfOrders(t *testing.T) {
	t.Parallel()
	eachUploading(t, func(t *testing.T, s *served, folder string) {
		wait := s.exporting(filesIn(folder))
		s.want(t, 202, "admin", "POST /admin/orders/export?customer_id=cus", "")
		wait()
		rows, list := s.table(t), s.want(t, 200, "admin", "GET /admin/orders?customer_id=cus&fields=id,total,customer.email", "")
		column := func(name string) int { return slices.Index(rows[0], name) }
		if len(rows)-1 != int(list["count"].(float64)) || len(rows) < 2 {
			t.Fatalf("%d rows of %v orders", len(rows)-1, list["count"])
		}
		for _, row := range rows[1:] {
			o := s.want(t, 200, "admin", "GET /admin/orders/"+row[column("id")]+"?fields=total,customer.email", "")["order"].(map[string]any)
			is(t, "total", row[column("total")], fmt.Sprint(o["total"]))
			is(t, "email", row[column("customer.email")], fmt.Sprint(at(o, "customer", "email")))
			if !strings.HasPrefix(row[column("items")], "[") || column("is_draft_order") >= 0 {
				t.Errorf("the row is %v", row)
			}
		}
	})
}

func TestAPIExportsThatAreRefused(t *testing.T) {
	t.Parallel()
	eachUploading(t, func(t *testing.T, s *served, folder string) {
		wait := s.exporting(filesIn(folder))
		s.want(t, 401, "nobody", "POST /admin/inventory-items/export", "")
		for _, parameter := range []string{"color=red", "order=color", "weight[$gte]=heavy", "limit=-1"} {
			contains(t, parameter, s.want(t, 400, "admin", "POST /admin/inventory-items/export?"+parameter, ""), `{"type": "invalid_data"}`)
		}
		s.want(t, 404, "admin", "GET /admin/notifications/noti_none", "")
		wait()
		contains(t, "the feed", s.want(t, 200, "admin", "GET /admin/notifications", ""), `{"count": 0}`)
		if names := inFolder(t, folder); len(names) != 0 {
			t.Errorf("files were written: %v", names)
		}
	})
}

// The feed says that an export failed, and the log why.
func TestAPIExportThatFails(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		var log strings.Builder
		taken := filepath.Join(t.TempDir(), "taken")
		if err := os.WriteFile(taken, []byte("a file"), 0o600); err != nil {
			t.Fatal(err)
		}
		c := filesIn(filepath.Join(taken, "files"))
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		wait := s.exporting(c)
		asked := s.want(t, 202, "admin", "POST /admin/inventory-items/export", "")
		wait()
		feed := s.want(t, 200, "admin", "GET /admin/notifications", "")
		notice := at(feed, "notifications", 0, "data").(map[string]any)
		contains(t, "notice", notice, `{"title": "Export of inventory items"}`)
		if notice["file"] != nil || !strings.Contains(notice["description"].(string), "failed") || strings.Contains(notice["description"].(string), taken) {
			t.Errorf("the notice is %v", notice)
		}
		for _, words := range []string{taken, asked["transaction_id"].(string)} {
			if !strings.Contains(log.String(), words) {
				t.Errorf("the log lacks %q: %s", words, log.String())
			}
		}
	})
}
