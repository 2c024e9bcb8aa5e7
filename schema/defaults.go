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

// canonical returns a field's default in the form that both databases keep
// unchanged, or an error if it is not a value of the field's kind.
func canonical(f *model.Field) (string, error) {
	wrong := fmt.Errorf("the default %q is not a valid %s", f.Default, f.Kind)
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

// list parses a list of text, which is JSON.
func list(text string) (elements []string, err error) {
	err = json.Unmarshal([]byte(text), &elements)
	return elements, err
}

// quote returns text as a string literal, which is the same in both databases.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// unquote undoes quote. It returns other text unchanged.
func unquote(text string) string {
	if len(text) < 2 || text[0] != '\'' || text[len(text)-1] != '\'' {
		return text
	}
	return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
}

// keepDefault makes the default of the existing column that of the wanted one, if
// both are the same value: the database may report it in another form, such as
// '0'::numeric or {"a": 1}.
func keepDefault(have, want *schema.Column) {
	a, okA := defaultText(have.Default)
	b, okB := defaultText(want.Default)
	_, isText := want.Type.Type.(*schema.StringType)
	if okA && okB && (a == b || !isText && sameValue(a, b)) {
		have.Default = want.Default
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

// sameValue reports whether two texts are the same number, or the same JSON.
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
