package openapi

import (
	"bytes"
	"encoding/json"
)

// document is an OpenAPI document, as much of the format as Document uses.
type document struct {
	OpenAPI    string           `json:"openapi"`
	Info       documentInfo     `json:"info"`
	Servers    []documentServer `json:"servers"`
	Tags       []documentTag    `json:"tags"`
	Paths      pairs[pathItem]  `json:"paths"`
	Components components       `json:"components"`
}

type documentInfo struct {
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Version     string `json:"version"`
}

type documentServer struct {
	URL string `json:"url"`
}

type documentTag struct {
	Name string `json:"name"`
}

type components struct {
	Schemas   pairs[*jsonSchema] `json:"schemas"`
	Responses pairs[response]    `json:"responses"`
	Security  pairs[security]    `json:"securitySchemes"`
}

type security struct {
	Type         string `json:"type"`
	Scheme       string `json:"scheme,omitempty"`
	BearerFormat string `json:"bearerFormat,omitempty"`
	In           string `json:"in,omitempty"`
	Name         string `json:"name,omitempty"`
	Description  string `json:"description,omitempty"`
}

// pathItem is the operations of a path, by the method in lower case.
type pathItem = pairs[*operation]

type operation struct {
	ID         string                `json:"operationId"`
	Summary    string                `json:"summary,omitempty"`
	Tags       []string              `json:"tags"`
	Security   []map[string][]string `json:"security"`
	Parameters []documentParameter   `json:"parameters,omitempty"`
	Body       *requestBody          `json:"requestBody,omitempty"`
	Responses  pairs[response]       `json:"responses"`
}

type documentParameter struct {
	Name        string      `json:"name"`
	In          string      `json:"in"`
	Description string      `json:"description,omitempty"`
	Required    bool        `json:"required,omitempty"`
	Style       string      `json:"style,omitempty"`
	Explode     bool        `json:"explode,omitempty"`
	Schema      *jsonSchema `json:"schema"`
}

type requestBody struct {
	Required bool           `json:"required,omitempty"`
	Content  pairs[content] `json:"content"`
}

// response is a response, or a reference to one.
type response struct {
	Ref         string         `json:"$ref,omitempty"`
	Description string         `json:"description,omitempty"`
	Content     pairs[content] `json:"content,omitempty"`
}

type content struct {
	Schema *jsonSchema `json:"schema"`
}

// jsonSchema is the schema of a value.
type jsonSchema struct {
	Ref         string             `json:"$ref,omitempty"`
	Type        string             `json:"type,omitempty"`
	Format      string             `json:"format,omitempty"`
	Description string             `json:"description,omitempty"`
	Null        bool               `json:"nullable,omitempty"`
	Enum        []any              `json:"enum,omitempty"`
	Minimum     *float64           `json:"minimum,omitempty"`
	Above       bool               `json:"exclusiveMinimum,omitempty"`
	MinItems    int                `json:"minItems,omitempty"`
	Items       *jsonSchema        `json:"items,omitempty"`
	Properties  pairs[*jsonSchema] `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Closed      *bool              `json:"additionalProperties,omitempty"` // false refuses others; nil takes them
	AnyOf       []*jsonSchema      `json:"anyOf,omitempty"`
	AllOf       []*jsonSchema      `json:"allOf,omitempty"`
}

// pairs is a JSON object whose keys keep their order: that in which people
// declared them.
type pairs[T any] []pair[T]

type pair[T any] struct {
	name  string
	value T
}

// find is the value of a name; ok is false without one.
func (p pairs[T]) find(name string) (value T, ok bool) {
	for _, pair := range p {
		if pair.name == name {
			return pair.value, true
		}
	}
	return value, false
}

// add puts a value at the end.
func (p *pairs[T]) add(name string, value T) { *p = append(*p, pair[T]{name, value}) }

// MarshalJSON writes the object.
func (p pairs[T]) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, pair := range p {
		if i > 0 {
			out.WriteByte(',')
		}
		name, err := json.Marshal(pair.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(pair.value)
		if err != nil {
			return nil, err
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
