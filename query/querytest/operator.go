package querytest

import (
	"regexp"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// test returns the test of a column's value in a filter: null, a value, a list of
// values, or an object of operators (in a JSON column also of keys).
func (d domain) test(value any) (test, error) {
	if value == nil {
		return isNull, nil
	}
	if list, ok := asList(value); ok {
		return d.oneOf(list)
	}
	operators, ok := asMap(value)
	if !ok {
		return d.operator("$eq", value)
	}
	if len(operators) == 0 {
		return nil, fault.New(fault.InvalidData, "an empty object is not a condition on a column")
	}
	var all []test
	for key, value := range operators {
		t, err := d.keyed(key, value)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return allOf(all), nil
}

func allOf(tests []test) test {
	return func(v any) tri {
		result := yes
		for _, t := range tests {
			result = result.and(t(v))
		}
		return result
	}
}

func anyOf(tests []test) test {
	return func(v any) tri {
		result := no
		for _, t := range tests {
			result = result.or(t(v))
		}
		return result
	}
}

func negated(t test) test { return func(v any) tri { return t(v).not() } }

// keyed returns the test of one key of an object of operators.
func (d domain) keyed(key string, value any) (test, error) {
	if d.kind == model.JSON && !strings.HasPrefix(key, "$") {
		first, rest, dotted := strings.Cut(key, ".")
		if dotted {
			value = map[string]any{rest: value}
		}
		t, err := d.test(value)
		return inside(first, t), err
	}
	if key == "$not" {
		t, err := d.test(value)
		return negated(t), err
	}
	if key != "$and" && key != "$or" {
		return d.operator(key, value)
	}
	list, ok := asList(value)
	if !ok {
		return nil, fault.New(fault.InvalidData, "%s takes a list", key)
	}
	var tests []test
	for _, v := range list {
		if _, ok := asMap(v); !ok {
			return nil, fault.New(fault.InvalidData, "%s takes a list of conditions", key)
		}
		t, err := d.test(v)
		if err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	if key == "$and" {
		return allOf(tests), nil
	}
	return anyOf(tests), nil
}

// oneOf returns the test that a value equals one of a list. A null in the list
// matches null.
func (d domain) oneOf(values []any) (test, error) {
	if d.kind == model.TextList {
		return nil, fault.New(fault.InvalidData, "a list column is not compared with a list; use $contains, $overlap or $contained")
	}
	if mixed(values) {
		return nil, fault.New(fault.InvalidData, "the values of a list must be of one type")
	}
	var tests []test
	for _, v := range values {
		t, err := d.operator("$eq", v)
		if err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	return anyOf(tests), nil
}

// operator returns the test of one operator.
func (d domain) operator(name string, requested any) (test, error) {
	switch name {
	case "$eq", "$ne", "$gt", "$gte", "$lt", "$lte":
		return d.comparison(name, requested)
	case "$in", "$nin":
		list, ok := asList(requested)
		if !ok {
			return nil, fault.New(fault.InvalidData, "%s takes a list", name)
		}
		t, err := d.oneOf(list)
		if name == "$nin" {
			return negated(t), err
		}
		return t, err
	case "$exists":
		exists, ok := parseBool(requested)
		if !ok {
			return nil, fault.New(fault.InvalidData, "$exists takes true or false")
		}
		return func(v any) tri { return truth((v != nil) == exists) }, nil
	case "$like", "$ilike", "$re", "$fulltext":
		return d.textual(name, requested)
	case "$contains", "$overlap", "$contained":
		return d.listing(name, requested)
	}
	return nil, fault.New(fault.InvalidData, "there is no operator %q", name)
}

func (d domain) comparison(name string, requested any) (test, error) {
	switch {
	case requested == nil && name == "$eq":
		return isNull, nil
	case requested == nil && name == "$ne":
		return notNull, nil
	case d.kind == model.TextList:
		return nil, fault.New(fault.InvalidData, "%s does not work on a list", name)
	}
	value, err := d.parse(requested)
	if err != nil {
		return nil, err
	}
	if _, isBool := value.(bool); isBool && name != "$eq" && name != "$ne" {
		return nil, fault.New(fault.InvalidData, "true and false have no order")
	}
	return d.compared(value, map[string]func(order int) bool{
		"$eq":  func(order int) bool { return order == 0 },
		"$ne":  func(order int) bool { return order != 0 },
		"$gt":  func(order int) bool { return order > 0 },
		"$gte": func(order int) bool { return order >= 0 },
		"$lt":  func(order int) bool { return order < 0 },
		"$lte": func(order int) bool { return order <= 0 },
	}[name]), nil
}

func (d domain) textual(name string, requested any) (test, error) {
	text, ok := parseText(requested)
	if !ok || d.kind != model.Text && d.kind != model.JSON {
		return nil, fault.New(fault.InvalidData, "%s compares text", name)
	}
	if backslashes := len(text) - len(strings.TrimRight(text, `\`)); backslashes%2 == 1 && strings.HasSuffix(name, "like") {
		return nil, fault.New(fault.InvalidData, "the pattern ends with a single backslash")
	}
	switch name {
	case "$fulltext":
		return d.matched(fullText(text)), nil
	case "$like":
		return d.matched(likePattern(text).MatchString), nil
	case "$ilike":
		pattern := likePattern(strings.ToLower(text))
		return d.matched(func(v string) bool { return pattern.MatchString(strings.ToLower(v)) }), nil
	}
	pattern, err := regexp.Compile(text)
	if err != nil {
		return nil, fault.New(fault.InvalidData, "%q is not a regular expression", text)
	}
	return d.matched(pattern.MatchString), nil
}

// likePattern translates a LIKE pattern: % is any run of characters, _ any one
// character, and a backslash escapes the next.
func likePattern(like string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	escaped := false
	for _, letter := range like {
		switch {
		case escaped || letter != '%' && letter != '_' && letter != '\\':
			b.WriteString(regexp.QuoteMeta(string(letter)))
			escaped = false
		case letter == '%':
			b.WriteString(".*")
		case letter == '_':
			b.WriteString(".")
		default:
			escaped = true
		}
	}
	return regexp.MustCompile(b.String() + `\z`)
}

// listing returns the test of an operator on a list column.
func (d domain) listing(name string, requested any) (test, error) {
	list, ok := asList(requested)
	if !ok || d.kind != model.TextList {
		return nil, fault.New(fault.InvalidData, "%s compares a list column with a list", name)
	}
	given := map[string]bool{}
	for _, v := range list {
		text, err := d.parse(v)
		if err != nil {
			return nil, err
		}
		given[text.(string)] = true
	}
	return func(v any) tri {
		if v == nil {
			return unknown
		}
		has := map[string]bool{}
		for _, s := range v.([]string) {
			has[s] = true
		}
		switch name {
		case "$contains":
			return truth(common(given, has) == len(given))
		case "$overlap":
			return truth(common(given, has) > 0)
		}
		return truth(common(given, has) == len(has))
	}, nil
}

func common(a, b map[string]bool) int {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return n
}
