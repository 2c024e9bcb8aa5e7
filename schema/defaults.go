package schema

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"ariga.io/atlas/sql/schema"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// canonical checks a field's default against its kind and gives the one form
// of it that both databases keep as it is written.
func canonical(f *model.Field) (string, error) {
	wrong := fmt.Errorf("the default %q is no %s", f.Default, f.Kind)
	switch f.Kind {
	case model.Int:
		n, err := strconv.ParseInt(f.Default, 10, 64)
		if err != nil {
			return "", wrong
		}
		return strconv.FormatInt(n, 10), nil
	case model.Float:
		x, err := strconv.ParseFloat(f.Default, 64)
		if err != nil {
			return "", wrong
		}
		return strconv.FormatFloat(x, 'f', -1, 64), nil
	case model.Decimal:
		a, err := money.Parse(f.Default)
		if err != nil {
			return "", wrong
		}
		return a.String(), nil
	case model.Bool:
		if f.Default != "true" && f.Default != "false" {
			return "", wrong
		}
	case model.JSON:
		if !json.Valid([]byte(f.Default)) {
			return "", wrong
		}
	case model.TextList:
		if _, err := list(f.Default); err != nil {
			return "", wrong
		}
	case model.Time:
		return "", fmt.Errorf("a time cannot have a default; set it in the service")
	}
	return f.Default, nil
}

// list reads a list of text from its JSON.
func list(text string) (elements []string, err error) {
	err = json.Unmarshal([]byte(text), &elements)
	return elements, err
}

// quote makes a string literal that both databases read alike.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// unquote undoes quote; other text stays as it is.
func unquote(text string) string {
	if len(text) < 2 || text[0] != '\'' || text[len(text)-1] != '\'' {
		return text
	}
	return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
}

// keepDefault gives the column as it is the default as it shall be when both
// mean the same value: the database may write it in another form ('0'::numeric,
// {"a": 1}).
func keepDefault(is, shall *schema.Column) {
	a, okA := defaultText(is.Default)
	b, okB := defaultText(shall.Default)
	_, isText := shall.Type.Type.(*schema.StringType)
	if okA && okB && (a == b || !isText && sameValue(a, b)) {
		is.Default = shall.Default
	}
}

func defaultText(x schema.Expr) (string, bool) {
	switch x := x.(type) {
	case *schema.Literal:
		return unquote(x.V), true
	case *schema.RawExpr:
		return unquote(x.X), true
	}
	return "", false
}

// sameValue compares two texts as numbers, else as JSON.
func sameValue(a, b string) bool {
	x, errX := money.Parse(a)
	y, errY := money.Parse(b)
	if errX == nil && errY == nil {
		return x.Equal(y)
	}
	var v, w any
	if json.Unmarshal([]byte(a), &v) != nil || json.Unmarshal([]byte(b), &w) != nil {
		return false
	}
	return reflect.DeepEqual(v, w)
}
