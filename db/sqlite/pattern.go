package sqlite

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"sync"
)

// maxSteps bounds the steps of one match, which nothing can interrupt: about the size of
// the expression times the length of the text.
const maxSteps = 10_000_000

// pattern is a compiled regular expression and the number of its instructions.
type pattern struct {
	re   *regexp.Regexp
	size int
}

func newPattern(text string) (*pattern, error) {
	re, err := regexp.Compile(text)
	if err != nil {
		return nil, err
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, err
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, err
	}
	return &pattern{re, len(prog.Inst)}, nil
}

// patterns caches compiled regular expressions: a query uses the same one for
// every row.
type patterns struct {
	mu     sync.Mutex
	byText map[string]*pattern
}

func (p *patterns) get(text string) (*pattern, error) {
	p.mu.Lock()
	found := p.byText[text]
	p.mu.Unlock()
	if found != nil {
		return found, nil
	}
	found, err := newPattern(text)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.byText) > 100 {
		clear(p.byText)
	}
	p.byText[text] = found
	return found, nil
}

func (p *patterns) match(text, in string) (bool, error) {
	found, err := p.get(text)
	if err != nil {
		return false, err
	}
	if found.size*len(in) > maxSteps {
		return false, fmt.Errorf("regular expression too large: %d instructions for a text of %d bytes", found.size, len(in))
	}
	return found.re.MatchString(in), nil
}
