package show

import (
	"bytes"
	"encoding/json"
	"strings"
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

// cellWidth is the maximum width of a cell, in columns of a terminal.
const cellWidth = 40

// Cell returns the value as one short line: null is "-", and of a list as many
// elements as fit, with the number of the others: "Mug, Tent +3".
func (v Value) Cell() string { return clip(v.compact(), cellWidth) }

func (v Value) compact() string {
	switch v.kind {
	case nullValue:
		return "-"
	case objectValue:
		return v.compactObject(true)
	case listValue:
		return v.compactList()
	}
	return OneLine(v.text)
}

// compactObject returns the members of an object, or the value of the only one.
func (v Value) compactObject(nulls bool) string {
	if len(v.kids) == 1 {
		return v.kids[0].compact()
	}
	var parts []string
	for i, k := range v.kids {
		if nulls || k.kind != nullValue {
			parts = append(parts, OneLine(v.names[i])+"="+k.compact())
		}
	}
	return strings.Join(parts, " ")
}

// element returns the value as an element of a list, without members that are
// null.
func (v Value) element() string {
	switch v.kind {
	case objectValue:
		return v.compactObject(false)
	case listValue:
		return "[" + v.compactList() + "]"
	}
	return v.compact()
}

// compactList returns the elements of a list that fit into a cell, at least the
// beginning of the first, and the number of the others.
func (v Value) compactList() string {
	if len(v.kids) == 0 {
		return "[]"
	}
	between := v.separator()
	text := v.kids[0].element()
	shown := 1
	for ; shown < len(v.kids); shown++ {
		more := text + between + v.kids[shown].element()
		if Width(more+others(len(v.kids)-shown-1)) > cellWidth {
			break
		}
		text = more
	}
	rest := others(len(v.kids) - shown)
	return clip(text, cellWidth-Width(rest)) + rest
}

// separator returns what stands between the elements of a list.
func (v Value) separator() string {
	for _, k := range v.kids {
		for k.kind == objectValue && len(k.kids) == 1 {
			k = k.kids[0]
		}
		if !k.scalar() {
			return "; "
		}
	}
	return ", "
}

// others returns the number of elements that are not shown.
func others(n int) string {
	if n == 0 {
		return ""
	}
	return " +" + Int(n)
}

// OneLine replaces line breaks and control characters, so that text from the
// database cannot control the terminal.
func OneLine(s string) string {
	return Plain(strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(s))
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
