package admin

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/query"
)

// ruleOptions are the routes that say what rules can be made of.
func (r *routes) ruleOptions() []api.Route {
	const kinds, values = "/admin/promotions/rule-attribute-options/{rule_type}", "/admin/promotions/rule-value-options/{rule_type}/{rule_attribute_id}"
	return []api.Route{
		{
			Method: http.MethodGet, Path: kinds, Access: api.Admin, Summary: "What rules of a kind can compare",
			Params: ruleSubjectParams, Answer: api.Answer{Body: attributesBody}, Do: listAttributes,
		},
		{
			Method: http.MethodGet, Path: values, Access: api.Admin, Summary: "What an attribute of rules can be compared with",
			Params: append(optionParams, ruleSubjectParams...), Answer: api.Answer{Body: optionsBody}, Do: r.listOptions,
		},
	}
}

func listAttributes(c *api.Call) error {
	kind, err := ruleKind(c)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Attributes []ruleAttribute `json:"attributes"`
	}{attributesOf(kind, subjectOf(c))})
}

func ruleKind(c *api.Call) (promotion.RuleKind, error) {
	kind, ok := ruleKinds[c.Param("rule_type")]
	if !ok {
		return kind, fault.New(fault.InvalidData, "unknown kind of rules %q: want rules, target-rules or buy-rules", fault.Clip(c.Param("rule_type")))
	}
	return kind, nil
}

func subjectOf(c *api.Call) ruleSubject {
	return ruleSubject{
		promotion.Type(c.Query("promotion_type")), promotion.MethodType(c.Query("application_method_type")),
		promotion.TargetType(c.Query("application_method_target_type")),
	}
}

// option is a value that a rule can compare with.
type option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func (r *routes) listOptions(c *api.Call) error {
	kind, err := ruleKind(c)
	if err != nil {
		return err
	}
	page, err := c.Page(100)
	if err != nil {
		return err
	}
	a, err := attributeOf(kind, subjectOf(c), c.Param("rule_attribute_id"))
	if err != nil {
		return err
	}
	filters := query.Filters{}
	if q := c.Query("q"); q != "" {
		filters["q"] = q
	}
	if values := c.QueryList("value"); len(values) > 0 {
		filters[a.key] = values
	}
	request := page.Request(a.entity, a.key, a.shown)
	request.Filters = filters
	for i, path := range request.Order { // the names of an option are those of its record
		request.Order[i] = strings.NewReplacer("label", a.shown, "value", a.key).Replace(path)
	}
	res, err := r.Query.Graph(c.Context(), request)
	if err != nil {
		return err
	}
	options, err := a.options(res.Data)
	if err != nil {
		return err
	}
	if res.Data, err = json.Marshal(options); err != nil {
		return err
	}
	return c.List("values", res, page)
}

// attributeOf returns the attribute with an id, whose values are records.
func attributeOf(kind promotion.RuleKind, of ruleSubject, id string) (*ruleAttribute, error) {
	var known []string
	for _, a := range attributesOf(kind, of) {
		switch {
		case a.entity == "":
		case a.ID == id:
			return &a, nil
		default:
			known = append(known, a.ID)
		}
	}
	return nil, fault.New(fault.InvalidData, "rules of this kind have no attribute %q with values to choose from: want one of %s", fault.Clip(id), strings.Join(known, ", "))
}

// options returns the options in the records of a query.
func (a *ruleAttribute) options(data []byte) ([]option, error) {
	var rows []map[string]*string
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, err
	}
	out := make([]option, len(rows))
	for i, row := range rows {
		out[i] = option{*row[a.key], *row[a.key]}
		if label := row[a.shown]; label != nil {
			out[i].Label = *label
		}
	}
	return out, nil
}
