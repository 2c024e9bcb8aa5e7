package openapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
)

// documentText is the introduction of the document.
const documentText = `Lists answer {"<records>": […], "count", "offset", "limit"}, and a record {"<record>": {…}}. The parameter fields edits or replaces what is ` +
	`answered: +name and *relation add, -name takes away, names without a sign replace. Every column, also through relations and links, is a filter of a list: ` +
	`payment_collections.status=completed, created_at[$gte]=2026-01-01. Errors are {"type", "message"}; X-Request-Id names the request in the log.`

// Document returns routes as an OpenAPI 3.0.3 document, in JSON. What records
// look like comes from the models of the shop's graph. Two routes of one method
// and path are an error.
func Document(s *shop.Shop, routes []api.Route, title, version string) ([]byte, error) {
	e := &entitySchemas{engine: s.Query, texts: map[string]string{}}
	e.named.add("Error", errorSchema())
	e.named.add(conditionName, conditionSchema())
	e.texts["Error"], e.texts[conditionName] = "", ""
	d := document{
		OpenAPI: "3.0.3", Info: documentInfo{title, documentText, version}, Servers: []documentServer{{"/"}},
		Components: components{Responses: errorResponses(), Security: securitySchemes()},
	}
	for i := range routes { // records by themselves first: theirs is the plain name of a schema
		if area, _ := areaOf(routes[i].Path); !routes[i].Answer.List {
			e.answer(area, routes[i].Answer)
		}
	}
	at := map[string]int{} // of a path in d.Paths
	seen := map[string]string{}
	for i := range routes {
		route := &routes[i]
		o := e.operation(route)
		name := route.Method + " " + route.Path
		if other, twice := seen[o.ID]; twice {
			return nil, fmt.Errorf("api: the routes %s and %s cannot be told apart", other, name)
		}
		seen[o.ID] = name
		if _, ok := at[route.Path]; !ok {
			at[route.Path] = len(d.Paths)
			d.Paths.add(route.Path, nil)
		}
		d.Paths[at[route.Path]].value.add(strings.ToLower(route.Method), o)
		if tag := (documentTag{o.Tags[0]}); !slices.Contains(d.Tags, tag) {
			d.Tags = append(d.Tags, tag)
		}
	}
	d.Components.Schemas = e.named
	return json.Marshal(d)
}

func (e *entitySchemas) operation(r *api.Route) *operation {
	area, tag := areaOf(r.Path)
	o := &operation{ID: operationID(r), Summary: r.Summary, Tags: []string{tag}, Security: securityOf(r.Access), Parameters: parametersOf(r)}
	if r.Body != nil {
		body := bodySchema(r.Body, !r.Open)
		o.Body = &requestBody{Required: len(body.Required) > 0, Content: jsonContent(body)}
	}
	if r.Files != "" {
		o.Body = &requestBody{Required: true, Content: filesContent(r.Files)}
	}
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	success := response{Description: http.StatusText(status)}
	if answer := e.answer(area, r.Answer); answer != nil {
		success.Content = jsonContent(answer)
	} else if r.Answer.Media != "" {
		success.Content = pairs[content]{{r.Answer.Media, content{&jsonSchema{Type: "string"}}}}
	}
	o.Responses.add(strconv.Itoa(status), success)
	for _, status := range failures(r) {
		o.Responses.add(strconv.Itoa(status), response{Ref: "#/components/responses/" + responseName(status)})
	}
	return o
}

func jsonContent(s *jsonSchema) pairs[content] {
	return pairs[content]{{"application/json", content{s}}}
}

// filesContent is a multipart body of one or more files in a field.
func filesContent(field string) pairs[content] {
	files := &jsonSchema{Type: "array", MinItems: 1, Items: &jsonSchema{Type: "string", Format: "binary"}}
	form := &jsonSchema{Type: "object", Properties: pairs[*jsonSchema]{{field, files}}, Required: []string{field}, Closed: new(bool)}
	return pairs[content]{{"multipart/form-data", content{form}}}
}

// areaOf returns the part of the API that a path is in, "" for none, and the
// group it is shown in.
func areaOf(path string) (area, tag string) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch area = parts[0]; {
	case area == "auth":
		return area, "Auth"
	case len(parts) == 1:
		return "", "Server"
	}
	return area, strings.ToUpper(area[:1]) + area[1:] + " " + strings.ReplaceAll(parts[1], "-", " ")
}

// operationID returns a name for generated code: getAdminOrdersById.
func operationID(r *api.Route) string {
	id := strings.ToLower(r.Method)
	for part := range strings.SplitSeq(r.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			part = "by_" + strings.TrimSuffix(name, "}")
		}
		id += camel(part)
	}
	return id
}

