package body

import (
	"reflect"
	"strconv"
	"strings"
)

// rules are what a body tag says of a field, or a column of its model.
type rules struct {
	required, null, zero bool
	email, object        bool
	single, bare         bool
	exclusive            bool
	minimum              *float64
	minItems             int
	enum                 []string
	columns              string
}

// rulesOf returns the rules of a column.
func rulesOf(p Property) rules {
	t := p.Type
	return rules{
		required: p.Required, null: t.Null, email: t.Email, object: t.Kind == KindObject, enum: t.Enum,
		minimum: t.Minimum, exclusive: t.Exclusive, minItems: t.MinItems,
	}
}

// elements returns the rules of the values of a list or map.
func (r rules) elements() rules {
	return rules{email: r.email, object: r.object, enum: r.enum, minimum: r.minimum, exclusive: r.exclusive}
}

// parseTag reads a body tag.
func (c *compiler) parseTag(tag string) rules {
	var r rules
	for part := range strings.SplitSeq(tag, ",") {
		key, value, has := strings.Cut(strings.TrimSpace(part), "=")
		switch {
		case part == "":
		case has && key != "null":
			c.parseValue(&r, key, value)
		default:
			c.parseWord(&r, strings.TrimSpace(part))
		}
	}
	return r
}

func (c *compiler) parseWord(r *rules, word string) {
	switch word {
	case "required":
		r.required = true
	case "null":
		r.null = true
	case "null=zero":
		r.null, r.zero = true, true
	case "email":
		r.email = true
	case "object":
		r.object = true
	case "single":
		r.single = true
	case "bare":
		r.bare = true
	default:
		c.fail("unknown tag %q", word)
	}
}

func (c *compiler) parseValue(r *rules, key, value string) {
	switch key {
	case "min", "above":
		n, err := strconv.ParseFloat(value, 64)
		if err != nil || r.minimum != nil {
			c.fail("%s=%s needs one number", key, value)
		}
		r.minimum, r.exclusive = &n, key == "above"
	case "minitems":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			c.fail("minitems=%s needs a positive number", value)
		}
		r.minItems = n
	case "enum":
		r.enum = strings.Split(value, "|")
	case "columns":
		r.columns = value
	default:
		c.fail("unknown tag %q", key)
	}
}

// checkRules panics when a rule does not apply to the type of its field.
func (c *compiler) checkRules(r rules, t reflect.Type, typ Type) {
	value := t
	if t.Kind() == reflect.Pointer {
		value = t.Elem()
	}
	leaf, list := typ, value.Kind() == reflect.Slice && value != rawType
	for leaf.Elements != nil {
		leaf = *leaf.Elements
	}
	refuse := func(wrong bool, tag string) {
		if wrong {
			c.fail("%s does not go with the Go type %s", tag, t)
		}
	}
	number := leaf.Kind == KindNumber || leaf.Kind == KindInteger || leaf.Kind == KindDecimal
	refuse(r.zero && t.Kind() != reflect.Pointer, "null=zero")
	refuse(r.enum != nil && leaf.Kind != KindString, "enum")
	refuse(r.email && leaf.Kind != KindString, "email")
	refuse(r.minimum != nil && !number, "a minimum")
	refuse(r.minItems > 0 && !list, "minitems")
	refuse(r.single && !list, "single")
	refuse(r.object && (typ.Kind != KindObject && leaf.Kind != KindObject || leaf.Object != nil), "object")
	refuse(r.bare && (typ.Kind == KindObject || typ.Kind == KindArray || typ.Kind == KindAny), "bare")
	refuse(r.columns != "", "columns")
}
