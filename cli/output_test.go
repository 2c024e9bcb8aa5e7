package cli

import (
	"strings"
	"testing"
)

func TestOutputThatIsNoTerminal(t *testing.T) {
	t.Parallel()
	if w := terminalWidth(&strings.Builder{}); w != 0 || isTerminal(&strings.Builder{}) {
		t.Errorf("a builder is a terminal of width %d", w)
	}
}
