package query_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// A message about a request's JSON names the key, what it holds and what it may
// hold, in words that need no Go.
func TestRequestsInWrongJSON(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`[]`:                                       `the query must be an object, not a list`,
		`"order"`:                                  `the query must be an object, not a string`,
		`{"entity": 7}`:                            `entity must be the name of an entity, not a number`,
		`{"fields": "id"}`:                         `fields must be a list of paths, not a string`,
		`{"fields": ["id",7]}`:                     `fields[1] must be a path, not a number`,
		`{"fields": [null]}`:                       `fields[0] must be a path, not null`,
		`{"filters": []}`:                          `filters must be an object of conditions, not a list`,
		`{"order": 3}`:                             `order must have the form ["-created_at", "id"] or {"created_at": "DESC"}`,
		`{"order": {"a": 1}}`:                      `order: a is "1"; it must be ASC or DESC`,
		`{"limit": "5"}`:                           `limit must be a whole number, not a string`,
		`{"limit": 1.5}`:                           `limit must be a whole number, not 1.5`,
		`{"limit": 99999999999999999999}`:          `limit must be a whole number, not 99999999999999999999`,
		`{"limit": -1}`:                            `limit is -1; it must not be negative`,
		`{"offset": true}`:                         `offset must be a whole number, not true`,
		`{"after": {}}`:                            `after must be the metadata.next of a page, not an object`,
		`{"count": "yes"}`:                         `count must be true, false, "exact", "estimated" or "none", not a string`,
		`{"with_deleted": 1}`:                      `with_deleted must be true or false, not a number`,
		`{"withDeleted": 1}`:                       `withDeleted must be true or false, not a number`,
		`{"version": "2"}`:                         `version must be a whole number, not a string`,
		`{"lists": ["items"]}`:                     `lists must be an object, not a list`,
		`{"lists": {"items": 3}}`:                  `lists.items must be an object, not a number`,
		`{"lists": {"items": {"limit": "3"}}}`:     `lists.items.limit must be a whole number, not a string`,
		`{"lists": {"items": {"order": 1}}}`:       `lists.items.order must have the form ["-created_at", "id"] or {"created_at": "DESC"}`,
		`{"lists": {"items": {"filter": {}}}}`:     `unknown key "filter" in lists.items; did you mean filters?`,
		`{"context": 1}`:                           `context must be an object, not a number`,
		`{"keep_order": []}`:                       `keep_order must be true or false, not a list`,
		`{"require_keys": 0}`:                      `require_keys must be true or false, not a number`,
		`{"pagination": 5}`:                        `pagination must be an object, not a number`,
		`{"pagination": {"take": "5"}}`:            `pagination.take must be a whole number, not a string`,
		`{"pagination": {"take": -5}}`:             `pagination.take is -5; it must not be negative`,
		`{"pagination": {"tak": 5}}`:               `unknown key "tak" in pagination; did you mean take?`,
		`{"pagination": {"order": [1]}}`:           `pagination.order must have the form ["-created_at", "id"] or {"created_at": "DESC"}`,
		`{"options": {"throwIfKeyNotFound": "x"}}`: `options.throwIfKeyNotFound must be true or false, not a string`,
		`{"filter": {}}`:                           `unknown key "filter"; did you mean filters?`,
		`{"Entity": "order"}`:                      `unknown key "Entity"; did you mean entity?`,
		`{"limit":1,"limit":2}`:                    `the query has the key "limit" twice`,
		`{"what": 1}`: `unknown key "what"; want one of after, context, count, entity, fields, filters, keep_order, limit, lists, offset, options, order, pagination, ` +
			`require_keys, version, withDeleted, with_deleted`,
	} {
		err := json.Unmarshal([]byte(body), new(query.Request))
		if fault.TypeOf(err) != fault.InvalidData || err.Error() != want {
			t.Errorf("%s:\n%v, want\n%s", body, err, want)
		}
	}
	if err := new(query.Request).UnmarshalJSON([]byte(`{"entity": "order", "limit": `)); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "not valid JSON") {
		t.Errorf("half a query: %v", err)
	}
}

// A null is as if its key were not there.
func TestRequestsWithNulls(t *testing.T) {
	t.Parallel()
	var r query.Request
	text := `{"entity": "item", "fields": ["id"], "filters": null, "order": "-id", "limit": null, "lists": null, "pagination": {"take": null, "order": null}, "options": null}`
	if err := json.Unmarshal([]byte(text), &r); err != nil || len(r.Order) != 1 || r.Order[0] != "-id" || r.Limit != 0 {
		t.Errorf("%+v (%v)", r, err)
	}
}

// The message about a query without fields says how to write some.
func TestNoFields(t *testing.T) {
	t.Parallel()
	_, err := filled(t, dbtest.SQLite(t), query.Limits{}).Graph(t.Context(), query.Request{Entity: "item"})
	if err == nil || err.Error() != `fields is empty: name at least one path, or ["*"]` {
		t.Error(err)
	}
}
