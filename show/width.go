package show

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// terminal measures text as terminals show it, whatever the locale: CJK and emoji
// take two columns, combining characters none.
var terminal = &runewidth.Condition{StrictEmojiNeutral: true}

// Width returns how many columns of a terminal text takes.
func Width(text string) int { return terminal.StringWidth(text) }

// clip cuts text that is wider than width, and ends it with an ellipsis.
func clip(text string, width int) string { return terminal.Truncate(text, width, "…") }

// pad returns the blanks that make text as wide as width.
func pad(text string, width int) string { return strings.Repeat(" ", max(0, width-Width(text))) }
