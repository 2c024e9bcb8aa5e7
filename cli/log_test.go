package cli

import (
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestDurationsHaveUnits(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		12_345_678: "12.3ms", 899_997: "900µs", 1_234_567_890: "1.23s", 999: "999ns", 0: "0s", -12_345_678: "-12.3ms", 90 * time.Second: "1m30s", 1: "1ns",
	} {
		if got := rounded(d).String(); got != want {
			t.Errorf("%d: %s, want %s", d, got, want)
		}
	}
}

// Elsewhere than at a terminal, a line of the log is JSON.
func TestLogIsJSON(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	log := newLog(&out, slog.LevelWarn)
	log.Info("not this")
	log.Warn("request", "took", 12_345_678*time.Nanosecond, slog.Group("g", "wait", 2*time.Second), "bytes", 7)
	if got := out.String(); !strings.HasPrefix(got, `{"time":"20`) || !strings.HasSuffix(got, `"level":"WARN","msg":"request","took":"12.3ms","g":{"wait":"2s"},"bytes":7}`+"\n") {
		t.Error(got)
	}
}
