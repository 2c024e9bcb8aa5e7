package fulfillment

import (
	"encoding/json"
	"path"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// A Destination is where a parcel goes. What is not known is "".
type Destination struct {
	CountryCode string // ISO 3166-1 alpha-2, in any case
	Province    string // a code, with or without that of the country: ny or us-ny
	City        string
	PostalCode  string
}

// InZone reports whether a destination is in a geo zone. Letters match in any case.
// No destination is in a zone that is nil.
func (d Destination) InZone(z *GeoZone) bool {
	switch {
	case z == nil:
		return false
	case !strings.EqualFold(d.CountryCode, z.CountryCode):
		return false
	case z.Type == ZoneCountry:
		return true
	case z.ProvinceCode == nil || !d.inProvince(*z.ProvinceCode):
		return false
	case z.Type == ZoneProvince:
		return true
	case z.City == nil || !strings.EqualFold(strings.TrimSpace(d.City), strings.TrimSpace(*z.City)):
		return false
	}
	return z.Type == ZoneCity || matchesPostal(z.PostalExpression, d.PostalCode)
}

func (d Destination) inProvince(code string) bool {
	return d.Province != "" && d.plainProvince(d.Province) == d.plainProvince(code)
}

// plainProvince returns the code of a province in lower case and without that of the
// country.
func (d Destination) plainProvince(code string) string {
	return strings.TrimPrefix(strings.ToLower(code), strings.ToLower(d.CountryCode)+"-")
}

// matchesPostal reports whether a postal code is one of those that an expression
// stands for. An expression is an object. If it has the texts from and to, it stands
// for the codes between them, of the same length. Any other text in it, also in a
// list, is a code, or a pattern in which * stands for any characters.
func matchesPostal(expression model.RawJSON, code string) bool {
	var e map[string]any
	code = plainPostal(code)
	if code == "" || json.Unmarshal(expression, &e) != nil {
		return false
	}
	from, isRange := e["from"].(string)
	to, ends := e["to"].(string)
	if isRange && ends {
		from, to = plainPostal(from), plainPostal(to)
		if len(code) == len(from) && from <= code && code <= to {
			return true
		}
		delete(e, "from")
		delete(e, "to")
	}
	for _, v := range e {
		if matchesAny(v, code) {
			return true
		}
	}
	return false
}

func matchesAny(v any, code string) bool {
	switch v := v.(type) {
	case string:
		ok, err := path.Match(plainPostal(v), code)
		return err == nil && ok
	case []any:
		for _, e := range v {
			if matchesAny(e, code) {
				return true
			}
		}
	}
	return false
}

// plainPostal returns a postal code in upper case and without spaces.
func plainPostal(code string) string { return strings.ToUpper(strings.ReplaceAll(code, " ", "")) }

// namesPostal reports whether an expression is an object with a text.
func namesPostal(expression model.RawJSON) bool {
	var e map[string]any
	if json.Unmarshal(expression, &e) != nil {
		return false
	}
	for _, v := range e {
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		if text, ok := v.(string); ok && strings.TrimSpace(text) != "" {
			return true
		}
	}
	return false
}