// camel returns snake_case and kebab-case as CamelCase.
func camel(name string) string {
	var out strings.Builder
	for part := range strings.FieldsFuncSeq(name, func(c rune) bool { return c == '_' || c == '-' || c == '.' }) {
		out.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return out.String()
}

// parametersOf returns the parameters of a path and those that a route declares.
func parametersOf(r *api.Route) []documentParameter {
	var out []documentParameter
	for part := range strings.SplitSeq(r.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			out = append(out, documentParameter{Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &jsonSchema{Type: "string"}})
		}
	}
	for _, p := range r.Params {
		if p.Type.Kind == body.KindAny {
			out = append(out, documentParameter{
				Name: p.Name, In: "query", Description: p.Description, Style: "deepObject", Explode: true, Schema: reference(conditionName),
			})
			continue
		}
		out = append(out, documentParameter{Name: p.Name, In: "query", Description: p.Description, Schema: typeSchema(p.Type, true)})
	}
	return out
}

// The names of the ways to authenticate.
const (
	bearerScheme  = "token"
	sessionScheme = "session"
	secretScheme  = "secret_key"
	publishScheme = "publishable_key"
)

func securitySchemes() pairs[security] {
	return pairs[security]{
		{bearerScheme, security{Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: "the token of POST /auth/{actor_type}/{provider}"}},
		{sessionScheme, security{Type: "apiKey", In: "cookie", Name: api.SessionCookie, Description: "the cookie of POST /auth/session"}},
		{secretScheme, security{Type: "http", Scheme: "basic", Description: "a secret API key as the user, without a password"}},
		{publishScheme, security{Type: "apiKey", In: "header", Name: strings.ToLower(api.KeyHeader), Description: "a publishable API key"}},
	}
}

// securityOf returns the ways to be admitted to a route.
func securityOf(a api.Access) []map[string][]string {
	with := func(schemes ...string) map[string][]string {
		out := map[string][]string{}
		for _, name := range schemes {
			out[name] = []string{}
		}
		return out
	}
	switch a {
	case api.Admin:
		return []map[string][]string{with(bearerScheme), with(sessionScheme), with(secretScheme)}
	case api.AnyToken:
		return []map[string][]string{with(bearerScheme), with(sessionScheme)}
	case api.Storefront:
		return []map[string][]string{with(publishScheme), with(publishScheme, bearerScheme), with(publishScheme, sessionScheme)}
	case api.Customer, api.Newcomer:
		return []map[string][]string{with(publishScheme, bearerScheme), with(publishScheme, sessionScheme)}
	}
	return []map[string][]string{}
}

// failures returns the statuses of errors that callers of a route must expect.
func failures(r *api.Route) []int {
	out := []int{http.StatusBadRequest}
	if r.Access != api.Public || strings.HasPrefix(r.Path, "/auth/") {
		out = append(out, http.StatusUnauthorized)
	}
	if strings.Contains(r.Path, "{") {
		out = append(out, http.StatusNotFound)
	}
	if r.Body != nil {
		out = append(out, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity)
	}
	if r.Files != "" {
		out = append(out, http.StatusRequestEntityTooLarge)
	}
	if r.Access == api.Public && r.Body != nil || r.Status == http.StatusAccepted {
		out = append(out, http.StatusTooManyRequests)
	}
	return append(out, http.StatusInternalServerError, http.StatusServiceUnavailable)
}

func responseName(status int) string {
	return strings.ReplaceAll(http.StatusText(status), " ", "")
}

func errorResponses() pairs[response] {
	var out pairs[response]
	for _, f := range []struct {
		status int
		text   string
	}{
		{http.StatusBadRequest, "The request cannot be understood, or breaks a rule."},
		{http.StatusNotFound, "The record does not exist."},
		{http.StatusConflict, "Another request was first: try again."},
		{http.StatusRequestEntityTooLarge, "The body has too many bytes."},
		{http.StatusUnprocessableEntity, "A value that only one record may have is taken."},
		{http.StatusTooManyRequests, "Too many tries: wait as long as Retry-After says."},
		{http.StatusInternalServerError, "The server failed; its log has the details."},
		{http.StatusServiceUnavailable, "The database is away: wait as long as Retry-After says."},
	} {
		out.add(responseName(f.status), response{Description: f.text, Content: jsonContent(reference("Error"))})
	}
	message := bodySchema(body.Object{body.Required("message", body.Text), body.Optional("type", body.Text)}, false)
	out.add(responseName(http.StatusUnauthorized), response{Description: "The credentials are missing or not valid.", Content: jsonContent(message)})
	return out
}

// errorSchema returns the schema of an error.
func errorSchema() *jsonSchema {
	var types []string
	for _, t := range []fault.Type{
		fault.InvalidData, fault.NotAllowed, fault.Unauthorized, fault.Forbidden, fault.NotFound, fault.Conflict, fault.DuplicateError,
		fault.TooLarge, fault.TooManyRequests, fault.UnexpectedState, fault.Unavailable, fault.Internal,
	} {
		types = append(types, string(t))
	}
	return bodySchema(body.Object{body.Required("type", body.OneOf(types...)), body.Required("message", body.Text), body.Optional("code", body.Text)}, false)
}
