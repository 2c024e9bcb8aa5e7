package show

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Value is a JSON value. Unlike with encoding/json, objects keep the order of
// their keys, and numbers their digits.
type Value struct {
	kind  valueKind
	text  string   // of a scalar
	names []string // of the members of an object
	kids  []Value  // the members of an object, or the elements of a list
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

// Parse parses JSON.
func Parse(b []byte) (Value, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return readValue(d)
}

func readValue(d *json.Decoder) (Value, error) {
	token, err := d.Token()
	if err != nil {
		return Value{}, err
	}
	switch t := token.(type) {
	case string:
		return Value{kind: textValue, text: t}, nil
	case json.Number:
		return Value{kind: numberValue, text: t.String()}, nil
	case bool:
		return Value{kind: boolValue, text: map[bool]string{true: "true", false: "false"}[t]}, nil
	case json.Delim:
		return readNested(d, t)
	}
	return Value{}, nil
}

// readNested reads the rest of an object or list after its opening bracket.
func readNested(d *json.Decoder, open json.Delim) (Value, error) {
	v := Value{kind: listValue}
	if open == '{' {
		v.kind = objectValue
	}
	for d.More() {
		if v.kind == objectValue {
			name, err := d.Token()
			if err != nil {
				return v, err
			}
			v.names = append(v.names, name.(string)) // a key is always a string
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

// Elements returns the elements of a list, or the values of an object.
func (v Value) Elements() []Value { return v.kids }

// Text returns the text of a string, number or boolean.
func (v Value) Text() string { return v.text }

// Member returns the member of an object, or null when there is none of that
// name.
func (v Value) Member(name string) Value {
	for i, n := range v.names {
		if n == name {
			return v.kids[i]
		}
	}
	return Value{}
}

// scalar reports whether v is neither an object nor a list.
func (v Value) scalar() bool { return v.kind < objectValue }

// cellWidth is the maximum width of a cell in characters.
const cellWidth = 40

// Cell returns the value as one short line; null is "-", and a list of three
// objects is "[3]".
func (v Value) Cell() string { return clip(OneLine(v.compact()), cellWidth) }

func (v Value) compact() string {
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

func (v Value) compactObject() string {
	if len(v.kids) == 1 {
		return v.kids[0].compact()
	}
	parts := make([]string, len(v.kids))
	for i, k := range v.kids {
		parts[i] = v.names[i] + "=" + k.compact()
	}
	return strings.Join(parts, " ")
}

// compactList returns the first elements of a list of scalars and the number of
// elements left out; for any other list, only the number of elements.
func (v Value) compactList() string {
	number := "[" + Int(len(v.kids)) + "]"
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
			rest = " +" + Int(left)
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

// cut returns a list that does not fit: the elements that do, and the number of
// those left out.
func cut(text string, left int, number string) string {
	if text == "" {
		return number
	}
	return strings.TrimSuffix(text, ", ") + " +" + Int(left)
}

// OneLine replaces line breaks and control characters, so that text from the
// database cannot control the terminal.
func OneLine(s string) string {
	return Plain(strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(s))
}

func clip(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}

// Plain replaces control characters other than line breaks, so that text from
// the database cannot control the terminal.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			return '�'
		}
		return r
	}, s)
}
