package query

import (
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// What regular expressions may have. A match takes time in proportion to the size of the
// expression, and compiling one takes as much memory.
const (
	maxPattern     = 500  // bytes of an expression, and of the pattern of a LIKE
	maxPatternSize = 1000 // of its parts, each as often as it is repeated
	maxPatterns    = 10   // expressions in one request
)

// toPattern returns a regular expression that is valid and not too large.
func toPattern(v any) (any, error) {
	s, err := toText(v)
	if err != nil {
		return nil, err
	}
	if len(s) > maxPattern {
		return nil, fmt.Errorf("a regular expression has at most %d bytes, not %d", maxPattern, len(s))
	}
	parsed, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("%q is not a regular expression: %s", fault.Clip(s), strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	if patternSize(parsed) > maxPatternSize {
		return nil, fmt.Errorf("%q is too large a regular expression: what it repeats comes to more than %d parts", fault.Clip(s), maxPatternSize)
	}
	return s, nil
}

// patternSize returns about how many instructions an expression compiles to, or
// maxPatternSize+1 if they are more.
func patternSize(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)
	if re.Op == syntax.OpCharClass {
		n = 1 + len(re.Rune)/16
	}
	for _, sub := range re.Sub {
		n = min(n+patternSize(sub), maxPatternSize+1)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min+1, re.Max)
	}
	return min(n, maxPatternSize+1)
}
