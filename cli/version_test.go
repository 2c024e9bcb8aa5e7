package cli

import (
	"encoding/json"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/shop"
)

func TestBuild(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.modified", Value: "true"}, {Key: "vcs.revision", Value: "abc"}, {Key: "vcs.time", Value: "2026-01-31T09:30:00Z"},
	}}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	want := build{"v1.2.3", "abc+", "2026-01-31T09:30:00Z", 1, runtime.Version(), platform}
	if got := buildOf(info, ""); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := want.String(), "v1.2.3 (abc+, 2026-01-31T09:30:00Z, schema 1, "+runtime.Version()+", "+platform+")"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := buildOf(nil, "").String(); !strings.HasPrefix(got, "(devel) (schema 1, go") {
		t.Error(got)
	}
	if got := buildOf(info, "v1.2.4").String(); !strings.HasPrefix(got, "v1.2.4 (abc+, ") {
		t.Error(got)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	var text, asJSON, none strings.Builder
	app := New(&Setup{Shop: shop.Config{Database: "sqlite:/nowhere/at/all.db"}}) // it needs none
	if status := app.Run(t.Context(), []string{"version"}, &text, &none, nil); status != 0 || !strings.HasPrefix(text.String(), "gorgon ") {
		t.Errorf("status %d: %s", status, text.String())
	}
	var flag strings.Builder
	if status := app.Run(t.Context(), []string{"--version"}, &flag, &none, nil); status != 0 || flag.String() != text.String() {
		t.Errorf("--version: status %d: %s", status, flag.String())
	}
	var b build
	status := app.Run(t.Context(), []string{"version", "--json"}, &asJSON, &none, nil)
	if err := json.Unmarshal([]byte(asJSON.String()), &b); err != nil || status != 0 || b.Version == "" || b.Go != runtime.Version() || none.String() != "" {
		t.Errorf("status %d, %+v: %v", status, b, err)
	}
}
