package gorgon

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// value is a JSON value as people are shown it: objects keep the order of
// their keys, numbers their digits.
type value struct {
	kind  valueKind
	text  string   // of a scalar
	names []string // of an object's members
	kids  []value  // an object's members, a list's elements
}

type valueKind byte

const (
	nullValue valueKind = iota
	textValue
	numberValue
	boolValue
	objectValue
	listValue
)

// parseValue reads JSON that the database wrote.
func parseValue(b []byte) (value, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return readValue(d)
}

func readValue(d *json.Decoder) (value, error) {
	token, err := d.Token()
	if err != nil {
		return value{}, err
	}
	switch t := token.(type) {
	case string:
		return value{kind: textValue, text: t}, nil
	case json.Number:
		return value{kind: numberValue, text: t.String()}, nil
	case bool:
		return value{kind: boolValue, text: map[bool]string{true: "true", false: "false"}[t]}, nil
	case json.Delim:
		return readNested(d, t)
	}
	return value{}, nil
}

// readNested reads what follows an opening bracket, with its closing one.
func readNested(d *json.Decoder, open json.Delim) (value, error) {
	v := value{kind: listValue}
	if open == '{' {
		v.kind = objectValue
	}
	for d.More() {
		if v.kind == objectValue {
			name, err := d.Token()
			if err != nil {
				return v, err
			}
			v.names = append(v.names, name.(string)) // keys are strings
		}
		kid, err := readValue(d)
		if err != nil {
			return v, err
		}
		v.kids = append(v.kids, kid)
	}
	_, err := d.Token()
	return v, err
}

// member is the member of an object; null when it has none of that name.
func (v value) member(name string) value {
	for i, n := range v.names {
		if n == name {
			return v.kids[i]
		}
	}
	return value{}
}

// scalar reports a value that holds no others.
func (v value) scalar() bool { return v.kind < objectValue }

// cellWidth is how many characters a cell shows at the most.
const cellWidth = 40

// cell is the value on one short line: "-" is null, [3] a list of three.
func (v value) cell() string { return clip(oneLine(v.compact()), cellWidth) }

func (v value) compact() string {
	switch v.kind {
	case nullValue:
		return "-"
	case objectValue:
		return v.compactObject()
	case listValue:
		return v.compactList()
	}
	return v.text
}

func (v value) compactObject() string {
	if len(v.kids) == 1 {
		return v.kids[0].compact()
	}
	parts := make([]string, len(v.kids))
	for i, k := range v.kids {
		parts[i] = v.names[i] + "=" + k.compact()
	}
	return strings.Join(parts, " ")
}

// compactList shows the first elements of a list of short ones, and how many
// more there are; of a list of others only their number.
func (v value) compactList() string {
	number := "[" + itoa(len(v.kids)) + "]"
	text := ""
	for i, k := range v.kids {
		for k.kind == objectValue && len(k.kids) == 1 {
			k = k.kids[0]
		}
		if !k.scalar() {
			return number
		}
		more, rest := text+k.compact(), ""
		if left := len(v.kids) - i - 1; left > 0 {
			rest = " +" + itoa(left)
		}
		if utf8.RuneCountInString(more+rest) > cellWidth {
			return cut(text, len(v.kids)-i, number)
		}
		text = more + ", "
	}
	if text == "" {
		return number
	}
	return strings.TrimSuffix(text, ", ")
}

// cut ends a list that does not fit: what fits, and how many are left out.
func cut(text string, left int, number string) string {
	if text == "" {
		return number
	}
	return strings.TrimSuffix(text, ", ") + " +" + itoa(left)
}

// oneLine takes line breaks and control characters out of a text: what stands
// in the database must not move the terminal's cursor.
func oneLine(s string) string {
	return plainText(strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(s))
}

func clip(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}
