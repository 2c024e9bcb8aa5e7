package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	unexpected = regexp.MustCompile(`invalid character ('\\?.[^']*')`)
	offset     = regexp.MustCompile(`after offset (\d+)`)
)

// JSONProblem says in a few words what is wrong with text that is not JSON: an
// error of package json or jsontext.
func JSONProblem(err error) string {
	text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "json: "), "jsontext: ")
	at := ""
	var s *json.SyntaxError
	if errors.As(err, &s) {
		at = fmt.Sprintf(" at byte %d", s.Offset)
	} else if m := offset.FindStringSubmatch(text); m != nil {
		at = " at byte " + m[1]
	}
	switch m := unexpected.FindStringSubmatch(text); {
	case m != nil:
		return "unexpected " + m[1] + at
	case strings.Contains(text, "unexpected end of JSON input"), strings.Contains(text, "unexpected EOF"):
		return "it ends too early" + at
	}
	return Clip(text)
}
