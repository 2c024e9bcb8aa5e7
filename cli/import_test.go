package cli_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
)

func TestImportMedusa(t *testing.T) {
	t.Parallel()
	source := medusatest.Shop(t)
	app := gorgon.New(gorgon.Config{Database: file(t)})
	got := run(t, app, "import", "medusa", source)
	if got.status != 0 || !strings.Contains(got.stderr, ": ") {
		t.Fatalf("%+v", got)
	}
	for _, want := range []string{`(?m)^TABLE +READ +WRITTEN +UNCHANGED +LEFT OUT$`, `(?m)^order +137 +137 +0 +0$`, `(?m)^inventory_item +28 +28 +0 +0$`, `(?m)^notification_provider +1 +1 +0 +0$`, `(?m)^Notes:$`, `rows read, \d+ written\n$`} {
		if !regexp.MustCompile(want).MatchString(got.stdout) {
			t.Errorf("no %s in\n%s", want, got.stdout)
		}
	}
	if strings.Contains(got.stdout+got.stderr, source) {
		t.Error("the output has the URL")
	}
	var again medusa.Report
	if err := json.Unmarshal([]byte(run(t, app, "import", "medusa", source, "--json").stdout), &again); err != nil || len(again.Tables) < 50 {
		t.Fatalf("%d tables, %v", len(again.Tables), err)
	}
	for _, table := range again.Tables {
		if table.Written != 0 {
			t.Errorf("the second import writes %d rows of %s", table.Written, table.Table)
		}
	}
	if got := whole(t, app, "query", "order", "--limit", "0"); !strings.HasPrefix(got, "0 of ") {
		t.Error(got)
	}
}

func TestImportsThatCannotBe(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	path := file(t)
	app := gorgon.New(gorgon.Config{Database: path})
	for source, want := range map[string]struct {
		of   fault.Type
		says string
	}{
		"mysql://ada:" + secret + "@localhost/shop":         {fault.InvalidData, "postgres://user:password@host"},
		"postgres://ada:" + secret + "@127.0.0.1:1/shop":    {fault.Unavailable, "the source: PostgreSQL at 127.0.0.1:1 does not answer"},
		"postgres://ada:" + secret + "@127.0.0.1:port/shop": {fault.InvalidData, "invalid PostgreSQL URL"},
	} {
		if got := refused(t, app, []string{"import", "medusa", source}, want.of, want.says); strings.Contains(got, secret) {
			t.Errorf("the message has the password: %s", got)
		}
	}
	refused(t, app, []string{"query", "order"}, fault.UnexpectedState, "there is no SQLite file") // none was made
	refused(t, app, []string{"import", "medusa", dbtest.PostgresURL(t), "--database", "postgres://ada:" + secret + "@127.0.0.1:1/shop"},
		fault.Unavailable, "the target: PostgreSQL at 127.0.0.1:1 does not answer")
	refused(t, app, []string{"import", "medusa", dbtest.PostgresURL(t)}, fault.InvalidData, "Medusa")
	if got := whole(t, app, "query", "order", "--fields", "id"); got != "no records\n" {
		t.Error(got)
	}
}
